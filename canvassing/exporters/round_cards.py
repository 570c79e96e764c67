"""Canvass cards of rounds: the doors as they are walked, a box for each code."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import IO, Final

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions.exports import reason_given, record_export
from campaigns.actions.job_parts import still_mine
from campaigns.actions.supply import refuse_locked_copies
from campaigns.clock import day_of
from campaigns.models import JobPart, Ward
from canvassing.actions.exports import may_export
from canvassing.actions.printing import propose_card
from canvassing.exporters.canvass_cards import KEEP_AWAY, WISHES, Columns, legend_of
from canvassing.exporters.paper import Card, Heading, Row, draw_cards, lay_out, sides_of
from canvassing.exporters.walk_sheets import title_of
from canvassing.exporters.ward_files import (
    NewFile,
    file_name,
    issue,
    printed_for,
    who_asked,
)
from canvassing.models import CanvassRound, RoundIssue, WhomToSee
from canvassing.reports.round_page import (
    DoorOfRound,
    doors_of_round,
    doors_of_rounds,
)
from canvassing.rules.households import block_of
from canvassing.rules.rounds import RoundsRefused

NOBODY: Final = "– nobody on the register"
TO_SEE: Final = "• "
# So many rounds are read at a time, however many a ward has.
AT_ONCE: Final = 20


def print_round(
    round_: CanvassRound,
    out: IO[bytes],
    *,
    reason: str,
    link: str,
    by: Actor,
    at: datetime,
) -> str:
    """Write the card of now into `out`; returns the file's name.

    `link` is where its returns are typed in, for the QR code. Refused: no reason, a
    round that was cut anew, a ward in which the actor may not export, a locked register
    copy. What printing it costs is proposed (`propose_card`). Audit verb: that of the
    ledger, `electors.exported`.
    """
    campaign = round_.campaign
    reason = reason_given(reason)
    refuse_locked_copies(campaign, on=day_of(at))
    may_export(campaign, [round_.ward], by=by)
    with transaction.atomic():
        mark_printed([round_], at=at)
        name = file_name(f"card {round_.name}", "pdf")
        printed = printed_for(by, reason=reason, at=at)
        headings = Headings([round_], printed, on=day_of(at))
        doors = doors_of_round(round_)
        draw_cards(out, round_.name, [card_of(round_, doors, headings, link)])
        record_export(
            what=f"canvass card of round {round_.pk}, {round_.ward.name}",
            reason=reason,
            electors=named_at(doors),
            file_name=name,
            organisation=campaign.organisation,
            campaign=campaign,
            by=by,
            at=at,
        )
        propose_card(round_, sides=sides_of(out), by=by, at=at)
    return name


def make_round_cards(
    part: JobPart, progress: Callable[[int, int], None], *, at: datetime
) -> dict[str, object]:
    """The cards of a ward's rounds in one file, in the order that was asked for.

    Refused: where one of them was cut anew since. Marked as printed before anything is
    on paper, so that none is cut anew and gone whose card is out.
    """
    job = part.job
    links = dict(job.parameters["rounds"])
    found = CanvassRound.objects.select_related("campaign").in_bulk(list(links))
    rounds = [found[pk] for pk in links if pk in found]
    with transaction.atomic():
        still_mine(part)
        mark_printed(rounds, asked_for=len(links), at=at)
    ward = Ward.objects.defer("boundary").get(gss=part.key)
    title = f"Canvass cards: {ward.name}"
    headings = Headings(
        rounds,
        printed_for(who_asked(part), reason=job.parameters["reason"], at=at),
        on=day_of(at),
    )

    def write(out: IO[bytes]) -> int:
        named: list[int] = []

        def cards() -> Iterator[Card]:
            for number, (round_, doors) in enumerate(_with_doors(rounds), start=1):
                yield card_of(round_, doors, headings, links[round_.pk])
                named.append(named_at(doors))
                progress(number, len(rounds))

        draw_cards(out, title, cards())
        return sum(named)

    name = file_name(f"canvass cards {ward.gss} {ward.name}", "pdf")
    what = f"canvass cards of {len(rounds)} rounds, {ward.name}"
    cards_file = NewFile(ward, name, what, write, is_printed=True)
    return issue(part, files=[cards_file], at=at)


def _with_doors(
    rounds: Sequence[CanvassRound],
) -> Iterator[tuple[CanvassRound, list[DoorOfRound]]]:
    for at in range(0, len(rounds), AT_ONCE):
        some = rounds[at : at + AT_ONCE]
        doors = doors_of_rounds(some, campaign=some[0].campaign)
        for round_ in some:
            yield round_, doors[round_.pk]


def mark_printed(
    rounds: Sequence[CanvassRound], *, asked_for: int = 1, at: datetime
) -> None:
    """Refused: where one of them was cut anew, or is gone."""
    ids = [round_.pk for round_ in rounds]
    live = CanvassRound.objects.filter(pk__in=ids, retired_at__isnull=True)
    if live.update(printed_at=at) == asked_for:
        return
    which = rounds[0].name if asked_for == 1 and rounds else "One of these rounds"
    raise RoundsRefused("retired", f"{which} was cut anew: print the rounds of now.")


class Headings:
    """What stands on the cards of rounds of one campaign. A round that is out has its
    issue on the card: whoever types it in is shown that session, and who has it."""

    def __init__(
        self, rounds: Sequence[CanvassRound], printed: str, *, on: date
    ) -> None:
        campaign = rounds[0].campaign
        self.columns = Columns.of(campaign, printed_on=on)
        self.printed = printed
        self.legend = legend_of(
            self.columns.codes, asks_second_preference=campaign.asks_second_preference
        )
        out = RoundIssue.objects.filter(round__in=rounds, closed_at__isnull=True)
        self.out = dict(out.values_list("round", "pk"))

    def of(self, round_: CanvassRound, link: str) -> Heading:
        issue = self.out.get(round_.pk)
        return Heading(
            title=round_.name,
            subtitle=f"{round_.get_whom_to_see_display()} · {self.legend}",
            code=f"Round {round_.pk}" + (f" · out {issue}" if issue else ""),
            printed=self.printed,
            boxes=self.columns.boxes,
            wishes=WISHES,
            law=self.columns.law,
            consent=self.columns.consent,
            answers=self.columns.answers,
            link=f"{link}?issue={issue}" if issue else link,
        )


def card_of(
    round_: CanvassRound, doors: Sequence[DoorOfRound], headings: Headings, link: str
) -> Card:
    """Every door of the round.

    Whoever asked not to be contacted keeps a line that says so, without their name, and
    a door where nobody is left says that. Where not all are to be seen, those who are
    have a dot before their name.
    """
    marks_some = round_.whom_to_see != WhomToSee.ALL
    sheets = lay_out(
        (title, [_rows(door, headings.columns, marks_some) for door in run])
        for title, run in _street_sides(doors)
    )
    return Card(headings.of(round_, link), sheets)


def named_at(doors: Sequence[DoorOfRound]) -> int:
    """How many electors a card of these doors names."""
    return sum(not one.keep_away for door in doors for one in door.electors)


def _street_sides(
    doors: Sequence[DoorOfRound],
) -> Iterator[tuple[str, list[DoorOfRound]]]:
    for block, run in groupby(doors, key=block_of):
        yield title_of(block), list(run)


def _rows(door: DoorOfRound, columns: Columns, marks_some: bool) -> list[Row]:
    if not door.electors:
        return [Row("note", door=door.door, name=NOBODY, starts_home=True)]
    return [
        Row("note", door=door.door, name=KEEP_AWAY, starts_home=at == 0)
        if person.keep_away
        else columns.row(
            person,
            door=door.door,
            name=f"{TO_SEE if marks_some and person.to_see else ''}{person.name}",
            at_home=at == 0,
        )
        for at, person in enumerate(door.electors)
    ]
