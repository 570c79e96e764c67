"""When a volunteer is reminded of a shift by e-mail: a day before, and two hours."""

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
