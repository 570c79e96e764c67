"""The reminders of deadlines that went out by now, as if beat had run every morning."""

from datetime import datetime, timedelta

from campaigns.actions.deadline_reminders import write_deadline_reminders
from campaigns.clock import UK
from campaigns.models import DeadlineReminder, Organisation

FIRST = datetime(2024, 3, 10, 7, 5, tzinfo=UK)


def remind_of_deadlines(organisation: Organisation, now: datetime) -> None:
    """Nothing is sent: they are marked as if it had been."""
    morning = FIRST
    while morning <= now:
        write_deadline_reminders(organisation=organisation, at=morning)
        DeadlineReminder.objects.of(organisation).filter(asked_at=morning).update(
            sent_at=morning
        )
        morning += timedelta(days=1)
