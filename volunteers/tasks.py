"""Celery tasks: remind, send, and remove what is old."""

from celery import shared_task

from campaigns.clock import now
from campaigns.models import Organisation
from volunteers.actions import mails
from volunteers.exporters.mails import send_waiting_mails


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
