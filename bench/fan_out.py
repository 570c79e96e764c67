"""The same job with one worker process and with two: walk sheets, ward by ward."""

import os
import statistics

from bench.gotv_stored import make_list
from bench.measures import Goal, Measured, seconds
from bench.scene import Scene, largest_wards
from bench.workers import forget_messages, wait_for, worker
from canvassing.actions.exports import ask_for_list_files
from canvassing.models import GotvList

GOAL = Goal("ratio", 1.6, at_least=True)
WARDS = 24
TIMES = 3


def fan_out(scene: Scene) -> Measured:
    """The ratio is of one worker's time to that of two, on a machine of two cores."""
    gotv_list = make_list(scene, largest_wards(scene, WARDS))
    forget_messages()
    with worker("first"):
        alone = _median(scene, gotv_list)
        with worker("second"):
            together = _median(scene, gotv_list)
    return Measured(
        together,
        alone,
        gotv_list.wards.count(),
        ratio=alone / together,
        goal=GOAL,
        note=f"wards; floor: one worker; load {os.getloadavg()[0]:.1f} on"
        f" {os.cpu_count()} cores",
    )


def _median(scene: Scene, gotv_list: GotvList) -> float:
    return statistics.median(
        seconds(lambda: _print(scene, gotv_list)) for _ in range(TIMES)
    )


def _print(scene: Scene, gotv_list: GotvList) -> None:
    job = ask_for_list_files(
        gotv_list=gotv_list,
        file_format="walk_sheets",
        reason="benchmark",
        by=scene.by,
        at=scene.at,
    )
    wait_for(job)
