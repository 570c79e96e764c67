"""Celery worker processes as in production, and waiting for what they do."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import redis
from django.conf import settings

from campaigns.models import Job, JobState
from campaigns.models.jobs import OPEN_STATES
from config.celery import app

PATIENCE = 120


@contextmanager
def worker(name: str, *, processes: int = 1) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker with so many processes to do the work; other workers stay."""
    running = len(app.control.ping(timeout=1) or ())
    options = f"--concurrency={processes} --loglevel=ERROR"
    process = subprocess.Popen(
        [
            *(sys.executable, "-W", "ignore", "-m", "celery", "--quiet"),
            *("--app", "config", "worker", f"--hostname={name}@bench"),
            *options.split(),
            *("--without-gossip", "--without-mingle"),
        ],
        stdout=subprocess.DEVNULL,
    )
    try:
        while len(app.control.ping(timeout=1) or ()) <= running:
            if process.poll() is not None:
                raise AssertionError("A worker ended as soon as it was started.")
        yield process
    finally:
        process.terminate()
        process.wait()


def forget_messages() -> None:
    """Those of jobs that are done; before any worker is started."""
    redis.Redis.from_url(settings.REDIS_URL).flushdb()


def wait_for(job: Job | None) -> None:
    until = time.monotonic() + PATIENCE
    while (state := _state(job)) != JobState.DONE:
        if time.monotonic() > until or state not in OPEN_STATES:
            raise AssertionError(f"{job} was not finished.")
        time.sleep(0.02)


def _state(job: Job | None) -> str:
    if job is None:
        return ""
    return Job.objects.values_list("state", flat=True).get(pk=job.pk)
