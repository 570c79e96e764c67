"""Whether the money lasts: cash, what is bound, and the plan, week by week.

Cash is what was accepted in money less what was paid. What is only promised is no
money and does not appear here at all. Worked example: docs/rules/budget.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaigns.rules.budget_weeks import WEEK

NOTHING = Decimal("0.00")
Movement = tuple[date, Decimal]


@dataclass(frozen=True, slots=True)
class FundingWeek:
    """By the end of the week from a Monday on, in pounds from the beginning.

    `received` and `paid` are real; `bound` is what was ordered, paid or not; `planned`
    is the plan. `left` is what would be left of the money received when both the orders
    and the plan so far are paid: a plan that is ordered already is not counted twice.
    """

    week_on: date
    received: Decimal
    paid: Decimal
    bound: Decimal
    planned: Decimal

    @property
    def cash(self) -> Decimal:
        return self.received - self.paid

    @property
    def left(self) -> Decimal:
        return self.received - max(self.bound, self.planned, self.paid)


def funding_weeks(
    weeks: Sequence[date],
    *,
    received: Iterable[Movement],
    paid: Iterable[Movement],
    bound: Iterable[Movement],
    planned: Iterable[Movement],
) -> tuple[FundingWeek, ...]:
    """`weeks` are Mondays one after another, one at the least.

    What was before the first is in the first, what is after the last in the last, so
    that the last holds every penny.
    """
    sums = (_so_far(weeks, moved) for moved in (received, paid, bound, planned))
    return tuple(
        FundingWeek(week, *amounts) for week, *amounts in zip(weeks, *sums, strict=True)
    )


def _so_far(weeks: Sequence[date], moved: Iterable[Movement]) -> list[Decimal]:
    of_week = [NOTHING] * len(weeks)
    for on, amount in moved:
        place = (on - weeks[0]) // WEEK
        of_week[min(max(place, 0), len(weeks) - 1)] += amount
    so_far, total = [], NOTHING
    for amount in of_week:
        total += amount
        so_far.append(total)
    return so_far


def runs_out_in(weeks: Iterable[FundingWeek]) -> FundingWeek | None:
    """The first week in which the orders or the plan come to more than the money."""
    return next((week for week in weeks if week.left < 0), None)
