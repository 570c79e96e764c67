"""When it was said: the phone's word, put right by how wrong its clock is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# Under which a held item keeps, in seconds, how wrong its sender's clock was.
CLOCK_OFFSET = "clock_offset"
# A correct clock and a slow network agree within this.
TOLERANCE = timedelta(minutes=2)
# A phone keeps what it could not send for weeks, not for months.
OLDEST_ON_A_PHONE = timedelta(days=90)
OLDEST_TYPED_UP = timedelta(days=20 * 365)
TYPED_UP = frozenset(("paper", "import"))


@dataclass(frozen=True, slots=True)
class EffectiveTime:
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
