"""Blank canvass cards: every elector of a ward or district, a box for each code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Final, Self

from campaigns.models import Campaign
from canvassing.exporters.paper import Heading, Row, draw, lay_out
from canvassing.exporters.walk_sheets import MARKS, title_of
from canvassing.models import VotesBy
from canvassing.reports.keypad import (
    KeypadCode,
    card_codes,
    consent_words,
    sent_code_of,
)
from canvassing.reports.list_electors import ListedElector
from canvassing.reports.postal_wave import BY_POST
from canvassing.reports.round_page import AtTheDoor
from canvassing.rules.households import blocks, households
from canvassing.rules.keypad import AGREED, WISHED_ON_A_CARD
from canvassing.rules.scripts import packs_are_out

KEEP_AWAY: Final = "– asked not to be contacted"
# "Where they ask it, write beside the name: -OFF off the list · -DOOR no visits · …"
WISHES: Final = "Where they ask it, write beside the name: " + " · ".join(
    f"{typed} {words}" for typed, words in WISHED_ON_A_CARD.items()
)


SENT_BACK: Final = "sent it back"
HAS_SENT: Final = "has sent it back: ask nothing about the vote"
LAW: Final = (
    "Marked post: do not touch, take or post their vote, nor watch them complete it."
    " Ask only whether they have sent it back ({sent}), nothing about how they vote."
)


@dataclass(frozen=True, slots=True)
class Columns:
    """What a campaign's cards of one day have boxes for, and how they treat those who
    vote by post: from the day the packs go out they are asked one thing, and nothing
    once they have sent it (docs/rules/scripts.md)."""

    codes: Sequence[KeypadCode]
    sent: str
    packs_go_out_on: date | None
    printed_on: date
    consent_words: str = ""

    @classmethod
    def of(cls, campaign: Campaign, *, printed_on: date) -> Self:
        return cls(
            card_codes(campaign),
            sent_code_of(campaign),
            campaign.packs_go_out_on,
            printed_on,
            consent_words(campaign),
        )

    @property
    def boxes(self) -> tuple[str, ...]:
        """The heading of each box is what is typed at the keypad where it is ticked."""
        return tuple(code.typed for code in self.codes)

    @property
    def answers(self) -> int:
        return sum(code.is_answer for code in self.codes)

    @property
    def consent(self) -> str:
        """What an answer is written under alone, where it needs their consent."""
        if not self.consent_words:
            return ""
        return (
            f"Write an answer only of whoever agrees, and {AGREED} beside it, to what"
            f" you read out: “{self.consent_words}”"
        )

    @property
    def law(self) -> str:
        """In one line, with the day where it is still to come."""
        law, packs = LAW.format(sent=self.sent), self.packs_go_out_on
        if packs is None or packs <= self.printed_on:
            return law if packs else ""
        return f"From {packs.day} {packs:%B}, m{law[1:]}"

    def row(
        self, who: ListedElector | AtTheDoor, *, door: str, name: str, at_home: bool
    ) -> Row:
        """The line of somebody who may be called on; `at_home` begins a household."""
        votes_by = VotesBy(who.votes_by)
        kind, says = "person", ""
        if packs_are_out(
            votes_by_post=votes_by in BY_POST,
            packs_go_out_on=self.packs_go_out_on,
            today=self.printed_on,
        ):
            kind, says = "postal", f"{self.sent}: {SENT_BACK}"
            if who.posted:
                kind, says = "sent", HAS_SENT
        return Row(
            kind,
            door=door,
            number=who.number,
            name=name,
            mark=MARKS[votes_by],
            says=says,
            starts_home=at_home,
        )


def legend_of(codes: Sequence[KeypadCode], *, asks_second_preference: bool) -> str:
    """`L: Ours, certain · U: Undecided · second preference: write 2 in its box`."""
    meanings = [f"{code.typed}: {code.label}" for code in codes]
    if asks_second_preference:
        meanings.append("second preference: write 2 in its box")
    return " · ".join(meanings)


def write_canvass_cards(
    out: IO[bytes],
    electors: Iterable[ListedElector],
    heading: Heading,
    columns: Columns,
) -> int:
    """Everybody in walking order; returns how many electors are named.

    Whoever asked not to be contacted keeps a line that says so, without their name.
    """
    everybody = list(electors)
    sheets = lay_out(
        (title_of(block), [_rows(home, columns) for home in households(people)])
        for block, people in blocks(everybody)
    )
    draw(out, heading, sheets)
    return sum(not person.keep_away for person in everybody)


def _rows(home: list[ListedElector], columns: Columns) -> list[Row]:
    return [
        Row("note", door=one.door, name=KEEP_AWAY, starts_home=at == 0)
        if one.keep_away
        else columns.row(one, door=one.door, name=one.name, at_home=at == 0)
        for at, one in enumerate(home)
    ]
