"""Jobs: start, claim, finish, cancel and send again.

The truth is in the rows. Celery only wakes a worker up: a message that is lost is sent
again by `resend_waiting_parts`, one that comes twice finds its part already claimed.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from time import sleep
from typing import TYPE_CHECKING, Any

import structlog
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from campaigns.actions import audit
from campaigns.models import Campaign, Job, JobPart, JobState, Organisation
from campaigns.models.jobs import OPEN_STATES
from campaigns.registry import registry
from campaigns.rules.refusals import Refusal

if TYPE_CHECKING:
    from campaigns.access import Actor

log = structlog.get_logger("committee_room.jobs")

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 5
WAIT = timedelta(seconds=0.2)


class Cancelled(Exception):
    """Raised inside a part whose job was cancelled or that another worker took."""


def start_job(
    kind: str,
    *,
    title: str,
    organisation: Organisation,
    campaign: Campaign | None = None,
    parts: Iterable[str] = ("all",),
    parameters: Mapping[str, Any] | None = None,
    by: "Actor",
    at: datetime,
) -> Job:
    """Write the job and its parts, and wake the workers once that is committed."""
    if kind not in registry.job_kinds:
        raise LookupError(f"No such kind of job: {kind}")
    with transaction.atomic():
        job = Job(
            organisation=organisation,
            campaign=campaign,
            kind=kind,
            title=title,
            parameters=dict(parameters or {}),
            asked_at=at,
        )
        job.recorded_by(by)
        job.save(force_insert=True)
        rows = JobPart.objects.bulk_create(
            JobPart(organisation=organisation, job=job, key=key) for key in parts
        )
        Job.objects.filter(pk=job.pk).update(total=len(rows))
        audit.record(
            "job.started",
            by=by,
            at=at,
            organisation_id=organisation.pk,
            campaign_id=campaign.pk if campaign else None,
            target=job,
            kind=kind,
        )
        transaction.on_commit(lambda: _send([part.pk for part in rows]))
    return job


def _send(part_ids: Iterable[int]) -> None:
    """Wake the workers. With no broker the parts stay unsent, and are sent later."""
    from campaigns.tasks import run_part

    for part_id in part_ids:
        try:
            run_part.delay(part_id=part_id)
        except OperationalError:
            log.warning("broker away", part=part_id)
            return
        JobPart.objects.filter(pk=part_id).update(sent_at=Now())


def run_claimed_part(part_id: int) -> bool:
    """Claim the part, do it, and close the job after its last part.

    False when it is not to be had: done, cancelled, or in the hands of another worker.
    """
    part = _claim(part_id)
    if part is None:
        return False
    kind = registry.job_kinds[part.job.kind]
    try:
        result = kind.run_part(part, _progress_of(part))
    except Cancelled:
        return False
    except Refusal as refusal:
        _fail(part, str(refusal))
        return True
    except Exception as error:
        _give_back_or_fail(part, error)
        raise
    if _finish(part, result):
        _close_if_last(part.job_id)
    return True


def run_here(job: Job) -> Job:
    """Do a job's parts in this process too, and wait for those that workers hold.

    For commands: it ends whether or not any worker runs. Returns the job as it ended.
    """
    while True:
        for part_id in job.parts.exclude(state=JobState.DONE).values_list("pk", flat=True):
            run_claimed_part(part_id)
        job.refresh_from_db()
        if not job.is_open:
            return job
        sleep(WAIT.total_seconds())


def _claim(part_id: int) -> JobPart | None:
    claimed = (
        JobPart.objects.filter(pk=part_id, attempt__lt=MAX_ATTEMPTS)
        .filter(
            Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=Now())
        )
        .filter(job__cancel_asked_at__isnull=True)
        .update(
            state=JobState.RUNNING, attempt=F("attempt") + 1, lease_until=Now() + LEASE
        )
    )
    if not claimed:
        return None
    part = JobPart.objects.select_related("job", "job__organisation").get(pk=part_id)
    Job.objects.filter(pk=part.job_id, state=JobState.QUEUED).update(
        state=JobState.RUNNING, started_at=Now()
    )
    return part


def _progress_of(part: JobPart) -> Callable[[int, int], None]:
    """A function that renews the lease, writes progress and notices a cancel."""

    def progress(done: int, total: int) -> None:
        mine = JobPart.objects.filter(
            pk=part.pk,
            attempt=part.attempt,
            state=JobState.RUNNING,
            job__cancel_asked_at__isnull=True,
        )
        if not mine.update(lease_until=Now() + LEASE):
            raise Cancelled
        if part.job.total <= 1:
            Job.objects.filter(pk=part.job_id).update(done=done, total=max(total, 1))

    return progress


def still_mine(part: JobPart) -> None:
    """Fence a part's writes: call inside their transaction, before the commit.

    Locks the part's row; raises Cancelled if another worker has taken it over.
    """
    held = (
        JobPart.objects.select_for_update()
        .filter(pk=part.pk, attempt=part.attempt, state=JobState.RUNNING)
        .exists()
    )
    if not held:
        raise Cancelled


def _finish(part: JobPart, result: Mapping[str, object]) -> bool:
    return bool(
        JobPart.objects.filter(
            pk=part.pk, attempt=part.attempt, state=JobState.RUNNING
        ).update(state=JobState.DONE, lease_until=None, result=dict(result), error="")
    )


def _give_back_or_fail(part: JobPart, error: Exception) -> None:
    message = f"{type(error).__name__}"
    if part.attempt >= MAX_ATTEMPTS:
        _fail(part, f"Tried {part.attempt} times; the last time: {message}.")
        return
    JobPart.objects.filter(
        pk=part.pk, attempt=part.attempt, state=JobState.RUNNING
    ).update(state=JobState.QUEUED, sent_at=None, lease_until=None, error=message)


def _fail(part: JobPart, message: str) -> None:
    with transaction.atomic():
        JobPart.objects.filter(pk=part.pk).update(
            state=JobState.FAILED, lease_until=None, error=message
        )
        Job.objects.filter(pk=part.job_id, state__in=OPEN_STATES).update(
            state=JobState.FAILED, message=message[:300], finished_at=Now()
        )


def _close_if_last(job_id: int) -> None:
    """Whoever finishes the last part closes the job; the row lock lets one win."""
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job_id)
        parts = JobPart.objects.filter(job=job)
        done = parts.filter(state=JobState.DONE).count()
        if parts.count() > 1:
            Job.objects.filter(pk=job_id).update(done=done)
        if not job.is_open or done < parts.count():
            return
        kind = registry.job_kinds[job.kind]
        first = parts.order_by("pk").first()
        result = dict(first.result) if first and parts.count() == 1 else {}
        if kind.close is not None:
            result |= kind.close(job_id)
        Job.objects.filter(pk=job_id).update(
            state=JobState.DONE,
            finished_at=Now(),
            result=result,
            done=F("total"),
        )


def cancel_job(job: Job, *, by: "Actor", at: datetime) -> bool:
    """Ask an open job to stop; its running parts notice between chunks."""
    with transaction.atomic(durable=True):
        asked = Job.objects.filter(pk=job.pk, state__in=OPEN_STATES).update(
            cancel_asked_at=at, state=JobState.CANCELLED, finished_at=Now()
        )
        if asked:
            JobPart.objects.filter(job=job, state__in=OPEN_STATES).update(
                state=JobState.CANCELLED, lease_until=None
            )
            audit.record(
                "job.cancelled",
                by=by,
                at=at,
                organisation_id=job.organisation_id,
                campaign_id=job.campaign_id,
                target=job,
            )
    return bool(asked)


def retry_job(job: Job, *, by: "Actor", at: datetime) -> bool:
    """Try the failed or cancelled parts of a job again; what is done stays done."""
    with transaction.atomic(durable=True):
        stopped = Job.objects.filter(
            pk=job.pk, state__in=[JobState.FAILED, JobState.CANCELLED]
        ).update(
            state=JobState.QUEUED, cancel_asked_at=None, finished_at=None, message=""
        )
        if not stopped:
            return False
        again = JobPart.objects.filter(
            job=job, state__in=[JobState.FAILED, JobState.CANCELLED]
        )
        ids = list(again.values_list("pk", flat=True))
        again.update(state=JobState.QUEUED, attempt=0, sent_at=None, error="")
        audit.record(
            "job.retried",
            by=by,
            at=at,
            organisation_id=job.organisation_id,
            campaign_id=job.campaign_id,
            target=job,
        )
        transaction.on_commit(lambda: _send(ids))
    return True


def resend_waiting_parts() -> int:
    """Send again what was never sent, lost on the way, or dropped by a dead worker."""
    _fail_what_was_tried_too_often()
    _close_what_nobody_closed()
    waiting = JobPart.objects.filter(job__state__in=OPEN_STATES).filter(
        Q(state=JobState.QUEUED, sent_at__isnull=True)
        | Q(state=JobState.QUEUED, sent_at__lt=Now() - LEASE)
        | Q(state=JobState.RUNNING, lease_until__lt=Now())
    )
    ids = list(waiting.values_list("pk", flat=True)[:1000])
    _send(ids)
    return len(ids)


def _fail_what_was_tried_too_often() -> None:
    worn_out = JobPart.objects.filter(
        state=JobState.RUNNING, lease_until__lt=Now(), attempt__gte=MAX_ATTEMPTS
    )
    for part in worn_out:
        _fail(part, f"Its worker stopped {part.attempt} times without finishing.")


def _close_what_nobody_closed() -> None:
    """A worker may die between its last part and the closing."""
    open_parts = JobPart.objects.filter(job=OuterRef("pk")).exclude(state=JobState.DONE)
    for job in Job.objects.filter(~Exists(open_parts), state=JobState.RUNNING):
        _close_if_last(job.pk)
