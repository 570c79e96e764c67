"""Letters to the households of the largest wards' lists, ward by ward."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from bench.gotv_stored import make_list
from bench.measures import Goal, Measured, side_by_side
from bench.paper_floor import draw_letters
from bench.scene import Scene, largest_wards
from bench.two_processes import peak_alone
from campaigns.models import Ward
from canvassing.actions.letter_runs import propose_letter_run
from canvassing.exporters.letters import Stationery, wrapped, write_letters
from canvassing.models import LetterRun
from canvassing.reports.list_letters import letters_of

GOAL = Goal("ratio", 2)
WARDS = 5
BODY = "\n\n".join(
    [
        "Dear {forenames},",
        "You told us that you will vote for {candidate}. Thank you. Every vote counts:"
        " last time the region was decided by fewer votes than live in one street.",
        "Polling day is {poll_day}. Your polling station is {polling_station}, open"
        " from 7 in the morning until 10 at night. You do not need your poll card, but"
        " you do need a document with your photograph.",
        "If somebody in your home has not made up their mind yet, we would be glad to"
        " call and to talk about buses, homes and work in {ward}.",
        "Yours sincerely,",
        "{candidate}",
    ]
)
VALUES = {
    "candidate": "Rowan Ash",
    "poll_day": "Thursday 2 May 2024",
    "ward": "the ward",
}


def letters(scene: Scene) -> Measured:
    wards = largest_wards(scene, WARDS)
    run = propose_letter_run(
        gotv_list=make_list(scene, wards),
        name="Benchmark",
        wording="station",
        body=BODY,
        supplier="Plover Press",
        price_per_copy=Decimal("0.35"),
        used_from=date(2024, 4, 29),
        used_until=date(2024, 4, 30),
        by=scene.by,
        at=scene.at,
    )
    heads = [
        [[one.names, *one.address] for one in letters_of(run, ward)] for ward in wards
    ]
    lines = [
        line for paragraph in BODY.split("\n\n") for line in (*wrapped(paragraph), "")
    ]

    def draw() -> None:
        for one in heads:
            draw_letters(one, lines)

    taken, floor = side_by_side(lambda: _write((run, wards)), draw)
    number = sum(map(len, heads))
    return Measured(
        taken,
        floor,
        number,
        peak_mb=peak_alone(_write, (run, wards)),
        goal=GOAL,
        note=f"letters of {len(wards)} wards; {number / taken:.0f} a second",
    )


def _write(piece: tuple[LetterRun, list[Ward]]) -> None:
    run, wards = piece
    stationery = Stationery("Benchmark", BODY, run.imprint, VALUES)
    for ward in wards:
        write_letters(BytesIO(), letters_of(run, ward), stationery)
