"""When it was said: the phone's word, put right by how wrong its clock is."""

from datetime import datetime, timedelta
from typing import NamedTuple

# Under which a held item keeps, in seconds, how wrong its sender's clock was.
CLOCK_OFFSET = "clock_offset"
# A correct clock and a slow network agree within this.
TOLERANCE = timedelta(minutes=2)
# A phone keeps what it could not send for weeks, not for months.
OLDEST_ON_A_PHONE = timedelta(days=90)
OLDEST_TYPED_UP = timedelta(days=20 * 365)
# So long after a round was given back what its phones still send is filed by itself: in
# two days a phone has had a signal, and afterwards an organiser looks.
FILED_LATE = timedelta(hours=48)
# A clock that is further out may have been put right since something was said.
CLOCK_IN_DOUBT = timedelta(hours=1)
TYPED_UP = frozenset(("paper", "import"))


class EffectiveTime(NamedTuple):
    """The instant by which contacts are put in order; doubtful ones are shown so."""

    at: datetime
    is_doubtful: bool


def effective_time(
    said_at: datetime,
    *,
    received_at: datetime,
    clock_offset: timedelta = timedelta(0),
    channel: str,
) -> EffectiveTime:
    """`said_at` corrected by the offset of the clock that took it, never after arrival.

    `clock_offset` is the server's clock less the sender's, measured when the batch was
    sent. Doubtful is what would lie after its arrival, or implausibly long before.
    """
    corrected = said_at + clock_offset
    oldest = OLDEST_TYPED_UP if channel in TYPED_UP else OLDEST_ON_A_PHONE
    is_doubtful = not (received_at - oldest <= corrected <= received_at + TOLERANCE)
    return EffectiveTime(min(corrected, received_at), is_doubtful)


def is_clock_sound(clock_offset: timedelta, *, day_moved: timedelta) -> bool:
    """Less than an hour out; `day_moved` is how far the organisation's day is from
    today's, as in the demo, and nothing elsewhere."""
    return min(abs(clock_offset), abs(clock_offset - day_moved)) < CLOCK_IN_DOUBT


def was_surely_said_between(
    said_at: datetime,
    *,
    since: datetime,
    until: datetime,
    received_at: datetime,
    clock_offset: timedelta,
) -> bool:
    """Whether a phone that had the doors from `since` until `until` said it meanwhile;
    a time before it had them is in doubt, and so is what comes more than `FILED_LATE`
    after `until`."""
    if received_at - until > FILED_LATE:
        return False
    time = effective_time(
        said_at, received_at=received_at, clock_offset=clock_offset, channel="door"
    )
    return not time.is_doubtful and since - TOLERANCE <= time.at <= until
