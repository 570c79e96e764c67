"""Reminders of deadlines as they are read, and sending those that wait."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from campaigns.actions.deadline_reminders import claim_reminder
from campaigns.clock import day_of
from campaigns.exporters.outgoing_mails import plain_mail, send_each
from campaigns.models import Campaign, DeadlineReminder, Organisation
from campaigns.reports.deadlines_to_remind import told_of
from campaigns.rules.deadline_reminders import in_words


def send_deadline_reminders(*, organisation: Organisation, at: datetime) -> int:
    """Send what waits, each by one worker; returns how many were sent."""
    return send_each(
        lambda: claim_reminder(organisation=organisation, at=at),
        lambda reminder: compose(reminder, at=at),
    )


def compose(reminder: DeadlineReminder, *, at: datetime) -> EmailMessage | None:
    """The days left are those of the moment at which it is sent."""
    campaign = reminder.campaign
    due = told_of(reminder, at=at)
    if due is None:
        return None
    return plain_mail(
        "campaigns/mail/deadline.txt",
        {
            "campaign": campaign,
            "user": reminder.user,
            "due": due,
            "when": in_words((due.day - day_of(at)).days),
            "page": _address(due.page, campaign),
            "reminders": _address("deadline-reminders", campaign),
        },
        to=reminder.user.email,
        name=f"deadline-reminder-{reminder.pk}",
    )


def _address(route: str, campaign: Campaign) -> str:
    return settings.PUBLIC_URL + reverse(route, kwargs={"campaign": campaign.slug})
