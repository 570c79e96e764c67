"""Walk sheets of the largest wards' lists: read, laid out and drawn."""

from io import BytesIO

from pypdf import PdfReader

from bench.gotv_stored import make_list
from bench.measures import Goal, Measured, side_by_side
from bench.paper_floor import draw_sheets
from bench.scene import Scene, largest_wards
from bench.two_processes import peak_alone
from canvassing.exporters.paper import Heading
from canvassing.exporters.walk_sheets import BOXES, write_walk_sheets
from canvassing.reports.list_electors import Source, electors, of_list

GOAL = Goal("ratio", 2)
WARDS = 5
HEADING = Heading("Ward: list", "Pledges, still open.", "BENCH", "Printed", BOXES)


def walk_sheets(scene: Scene) -> Measured:
    wards = largest_wards(scene, WARDS)
    gotv_list = make_list(scene, wards)
    sources = [of_list(gotv_list, [ward.pk]) for ward in wards]
    listed = [list(electors(source)) for source in sources]
    rows = [[(e.house, e.number, e.name, "") for e in people] for people in listed]
    pages = []
    for source in sources:
        out = BytesIO()
        write_walk_sheets(out, electors(source), HEADING)
        pages.append(len(PdfReader(out).pages))

    def draw() -> None:
        for one, number in zip(rows, pages, strict=True):
            draw_sheets(one, number)

    taken, floor = side_by_side(lambda: _write(sources), draw)
    sheets = sum(pages)
    return Measured(
        taken,
        floor,
        sum(map(len, rows)),
        peak_mb=peak_alone(_write, sources),
        goal=GOAL,
        note=f"{sheets} sheets of {len(wards)} wards; {sheets / taken:.0f} a second",
    )


def _write(sources: list[Source]) -> None:
    for source in sources:
        write_walk_sheets(BytesIO(), electors(source), HEADING)
