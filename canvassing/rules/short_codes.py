"""Short codes, said at the meeting point: how they are drawn, how often they are tried.

A rule of the house. Six digits are a million codes. A code that is guessed at as often
as is allowed, for the fourteen days that a link may last, is found once in 700 times;
in an afternoon, once in 10,000.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Final

CODE_LENGTH: Final = 6
WINDOW: Final = timedelta(minutes=15)
CODE_WINDOW: Final = timedelta(days=1)
# What is counted under the name of a code: after it, of whom.
OF_ONE: Final = " from "
OF_A_PLACE: Final = " all day by "


@dataclass(frozen=True, slots=True)
class Share:
    """So many wrong codes at once; then, where there is `more`, so many each time that
    a wait is over, of which each is twice as long as the one before."""

    most: int
    window: timedelta
    more: int = 0

    def most_after(self, age: timedelta) -> int:
        """In all, once the first wrong one is so old: of a place 30, 40 after 15
        minutes, 50 after 45, and 90 in a day. Of those who guess at once, one may seem
        to come before the first."""
        waits = (max(age, timedelta()) // WINDOW + 1).bit_length() - 1
        return self.most + self.more * waits

    def wait(self, wrong: int, age: timedelta) -> timedelta:
        """Until another may be tried."""
        if not self.more:
            return self.window - age
        waits = (wrong - self.most) // self.more + 1
        return min(WINDOW * ((1 << waits) - 1), self.window) - age


# Wrong ones from one phone, and from all that share an internet address, such as those
# on one wifi. Of one code, by whomever: then it opens nothing for anybody, which no
# single place can bring about with its share of a day. Each day is counted from its own
# first wrong code, so that a patient one may try late in a day of its own and early in
# the next, both within one day of the code: that locks it, as several places do.
SHARE_OF_A_PHONE: Final = Share(10, WINDOW)
SHARE_OF_A_PLACE: Final = Share(30, CODE_WINDOW, more=10)
SHARE_OF_A_CODE: Final = Share(100, CODE_WINDOW)

# Of IPv6 one phone has a whole network of this length.
NETWORK: Final = 64


def place_of(caller: str) -> str:
    """From where somebody calls: their internet address, or its network where it is of
    IPv6. What is no address stands for itself."""
    try:
        address = ip_address(caller)
    except ValueError:
        return caller
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, NETWORK), strict=False))


def new_short_code() -> str:
    """Said at the meeting point, and typed by whoever opens a link there."""
    return f"{secrets.randbelow(10**CODE_LENGTH):0{CODE_LENGTH}d}"


@dataclass(frozen=True, slots=True)
class Guessed:
    """How many wrong codes were tried lately, in place of one, and how many places
    that tried them wait."""

    wrong: int
    shut_out: int = 0

    @property
    def is_locked(self) -> bool:
        """It opens nothing any more, until a new one is drawn or the day is over."""
        return self.wrong >= SHARE_OF_A_CODE.most

    @property
    def is_tried(self) -> bool:
        """More than slips of the thumb."""
        return self.wrong >= SHARE_OF_A_PHONE.most
