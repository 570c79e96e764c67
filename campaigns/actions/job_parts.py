"""The parts of a job, as those who do them see them: claim, keep, finish, give back.

A part is one worker's while its lease lasts and its attempt is the latest. The lease is
renewed from a thread of its own, so that it lapses only when the process has died.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from threading import Event, Thread
from typing import Final

import structlog
from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    connection,
    transaction,
)
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from campaigns.models import Job, JobPart, JobState
from campaigns.models.jobs import OPEN_STATES
from campaigns.registry import registry
from campaigns.rules.refusals import Refusal

log = structlog.get_logger("committee_room.jobs")

LEASE: Final = timedelta(seconds=30)
RENEWED_EVERY: Final = LEASE / 3
MAX_ATTEMPTS: Final = 5

# Do not wait for the disk when this transaction commits; see `commit_soon`.
COMMIT_SOON: Final = "set_config('synchronous_commit', 'off', true)"

# A job of one part tells its progress itself, and from the beginning when it is taken
# over.
ALONE: Final = """
NOT EXISTS (SELECT FROM campaigns_jobpart AS other
            WHERE other.job_id = claimed.job_id AND other.id <> %(part)s)
"""

# Its message has come: another may be sent after the lease.
CLAIM: Final = f"""
WITH free AS (
    SELECT part.id FROM campaigns_jobpart AS part
    JOIN campaigns_job AS job ON job.id = part.job_id
    WHERE part.id = %(part)s AND part.attempt < %(most_attempts)s
      AND (part.state = 'queued'
           OR part.state = 'running' AND part.lease_until < statement_timestamp())
      AND job.cancel_asked_at IS NULL
    FOR UPDATE OF part SKIP LOCKED
), claimed AS (
    UPDATE campaigns_jobpart AS part
    SET state = 'running', attempt = attempt + 1, sent_at = NULL,
        lease_until = statement_timestamp() + make_interval(secs => %(lease)s)
    FROM free WHERE part.id = free.id
    RETURNING part.job_id, part.attempt
), started AS (
    UPDATE campaigns_job AS job
    SET state = 'running', started_at = statement_timestamp(),
        done = CASE WHEN job.state = 'running' THEN 0 ELSE job.done END
    FROM claimed
    WHERE job.id = claimed.job_id
      AND (job.state = 'queued' OR claimed.attempt > 1 AND {ALONE})
)
SELECT attempt, {COMMIT_SOON} FROM claimed
"""  # noqa: S608 (ours)
COUNT_DONE: Final = f"""
UPDATE campaigns_job AS job
SET done = CASE WHEN part.number > 1 THEN part.done ELSE job.done END
FROM (SELECT count(*) AS number, count(*) FILTER (WHERE state = 'done') AS done
      FROM campaigns_jobpart WHERE job_id = %s) AS part
WHERE job.id = %s AND job.state IN ('queued', 'running')
RETURNING part.done = part.number, {COMMIT_SOON}
"""  # noqa: S608 (ours)


class Cancelled(Exception):
    """Raised inside a part whose job was cancelled or that another worker took."""


def run_claimed_part(part_id: int) -> bool:
    """Claim the part, do it, and close the job after its last part.

    False when it is not to be had: done, cancelled, or in the hands of another worker.
    """
    part = _claim(part_id)
    if part is None:
        return False
    kind = registry.job_kinds[part.job.kind]
    try:
        with _lease_renewed(part):
            result = kind.run_part(part, _progress_of(part))
        if part.state != JobState.DONE:
            finish_part(part, result)
    except Cancelled:
        return False
    except Refusal as refusal:
        fail_part(part, str(refusal))
        return True
    except Exception as error:
        _give_back_or_fail(part, error)
        raise
    close_if_last(part.job_id)
    return True


def _claim(part_id: int) -> JobPart | None:
    """Never waits: whoever holds the row's lock is writing the part's output."""
    with connection.cursor() as cursor:
        seconds = LEASE.total_seconds()
        cursor.execute(
            CLAIM, {"part": part_id, "lease": seconds, "most_attempts": MAX_ATTEMPTS}
        )
        claimed = cursor.fetchone()
    if claimed is None:
        return None
    return (
        JobPart.objects.select_related("job__organisation", "job__campaign")
        .filter(pk=part_id, attempt=claimed[0])
        .first()
    )


def commit_soon() -> None:
    """Do not wait for the disk when this transaction commits.

    For parts of a job: what a server's crash takes with it is claimed and done again,
    and the transaction that closes the job waits for the disk, and so for all before.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COMMIT_SOON}")


def _mine(part: JobPart) -> QuerySet[JobPart]:
    """The part's row, unless it was cancelled or another worker has taken it over."""
    return JobPart.objects.filter(
        pk=part.pk, attempt=part.attempt, state=JobState.RUNNING
    )


@contextmanager
def _lease_renewed(part: JobPart) -> Iterator[None]:
    """Renew the lease meanwhile, however long a single statement takes."""
    over = Event()

    def renew() -> None:
        while not over.wait(RENEWED_EVERY.total_seconds()):
            try:
                _mine(part).update(lease_until=Now() + LEASE)
            except DatabaseError:
                log.warning("lease not renewed", part=part.pk)
            finally:
                connection.close()  # this thread's own

    Thread(target=renew, daemon=True, name=f"lease of part {part.pk}").start()
    try:
        yield
    finally:
        over.set()


def _progress_of(part: JobPart) -> Callable[[int, int], None]:
    """A function that writes progress and notices a cancel.

    To be called outside transactions: it is to be seen at once, and to lock nothing.
    """

    is_alone = cache(lambda: JobPart.objects.filter(job=part.job_id).count() == 1)

    def progress(done: int, total: int) -> None:
        if not _mine(part).exists():
            raise Cancelled
        if is_alone():
            Job.objects.filter(pk=part.job_id).update(done=done, total=max(total, 1))

    return progress


def still_mine(part: JobPart) -> None:
    """Fence a part's writes: call inside their transaction, before the commit.

    Locks the part's row; raises Cancelled if another worker has taken it over.
    """
    if not _mine(part).select_for_update().exists():
        raise Cancelled


def finish_part(part: JobPart, result: Mapping[str, object]) -> None:
    """Mark a part done, in the transaction of its writes where doing it twice would
    be told apart: then both are there, once, or neither.

    Raises Cancelled if another worker has taken it over. Again: no harm.
    """
    finished = JobPart.objects.filter(
        pk=part.pk, attempt=part.attempt, state__in=[JobState.RUNNING, JobState.DONE]
    ).update(state=JobState.DONE, lease_until=None, result=dict(result), error="")
    if not finished:
        raise Cancelled
    part.state = JobState.DONE


def _give_back_or_fail(part: JobPart, error: Exception) -> None:
    """With no database to tell it to, the part is taken up after its lease."""
    if not connection.is_usable():
        connection.close()
    message = type(error).__name__
    if part.attempt >= MAX_ATTEMPTS:
        fail_part(part, f"Tried {part.attempt} times; the last time: {message}.")
        return
    _mine(part).update(
        state=JobState.QUEUED, sent_at=None, lease_until=None, error=message
    )


def fail_part(part: JobPart, message: str) -> None:
    """Fail a part and with it the job, unless another worker has taken it over."""
    with transaction.atomic():
        failed = _mine(part).update(
            state=JobState.FAILED, lease_until=None, error=message
        )
        if failed:
            fail_job(part.job_id, message)


def fail_job(job_id: int, message: str) -> None:
    Job.objects.filter(pk=job_id, state__in=OPEN_STATES).update(
        state=JobState.FAILED, message=message[:300], finished_at=Now()
    )


def close_if_last(job_id: int) -> None:
    """Close the job if all its parts are done; it fails if the closing does.

    Without the database it stays open, and is closed later.
    """
    try:
        if _count_done(job_id):
            _close(job_id)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        log.exception("job not closed", job=job_id)
        said = str(error) if isinstance(error, Refusal) else type(error).__name__
        fail_job(job_id, f"All its parts are done, but it could not be ended: {said}")


def _count_done(job_id: int) -> bool:
    """Are all parts done? Whoever finishes last sees the others' ends."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_DONE, [job_id, job_id])
        row = cursor.fetchone()
    return bool(row and row[0])


def _close(job_id: int) -> None:
    """The row lock lets one win of those who finish last."""
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job_id)
        if not job.is_open:
            return
        parts = JobPart.objects.filter(job=job)[:2]
        result = dict(parts[0].result) if len(parts) == 1 else {}
        close = registry.job_kinds[job.kind].close
        if close is not None:
            result |= close(job_id)
        Job.objects.filter(pk=job_id).update(
            state=JobState.DONE, finished_at=Now(), result=result, done=F("total")
        )
