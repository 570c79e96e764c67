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
# Wrong ones from one phone, and from all that share an internet address, such as those
# on one wifi.
MOST_OF_A_PHONE: Final = 10
MOST_OF_A_PLACE: Final = 30
WINDOW: Final = timedelta(minutes=15)
# Wrong ones of one code, by whomever: then it opens nothing for anybody. No single
# place can use them up in a day.
MOST_OF_A_CODE: Final = 100
MOST_OF_A_PLACE_IN_A_DAY: Final = 60
CODE_WINDOW: Final = timedelta(days=1)


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
    """How many wrong codes were tried lately, in place of one."""

    wrong: int

    @property
    def is_locked(self) -> bool:
        """It opens nothing any more, until a new one is drawn or the day is over."""
        return self.wrong >= MOST_OF_A_CODE

    @property
    def is_tried(self) -> bool:
        """More than slips of the thumb."""
        return self.wrong >= MOST_OF_A_PHONE
