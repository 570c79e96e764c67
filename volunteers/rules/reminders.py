"""When volunteers are reminded of a shift, and when no e-mail about it helps."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Reminder:
    """One reminder: due this long before the start, and no later than `until`."""

    kind: str
    before: timedelta
    until: timedelta

    def starts_between(self, at: datetime) -> tuple[datetime, datetime]:
        """Shifts that begin after the first and up to the second are due at `at`."""
        return at + self.until, at + self.before


# A day's reminder that was not sent by then gives way to the second one.
REMINDERS = (
    Reminder("day_before", timedelta(hours=24), timedelta(hours=2)),
    Reminder("hours_before", timedelta(hours=2), timedelta(0)),
)
UNTIL = {reminder.kind: reminder.until for reminder in REMINDERS}


def helps_until(kind: str, *, starts_at: datetime, ends_at: datetime) -> datetime:
    """The moment from which an e-mail about this shift helps nobody any more: for a
    reminder its latest, for other news the end of the shift."""
    return starts_at - UNTIL[kind] if kind in UNTIL else ends_at
