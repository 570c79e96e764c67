"""Jobs: start, cancel, try and send again.

The truth is in the rows. Celery only wakes a worker up: a message that is lost is sent
again by `resend_waiting_parts`, one that comes twice finds its part already claimed.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from time import sleep
from typing import TYPE_CHECKING, Any, Final

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from campaigns.actions import audit
from campaigns.actions.job_parts import (
    MAX_ATTEMPTS,
    close_if_last,
    fail_part,
    run_claimed_part,
)
from campaigns.models import Campaign, Job, JobPart, JobState, Organisation
from campaigns.models.jobs import OPEN_STATES
from campaigns.registry import registry

if TYPE_CHECKING:
    from campaigns.access import Actor

log = structlog.get_logger("committee_room.jobs")

LOST_AFTER: Final = timedelta(minutes=1)  # what a message may wait for a worker
SENT_AT_ONCE: Final = 1_000
WAIT: Final = timedelta(seconds=0.2)


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
            title=title[:200],
            parameters=dict(parameters or {}),
            asked_at=at,
        )
        job.recorded_by(by)
        job.save(force_insert=True)
        job.total = _add_parts(job, parts)
        job.save(update_fields=["total"])
        _record("job.started", job, by=by, at=at, kind=kind)
    return job


def _send(part_ids: Sequence[int]) -> None:
    """Wake the workers. With no broker the parts stay unsent, and are sent later.

    Marked as sent before they are: the claim of a worker passes over a locked row.
    """
    from campaigns.tasks import run_part

    on_their_way = JobPart.objects.filter(pk__in=part_ids).exclude(
        state=JobState.RUNNING, lease_until__gte=Now()
    )
    on_their_way.update(sent_at=Now())
    for number, part_id in enumerate(part_ids):
        try:
            run_part.delay(part_id=part_id)
        except OperationalError:
            log.warning("broker away", sent=number)
            JobPart.objects.filter(pk__in=part_ids[number:]).update(sent_at=None)
            return


def run_here(job: Job) -> Job:
    """Do a job's parts in this process too, and wait for those that workers hold.

    For commands: it ends whether or not any worker runs. Returns the job as it ended.
    """
    while True:
        for part_id in job.parts.exclude(state=JobState.DONE).values_list(
            "pk", flat=True
        ):
            run_claimed_part(part_id)
        job.refresh_from_db()
        if not job.is_open:
            return job
        sleep(WAIT.total_seconds())


def cancel_job(job: Job, *, by: "Actor", at: datetime) -> bool:
    """Ask an open job to stop; its running parts notice between chunks.

    False when there is nothing left to stop.
    """
    open_job = Job.objects.filter(pk=job.pk, state__in=OPEN_STATES)
    with transaction.atomic(durable=True):
        stopped = open_job.exists() and JobPart.objects.filter(
            job=job, state__in=OPEN_STATES
        ).update(state=JobState.CANCELLED, lease_until=None)
        if not stopped:
            return False
        open_job.update(cancel_asked_at=at, state=JobState.CANCELLED, finished_at=Now())
        _record("job.cancelled", job, by=by, at=at)
    return True


def retry_job(job: Job, *, by: "Actor", at: datetime) -> bool:
    """Try the failed or cancelled parts of a job again; what is done stays done.

    They are new rows: a worker that is still at an old one finds it gone.
    """
    with transaction.atomic(durable=True):
        stopped = Job.objects.filter(
            pk=job.pk, state__in=[JobState.FAILED, JobState.CANCELLED]
        ).update(
            state=JobState.QUEUED, cancel_asked_at=None, finished_at=None, message=""
        )
        if not stopped:
            return False
        old = JobPart.objects.filter(
            job=job, state__in=[JobState.FAILED, JobState.CANCELLED]
        )
        keys = list(old.order_by("pk").values_list("key", flat=True))
        old.delete()
        done = job.parts.filter(state=JobState.DONE).count()
        Job.objects.filter(pk=job.pk).update(done=done)
        _add_parts(job, keys)
        _record("job.retried", job, by=by, at=at)
    return True


def _add_parts(job: Job, keys: Iterable[str]) -> int:
    parts = JobPart.objects.bulk_create(
        JobPart(organisation_id=job.organisation_id, job=job, key=key) for key in keys
    )
    transaction.on_commit(lambda: _send([part.pk for part in parts]))
    return len(parts)


def _record(
    verb: str, job: Job, *, by: "Actor", at: datetime, **detail: object
) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=job.organisation_id,
        campaign_id=job.campaign_id,
        target=job,
        **detail,
    )


def resend_waiting_parts() -> int:
    """Send again what was never sent, lost on the way, or dropped by a dead worker."""
    _fail_what_was_tried_too_often()
    _close_what_nobody_closed()
    waiting = JobPart.objects.filter(
        Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=Now()),
        Q(sent_at__isnull=True) | Q(sent_at__lt=Now() - LOST_AFTER),
        job__state__in=OPEN_STATES,
    )
    ids = list(waiting.order_by("pk").values_list("pk", flat=True)[:SENT_AT_ONCE])
    _send(ids)
    return len(ids)


def _fail_what_was_tried_too_often() -> None:
    worn_out = JobPart.objects.filter(
        state=JobState.RUNNING, lease_until__lt=Now(), attempt__gte=MAX_ATTEMPTS
    )
    for part in worn_out:
        fail_part(part, f"Its worker stopped {part.attempt} times without finishing.")


def _close_what_nobody_closed() -> None:
    """A worker may die between its last part and the closing."""
    open_parts = JobPart.objects.filter(job=OuterRef("pk")).exclude(state=JobState.DONE)
    for job in Job.objects.filter(~Exists(open_parts), state__in=OPEN_STATES):
        close_if_last(job.pk)
