"""The running balance of a statement: which way round it is, and where it breaks."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple


class Booked(NamedTuple):
    """One line: its day, what it moved, and the balance after it if that is given."""

    day: date
    amount: Decimal
    balance: Decimal | None


def is_newest_first(lines: Sequence[Booked]) -> bool:
    """Banks print either way round: the days tell it, and within one day the balances.

    Where neither tells it, the file is taken as the oldest first.
    """
    if not lines:
        return False
    if lines[0].day != lines[-1].day:
        return lines[0].day > lines[-1].day
    return breaks(lines[::-1]) < breaks(lines)


def breaks(lines: Sequence[Booked]) -> int:
    """How many balances are not the one before and the amount; the oldest first."""
    return sum(
        gap(before.balance, after.amount, after.balance) != 0
        for before, after in pairwise(lines)
    )


def gap(before: Decimal | None, amount: Decimal, after: Decimal | None) -> Decimal:
    """What moved between two lines and is on neither; nought where a balance is not
    given."""
    if before is None or after is None:
        return Decimal(0)
    return after - amount - before
