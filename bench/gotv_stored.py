"""The lists of all wards filed as entries by the task, and a CSV file of each ward."""

from collections.abc import Sequence

from bench.gotv_floor import copy_all_wards
from bench.measures import Goal, Measured, side_by_side
from bench.memory import Peak
from bench.scene import Scene
from campaigns.actions.jobs import run_here
from campaigns.models import Job, JobState, Ward
from canvassing.actions.gotv_lists import make_gotv_list
from canvassing.models import GotvList, GotvListWard
from canvassing.rules.gotv import GotvRule

GOAL = Goal("ratio", 6)


def gotv_stored(scene: Scene) -> Measured:
    """What one worker does, with no waiting in between."""
    lists = []

    def store() -> None:
        lists.append(make_list(scene, file_formats=["csv"]))

    with Peak() as peak:
        taken, floor = side_by_side(store, copy_all_wards)
    wards = GotvListWard.objects.filter(gotv_list=lists[-1])
    return Measured(
        taken,
        floor,
        sum(wards.values_list("listed", flat=True)),
        peak_mb=peak.mb,
        goal=GOAL,
        note=f"{len(wards)} wards",
    )


def make_list(
    scene: Scene, wards: list[Ward] | None = None, file_formats: Sequence[str] = ()
) -> GotvList:
    gotv_list = make_gotv_list(
        campaign=scene.campaign,
        name="Benchmark",
        rule=GotvRule(),
        reason="benchmark",
        wards=wards,
        file_formats=file_formats,
        by=scene.by,
        at=scene.at,
    )
    finish(gotv_list.job)
    gotv_list.refresh_from_db()
    return gotv_list


def finish(job: Job | None) -> None:
    if job is None or run_here(job).state != JobState.DONE:
        raise AssertionError(f"{job} was not finished")
