"""Short codes, said at the meeting point: how they are drawn, how often they are tried.

A rule of the house. Six digits are a million codes. A code that is guessed at as often
as is allowed, for the fourteen days that a link may last, is found once in 700 times;
in an afternoon, once in 10,000.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

CODE_LENGTH: Final = 6
# Wrong ones from one phone, and from all that share an internet address, such as those
# on one wifi.
MOST_OF_A_PHONE: Final = 10
MOST_OF_A_PLACE: Final = 30
WINDOW: Final = timedelta(minutes=15)
# Wrong ones of one code, by whomever: then it opens nothing for anybody.
MOST_OF_A_CODE: Final = 100
CODE_WINDOW: Final = timedelta(days=1)


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
