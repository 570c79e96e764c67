"""Celery tasks: load by id, call one thing."""

from celery import shared_task

from campaigns.actions import expiry, job_parts, jobs


@shared_task
def run_part(*, part_id: int) -> bool:
    return job_parts.run_claimed_part(part_id)


@shared_task
def resend_waiting_parts() -> int:
    return jobs.resend_waiting_parts()


@shared_task
def purge_expired() -> dict[str, int]:
    return expiry.purge_expired()
