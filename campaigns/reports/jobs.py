"""How far a piece of long work is."""

from datetime import datetime

from campaigns.models import Job


def seconds_left(job: Job, *, now: datetime) -> int | None:
    """How much longer at the pace so far; null when not known.

    `now` is real time: workers do not follow the demo's clock.
    """
    if job.started_at is None or not 0 < job.done < job.total:
        return None
    gone = (now - job.started_at).total_seconds()
    left = gone / job.done * (job.total - job.done)
    return round(left) + 1
