"""Days that money of a campaign can have: the commonest slip is in the year."""

from datetime import date, timedelta
from typing import Final

from campaigns.rules.refusals import Refusal

# No Parliament sits longer than five years, and no candidacy is older than one.
LONGEST: Final = timedelta(days=6 * 366)


class UnlikelyDay(Refusal):
    """A day so long before the poll that it was mistyped."""


def refuse_unlikely(day: date | None, *, poll_on: date) -> None:
    """Refuses a day that is more than six years before polling day; none is fine."""
    if day is not None and day < poll_on - LONGEST:
        raise UnlikelyDay(
            "day_far_from_poll",
            f"{day.day} {day:%B} {day.year} is more than six years before polling day.",
        )
