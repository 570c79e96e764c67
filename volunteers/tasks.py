"""Celery tasks and parts of jobs: remind, send, remove what is old, ask, and load."""

from collections.abc import Callable

from celery import shared_task

from campaigns.access import Actor
from campaigns.clock import now
from campaigns.models import Job, JobPart, Organisation
from volunteers.actions import asking, mails
from volunteers.exporters.mails import send_waiting_mails
from volunteers.importers import volunteer_jobs


@shared_task
def send_mails() -> int:
    return send_waiting_mails()


@shared_task
def remind_volunteers() -> int:
    """By each organisation's own clock."""
    return sum(
        mails.write_reminders(organisation=organisation, at=now(organisation))
        for organisation in Organisation.objects.all()
    )


@shared_task
def purge_old_mails() -> int:
    return sum(
        mails.purge_old(organisation=organisation, at=now(organisation))
        for organisation in Organisation.objects.all()
    )


def ask_volunteers(
    part: JobPart, progress: Callable[[int, int], None]
) -> dict[str, object]:
    return asking.ask_part(part, by=_by(part.job), at=now(part.job.organisation))


def load_volunteers(
    part: JobPart, progress: Callable[[int, int], None]
) -> dict[str, object]:
    at = now(part.job.organisation)
    return volunteer_jobs.load_part(part, progress, by=_by(part.job), at=at)


def _by(job: Job) -> Actor:
    """Who asked for it."""
    return Actor(job.by_kind, job.by_id, job.by_label)
