"""The lists of all wards filed as entries by the task, and a CSV file of each ward.

By one Celery worker of two processes, which is what `docker/entrypoint.sh` (unless
told otherwise) and the demo run: from asking for the lists to the end of their job,
with messages and waiting. `one_process_seconds` is the same work with neither, part
after part in this process; its memory is what is told.
"""

from collections.abc import Callable, Sequence

from bench.gotv_floor import copy_all_wards
from bench.measures import Goal, Measured, side_by_side
from bench.scene import Scene
from bench.two_processes import peak_alone
from bench.workers import forget_messages, wait_for, worker
from campaigns.actions.jobs import run_here
from campaigns.models import Job, JobState, Ward
from canvassing.actions.gotv_lists import make_gotv_list
from canvassing.models import GotvList, GotvListWard
from canvassing.rules.gotv import GotvRule

GOAL = Goal("ratio", 6)
PROCESSES = 2


def gotv_stored(scene: Scene) -> Measured:
    lists = []

    def store(finish: Callable[[Job | None], None]) -> None:
        lists.append(make_list(scene, file_formats=["csv"], finish=finish))

    alone, _ = side_by_side(lambda: store(finish_here), copy_all_wards)
    forget_messages()
    with worker("lists", processes=PROCESSES):
        taken, floor = side_by_side(lambda: store(wait_for), copy_all_wards)
    wards = GotvListWard.objects.filter(gotv_list=lists[-1])
    return Measured(
        taken,
        floor,
        sum(wards.values_list("listed", flat=True)),
        peak_mb=peak_alone(_store, scene),
        goal=GOAL,
        more={"one_process_seconds": alone},
        note=f"{len(wards)} wards, {PROCESSES} processes; one alone {alone:.2f} s",
    )


def _store(scene: Scene) -> None:
    make_list(scene, file_formats=["csv"])


def finish_here(job: Job | None) -> None:
    if job is None or run_here(job).state != JobState.DONE:
        raise AssertionError(f"{job} was not finished")


def make_list(
    scene: Scene,
    wards: list[Ward] | None = None,
    file_formats: Sequence[str] = (),
    finish: Callable[[Job | None], None] = finish_here,
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
