"""The lists of all wards streamed as CSV, with nothing stored."""

from bench.gotv_floor import copy_all_wards, make_flat_tables
from bench.measures import Goal, Measured, side_by_side
from bench.scene import Scene
from bench.two_processes import peak_alone
from campaigns.models import Campaign, Ward
from canvassing.exporters.gotv_tables import stream_gotv_csv
from canvassing.rules.gotv import GotvRule

GOAL = Goal("ratio", 2)


def gotv_stream(scene: Scene) -> Measured:
    make_flat_tables(scene)
    wards = scene.wards
    rows, flat = _stream(scene.campaign, wards), copy_all_wards()
    taken, floor = side_by_side(lambda: _stream(scene.campaign, wards), copy_all_wards)
    return Measured(
        taken,
        floor,
        rows,
        peak_mb=peak_alone(_stream_piece, (scene.campaign, wards)),
        goal=GOAL,
        note="" if rows == flat else f"but the floor has {flat:,} rows",
    )


def _stream_piece(piece: tuple[Campaign, list[Ward]]) -> int:
    return _stream(*piece)


def _stream(campaign: Campaign, wards: list[Ward]) -> int:
    blocks = stream_gotv_csv(
        campaign, rule=GotvRule(), channel="door", wards=wards, mark="bench"
    )
    while True:
        try:
            next(blocks)
        except StopIteration as end:
            return end.value
