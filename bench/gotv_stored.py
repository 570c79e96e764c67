"""The lists of all wards filed as entries by the task, part by part in this process."""

from bench.gotv_floor import copy_all_wards
from bench.measures import Goal, Measured, side_by_side
from bench.memory import Peak
from bench.scene import Scene
from campaigns.actions.jobs import run_claimed_part
from campaigns.models import Job
from canvassing.actions.gotv_lists import make_gotv_list
from canvassing.models import GotvList, GotvListWard
from canvassing.rules.gotv import GotvRule

GOAL = Goal("ratio", 6)


def gotv_stored(scene: Scene) -> Measured:
    with Peak() as peak:
        taken, floor = side_by_side(lambda: make_list(scene), copy_all_wards)
    latest = GotvList.objects.filter(campaign=scene.campaign).latest("pk")
    wards = GotvListWard.objects.filter(gotv_list=latest)
    return Measured(
        taken,
        floor,
        sum(wards.values_list("listed", flat=True)),
        peak_mb=peak.mb,
        goal=GOAL,
    )


def make_list(scene: Scene) -> GotvList:
    """What a worker does, with no waiting in between."""
    gotv_list = make_gotv_list(
        campaign=scene.campaign,
        name="Benchmark",
        rule=GotvRule(),
        reason="benchmark",
        by=scene.by,
        at=scene.at,
    )
    run_job(gotv_list.job)
    return gotv_list


def run_job(job: Job | None) -> None:
    if job is None:
        raise AssertionError("no job was started")
    for part in job.parts.order_by("pk").values_list("pk", flat=True):
        run_claimed_part(part)
