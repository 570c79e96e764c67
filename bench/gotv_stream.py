"""The lists of all wards streamed as CSV, with nothing stored."""

from bench.gotv_floor import copy_all_wards, make_flat_tables
from bench.measures import Goal, Measured, side_by_side
from bench.memory import Peak
from bench.scene import Scene
from canvassing.exporters.gotv_tables import stream_gotv_csv
from canvassing.rules.gotv import GotvRule

GOAL = Goal("ratio", 2)


def gotv_stream(scene: Scene) -> Measured:
    make_flat_tables(scene)
    wards = scene.wards

    def stream() -> int:
        blocks = stream_gotv_csv(
            scene.campaign, rule=GotvRule(), channel="door", wards=wards, mark="bench"
        )
        while True:
            try:
                next(blocks)
            except StopIteration as end:
                return end.value

    rows, flat = stream(), copy_all_wards()
    with Peak() as peak:
        taken, floor = side_by_side(stream, copy_all_wards)
    return Measured(
        taken,
        floor,
        rows,
        peak_mb=peak.mb,
        goal=GOAL,
        note="" if rows == flat else f"but the floor has {flat:,} rows",
    )
