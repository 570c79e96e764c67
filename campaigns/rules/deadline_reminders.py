"""On which days before a deadline somebody is reminded of it by e-mail."""

from collections.abc import Iterator
from datetime import date, timedelta

# Days before the deadline; the last is the day itself.
NOTICES = (14, 7, 2, 0)
# Nobody is woken: a day's notices go out from this hour on.
EARLIEST_HOUR = 7


def notice_due(due_on: date, *, on: date) -> int | None:
    """The notice that is due on a day, as its days before the deadline.

    The latest whose day has come, so that one that was missed gives way to the next.
    None before the first one and once the deadline has passed.
    """
    left = (due_on - on).days
    if left < 0:
        return None
    return min((notice for notice in NOTICES if notice >= left), default=None)


def notices_to_come(due_on: date, *, after: date) -> Iterator[tuple[int, date]]:
    """The notices whose day is still to come, each with that day."""
    for notice in NOTICES:
        goes_on = due_on - timedelta(days=notice)
        if goes_on > after:
            yield notice, goes_on


def in_words(days: int) -> str:
    """How near the deadline is, to begin a sentence with."""
    if days == 0:
        return "Today"
    return "Tomorrow" if days == 1 else f"In {days} days"
