"""How often an e-mail is tried again that could not be sent: a house rule."""

from datetime import timedelta

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
TRIED_FOR = timedelta(days=1)


def wait_after(attempts: int) -> timedelta:
    """A minute after the first attempt, twice as long after each, an hour at most."""
    doubled: timedelta = FIRST_WAIT * 2 ** min(attempts - 1, 6)
    return min(doubled, LONGEST_WAIT)
