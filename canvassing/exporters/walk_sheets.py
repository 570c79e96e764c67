"""Walk sheets: a list on paper, a block per street side, a box for each answer."""

from collections.abc import Iterable
from typing import IO, Final

from canvassing.exporters.paper import Heading, Row, draw, lay_out
from canvassing.models import VotesBy
from canvassing.reports.list_electors import ListedElector
from canvassing.rules.households import Block, blocks, households

BOXES: Final = ("Not in", "Reminded", "Will vote", "Has voted", "Lift", "Moved")
MARKS: Final = {
    VotesBy.IN_PERSON: "",
    VotesBy.POST: "post",
    VotesBy.PROXY: "proxy",
    VotesBy.POSTAL_PROXY: "postal proxy",
}


def write_walk_sheets(
    out: IO[bytes], electors: Iterable[ListedElector], heading: Heading
) -> int:
    """One ward on A4 landscape sheets; returns how many electors are on them."""
    listed = list(electors)
    sheets = lay_out(
        (title_of(block), [_rows(home) for home in households(people)])
        for block, people in blocks(listed)
    )
    draw(out, heading, sheets)
    return len(listed)


def title_of(block: Block) -> str:
    return f"{block.title}   [{block.district}]" if block.district else block.title


def _rows(home: list[ListedElector]) -> list[Row]:
    return [
        Row(
            "person",
            door=person.door,
            number=person.number,
            name=person.name,
            mark=MARKS[VotesBy(person.votes_by)],
            starts_home=at == 0,
        )
        for at, person in enumerate(home)
    ]
