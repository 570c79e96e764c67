"""The lists of all wards filed as entries by the task, and a CSV file of each ward."""

from bench.gotv_floor import copy_all_wards
from bench.measures import Goal, Measured, seconds, side_by_side
from bench.memory import Peak
from bench.scene import Scene
from campaigns.actions.jobs import run_here
from campaigns.models import Job, JobState, Ward
from canvassing.actions.exports import ask_for_list_files
from canvassing.actions.gotv_lists import make_gotv_list
from canvassing.models import GotvList, GotvListWard
from canvassing.rules.gotv import GotvRule

GOAL = Goal("ratio", 6)


def gotv_stored(scene: Scene) -> Measured:
    """What one worker does, with no waiting in between."""
    entries = []
    lists = []

    def store() -> None:
        entries.append(seconds(lambda: lists.append(make_list(scene))))
        make_files(scene, lists[-1], "csv")

    with Peak() as peak:
        taken, floor = side_by_side(store, copy_all_wards)
    wards = GotvListWard.objects.filter(gotv_list=lists[-1])
    return Measured(
        taken,
        floor,
        sum(wards.values_list("listed", flat=True)),
        peak_mb=peak.mb,
        goal=GOAL,
        note=f"{len(wards)} wards; {sorted(entries)[1]:.1f} s of it for the entries",
    )


def make_list(scene: Scene, wards: list[Ward] | None = None) -> GotvList:
    gotv_list = make_gotv_list(
        campaign=scene.campaign,
        name="Benchmark",
        rule=GotvRule(),
        reason="benchmark",
        wards=wards,
        by=scene.by,
        at=scene.at,
    )
    finish(gotv_list.job)
    gotv_list.refresh_from_db()
    return gotv_list


def make_files(scene: Scene, gotv_list: GotvList, file_format: str) -> None:
    finish(
        ask_for_list_files(
            gotv_list=gotv_list,
            file_format=file_format,
            reason="benchmark",
            by=scene.by,
            at=scene.at,
        )
    )


def finish(job: Job | None) -> None:
    if job is None or run_here(job).state != JobState.DONE:
        raise AssertionError(f"{job} was not finished")
