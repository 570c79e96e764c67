"""How booked spending builds up, week by week, to polling day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from campaigns.reports.counted_expenses import CountedExpense
from campaigns.rules.money import split
from campaigns.rules.regulated_periods import RegulatedPeriod

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Week:
    """What will have been used by the end of a week, in pounds from the first day on.

    `booked` is from committed expenses, `with_proposed` adds those only proposed.
    """

    ends_on: date
    booked: Decimal
    with_proposed: Decimal


def spending_forecast(
    lines: Iterable[CountedExpense], period: RegulatedPeriod
) -> tuple[Week, ...]:
    """Each counted sum spread evenly over its days of use inside the period.

    The last week ends on polling day and holds everything, to the penny.
    """
    ends = _week_ends(period)
    booked = [Decimal("0.00")] * len(ends)
    proposed = [Decimal("0.00")] * len(ends)
    for line in lines:
        sums = booked if line.is_committed else proposed
        for i, part in enumerate(spread(line, ends, period)):
            sums[i] += part
    weeks, so_far, with_proposed = [], Decimal("0.00"), Decimal("0.00")
    for ends_on, new, maybe in zip(ends, booked, proposed, strict=True):
        so_far += new
        with_proposed += new + maybe
        weeks.append(Week(ends_on, so_far, with_proposed))
    return tuple(weeks)


def _week_ends(period: RegulatedPeriod) -> list[date]:
    ends = [period.last_on]
    while ends[-1] - WEEK >= period.first_on:
        ends.append(ends[-1] - WEEK)
    return ends[::-1]


def spread(
    line: CountedExpense, ends: list[date], period: RegulatedPeriod
) -> list[Decimal]:
    """By days of use in each week, told by its last day; in the first where only a hand
    put it inside."""
    if not line.counted:
        return [Decimal("0.00")] * len(ends)
    first = max(line.expense.used_from, period.first_on)
    last = min(line.expense.used_until, period.last_on)
    days = [
        max(0, (min(last, end) - max(first, end - WEEK + DAY)).days + 1) for end in ends
    ]
    if not any(days):
        days[0] = 1
    return split(line.counted, days)
