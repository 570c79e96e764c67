"""One line of a file of local rounds: round, street, side, and numbers from and to."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from campaigns.rules.addresses import plain, tidy_line
from campaigns.rules.refusals import Refusal

# What the columns are called, as `plain_header` has them.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "round": ("roundname", "round", "walk", "walkname", "patch", "deliveryround"),
    "street": ("street", "streetname", "road", "roadname"),
    "side": ("side", "oddeven"),
    "from": ("from", "numberfrom", "fromnumber", "first", "start"),
    "to": ("to", "numberto", "tonumber", "last", "end"),
}
SIDES: Final = {
    "": "both", "BOTH": "both", "ALL": "both", "B": "both",
    "ODD": "odd", "ODDS": "odd", "O": "odd",
    "EVEN": "even", "EVENS": "even", "E": "even",
}  # fmt: skip
LONGEST_NAME: Final = 100
LONGEST_STREET: Final = 200
HIGHEST_NUMBER: Final = 2**17 - 1


class RowRefused(Refusal):
    """A line that does not say which stretch of street it means."""


class StretchRow(NamedTuple):
    """A stretch as the file says it; numbers of None are the street's ends."""

    round: str
    street: str
    street_key: str
    side: str
    number_from: int | None
    number_to: int | None


def read_stretch(cells: Mapping[str, str]) -> StretchRow:
    """Refused: no round or street, a side or number that is none, numbers that go
    backwards."""
    name, street = _words(cells, "round"), _words(cells, "street")
    if not name or not street:
        raise RowRefused("empty", "It names no round or no street.")
    if len(name) > LONGEST_NAME or len(street) > LONGEST_STREET:
        raise RowRefused("too_long", "Its round or street is longer than any name.")
    side = _words(cells, "side").upper()
    if side not in SIDES:
        raise RowRefused("side", f"{side!r} is neither odd, even nor both.")
    begins, ends = _number(cells, "from"), _number(cells, "to")
    if begins is not None and ends is not None and begins > ends:
        raise RowRefused("backwards", f"It goes from {begins} back to {ends}.")
    return StretchRow(name, tidy_line(street), plain(street), SIDES[side], begins, ends)


def _words(cells: Mapping[str, str], column: str) -> str:
    return " ".join(cells.get(column, "").replace("\0", "").split())


def _number(cells: Mapping[str, str], column: str) -> int | None:
    text = _words(cells, column)
    if not text:
        return None
    digits = text.rstrip("abcdefghABCDEFGH")
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 6:
        raise RowRefused("number", f"{text[:20]!r} is not a house number.")
    number = int(digits)
    if number > HIGHEST_NUMBER:
        raise RowRefused("number", f"{text!r} is higher than any house number.")
    return number
