"""Celery tasks: load by id, call one thing."""

from dataclasses import asdict

import structlog
from celery import shared_task

from campaigns.actions import deadline_reminders, expiry, job_parts, jobs
from campaigns.clock import now
from campaigns.exporters.deadline_reminders import send_deadline_reminders
from campaigns.models import Organisation
from campaigns.reports.integrity import check_integrity

log = structlog.get_logger("committee_room.integrity")


@shared_task
def run_part(*, part_id: int) -> bool:
    return job_parts.run_claimed_part(part_id)


@shared_task
def resend_waiting_parts() -> int:
    return jobs.resend_waiting_parts()


@shared_task
def purge_expired() -> dict[str, int]:
    return expiry.purge_expired()


@shared_task
def remind_of_deadlines() -> int:
    """By each organisation's own clock."""
    return sum(
        deadline_reminders.write_deadline_reminders(
            organisation=organisation, at=now(organisation)
        )
        for organisation in Organisation.objects.all()
    )


@shared_task
def send_reminders() -> int:
    return sum(
        send_deadline_reminders(organisation=organisation, at=now(organisation))
        for organisation in Organisation.objects.all()
    )


@shared_task
def check_integrity_nightly() -> int:
    """How many keys are broken; each is logged as an error."""
    broken = check_integrity().broken
    for key in broken:
        log.error("broken key", **asdict(key))
    return len(broken)
