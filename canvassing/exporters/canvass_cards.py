"""Blank canvass cards: every elector of a ward or district, a box for each code."""

from collections.abc import Iterable, Sequence
from typing import IO, Final

from canvassing.exporters.paper import Heading, Row, draw, lay_out
from canvassing.exporters.walk_sheets import MARKS, title_of
from canvassing.models import VotesBy
from canvassing.reports.keypad import KeypadCode
from canvassing.reports.list_electors import ListedElector
from canvassing.rules.households import blocks, households
from canvassing.rules.keypad import WISHED_ON_A_CARD

KEEP_AWAY: Final = "– asked not to be contacted"
# "Where they ask it, write beside the name: -L off the list · -K no visits · …"
WISHES: Final = "Where they ask it, write beside the name: " + " · ".join(
    f"{typed} {words}" for typed, words in WISHED_ON_A_CARD.items()
)


def boxes_of(codes: Sequence[KeypadCode]) -> tuple[str, ...]:
    """The heading of each box is what is typed at the keypad where it is ticked."""
    return tuple(code.typed for code in codes)


def legend_of(codes: Sequence[KeypadCode], *, asks_second_preference: bool) -> str:
    """`L: Ours, certain · U: Undecided · second preference: write 2 in its box`."""
    meanings = [f"{code.typed}: {code.label}" for code in codes]
    if asks_second_preference:
        meanings.append("second preference: write 2 in its box")
    return " · ".join(meanings)


def write_canvass_cards(
    out: IO[bytes], electors: Iterable[ListedElector], heading: Heading
) -> int:
    """Everybody in walking order; returns how many electors are named.

    Whoever asked not to be contacted keeps a line that says so, without their name.
    """
    everybody = list(electors)
    sheets = lay_out(
        (title_of(block), [_rows(home) for home in households(people)])
        for block, people in blocks(everybody)
    )
    draw(out, heading, sheets)
    return sum(not person.keep_away for person in everybody)


def _rows(home: list[ListedElector]) -> list[Row]:
    return [_row(person, starts_home=at == 0) for at, person in enumerate(home)]


def _row(person: ListedElector, *, starts_home: bool) -> Row:
    if person.keep_away:
        return Row("note", door=person.door, name=KEEP_AWAY, starts_home=starts_home)
    return Row(
        "person",
        door=person.door,
        number=person.number,
        name=person.name,
        mark=MARKS[VotesBy(person.votes_by)],
        starts_home=starts_home,
    )
