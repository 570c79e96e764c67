"""One ward's list, as the database gives it: the largest ward."""

import statistics

from django.db import connection

from bench.gotv_floor import ONE_WARD
from bench.measures import Goal, Measured
from bench.scene import Scene, ward_sizes
from bench.two_processes import peak_alone
from canvassing.reports.gotv_selection import selection
from canvassing.reports.list_electors import Source, of_rule, table_query
from canvassing.rules.gotv import GotvRule

GOAL = Goal("ratio", 2.5)  # 5 ms beside 2 ms: decision 0044
TIMES = 11


def ward_list(scene: Scene) -> Measured:
    """The time of executing alone, as EXPLAIN ANALYZE tells it, planning included."""
    ward, electors = next(iter(ward_sizes(scene).items()))
    source = _source(scene, ward)
    runs = [
        (
            _explain(ONE_WARD, [ward]),
            _explain(table_query(source), source.parameters),
        )
        for _ in range(TIMES)
    ]
    floors, lists = zip(*runs, strict=True)
    plan = lists[-1]["Plan"]
    sorts = "no sort" if "Sort" not in _nodes(plan) else "SORTS"
    return Measured(
        statistics.median(map(_seconds, lists)),
        statistics.median(map(_seconds, floors)),
        int(plan["Actual Rows"]),
        peak_mb=peak_alone(_list, (scene, ward)),
        goal=GOAL,
        note=f"of {electors:,} electors; planned and executed; {sorts}",
    )


def _source(scene: Scene, ward: int) -> Source:
    chosen = selection(scene.campaign, rule=GotvRule(), channel="door")
    return of_rule(chosen, [ward])


def _list(piece: tuple[Scene, int]) -> None:
    source = _source(*piece)
    _explain(table_query(source), source.parameters)


def _explain(query: str, parameters: object) -> dict:
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT json) {query}", parameters
        )
        return cursor.fetchone()[0][0]


def _seconds(explained: dict) -> float:
    return (explained["Planning Time"] + explained["Execution Time"]) / 1000


def _nodes(plan: dict) -> set[str]:
    return {plan["Node Type"]}.union(*map(_nodes, plan.get("Plans", ())))
