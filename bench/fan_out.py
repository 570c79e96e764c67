"""The same job with one worker process and with two: walk sheets, ward by ward."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

import redis
from django.conf import settings

from bench.gotv_stored import make_list
from bench.measures import Goal, Measured, seconds
from bench.scene import Scene, largest_wards
from campaigns.models import Job, JobState
from campaigns.models.jobs import OPEN_STATES
from canvassing.actions.exports import ask_for_list_files
from canvassing.models import GotvList
from config.celery import app

GOAL = Goal("ratio", 1.6, at_least=True)
WARDS = 24
TIMES = 3
PATIENCE = 120


def fan_out(scene: Scene) -> Measured:
    """The ratio is of one worker's time to that of two, on a machine of two cores."""
    redis.Redis.from_url(settings.REDIS_URL).flushdb()
    gotv_list = make_list(scene, largest_wards(scene, WARDS))
    redis.Redis.from_url(settings.REDIS_URL).flushdb()
    with ExitStack() as workers:
        first = workers.enter_context(worker("first"))
        alone = _median(scene, gotv_list, [first])
        second = workers.enter_context(worker("second"))
        together = _median(scene, gotv_list, [first, second])
    return Measured(
        together,
        alone,
        gotv_list.wards.count(),
        ratio=alone / together,
        goal=GOAL,
        note=f"wards; floor: one worker; load {os.getloadavg()[0]:.1f} on"
        f" {os.cpu_count()} cores",
    )


def _median(
    scene: Scene, gotv_list: GotvList, workers: Sequence[subprocess.Popen[bytes]]
) -> float:
    while len(app.control.ping(timeout=1) or ()) < len(workers):
        if any(worker.poll() is not None for worker in workers):
            raise AssertionError("A worker ended as soon as it was started.")
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
    until = time.monotonic() + PATIENCE
    while (state := Job.objects.get(pk=job.pk).state) != JobState.DONE:
        if time.monotonic() > until or state not in OPEN_STATES:
            raise AssertionError(f"The job was not finished, but {state}.")
        time.sleep(0.02)


@contextmanager
def worker(name: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker with one process of its own to do the work."""
    options = "--concurrency=1 --loglevel=ERROR --without-gossip --without-mingle"
    process = subprocess.Popen(
        [
            *(sys.executable, "-W", "ignore", "-m", "celery", "--quiet"),
            *("--app", "config", "worker", f"--hostname={name}@bench"),
            *options.split(),
        ],
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()
