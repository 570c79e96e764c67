"""Elector numbers: how registers write them, and what they are made of."""

import re
from typing import NamedTuple

from campaigns.rules.refusals import Refusal


class NumberRefused(Refusal):
    """The text is not an elector number."""


class ElectorNumber(NamedTuple):
    """`BW1-4/1`: polling district prefix, number within it, suffix of an insertion.

    Number and suffix are digits without leading zeros; no suffix is the empty text.
    The prefix may itself hold `-` and `/`. Numbers are issued anew every 1 December.
    """

    prefix: str
    number: str
    suffix: str = ""

    def __str__(self) -> str:
        printed = f"{self.prefix}-{self.number}"
        return f"{printed}/{self.suffix}" if self.suffix else printed


# 4, 4/1, 5.000 and 3.5: the digits behind a decimal point number an insertion.
ROLL = re.compile(r"0*(\d{1,9})(?:\s*/\s*(\d{1,6})|\.(\d{1,6}))?\Z", re.ASCII)


def parse_roll(prefix: str, roll: str, suffix: str = "") -> ElectorNumber:
    """The number whose parts the register prints in columns of their own.

    Refused: a roll that is not digits with at most one insertion behind it.
    """
    if roll.isdecimal() and roll.isascii() and roll[0] != "0" and len(roll) < 10:
        return ElectorNumber(prefix, roll, suffix and _suffix(suffix))
    found = ROLL.match(roll)
    if not found or not prefix:
        raise NumberRefused("number", f"{roll!r} is not an elector number.")
    number, inserted, decimals = found.groups()
    behind = inserted or (decimals or "").rstrip("0")
    return ElectorNumber(prefix, number, _suffix(behind or suffix))


def parse_elector_number(text: str) -> ElectorNumber:
    """A whole number as printed: split at the last hyphen, then at the slash.

    Refused: a text without a prefix or whose last part is not a number.
    """
    prefix, hyphen, roll = text.strip().rpartition("-")
    if not hyphen or not prefix.strip():
        raise NumberRefused("number", f"{text!r} is not an elector number.")
    return parse_roll(prefix.strip(), roll.strip())


def _suffix(text: str) -> str:
    if not text or text == "0":
        return ""
    if not text.isdecimal() or not text.isascii():
        raise NumberRefused(
            "number", f"{text!r} is not the suffix of an elector number."
        )
    return text.lstrip("0")
