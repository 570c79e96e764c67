"""Whether the money lasts: cash, what is bound, and the plan, week by week.

Cash is what was accepted in money less what was paid. What is only promised is no
money: it stands beside the weeks' sums and is in none of them. Worked example:
docs/rules/budget.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from campaigns.rules.budget_weeks import WEEK

NOTHING = Decimal("0.00")
Movement = tuple[date, Decimal]
# Under a head, such as staff costs.
Cost = tuple[str, date, Decimal]


@dataclass(frozen=True, slots=True)
class FundingWeek:
    """By the end of the week from a Monday on, in pounds from the beginning.

    `received` and `paid` are real; `promised` is what was promised by then and is only
    that still; `bound` is what was ordered, paid or not; `planned` is the plan. `due`
    is, head by head, the most of what is ordered, planned and paid: a plan that is
    ordered already is not counted twice, and an order that was not planned is counted.
    """

    week_on: date
    received: Decimal
    promised: Decimal
    paid: Decimal
    bound: Decimal
    planned: Decimal
    due: Decimal
    # Of the period that the week counts in; None before the first, or where not known.
    limit: Decimal | None = None

    @property
    def cash(self) -> Decimal:
        return self.received - self.paid

    @property
    def left(self) -> Decimal:
        """Of the money received, once all that is due is paid."""
        return self.received - self.due


def funding_weeks(
    weeks: Sequence[date],
    *,
    received: Iterable[Movement],
    promised: Iterable[Movement],
    paid: Iterable[Cost],
    bound: Iterable[Cost],
    planned: Iterable[Cost],
) -> tuple[FundingWeek, ...]:
    """`weeks` are Mondays one after another, one at the least.

    What was before the first is in the first, what is after the last in the last, so
    that the last holds every penny.
    """
    costs = [_by_head(weeks, kind) for kind in (paid, bound, planned)]
    nothing = [NOTHING] * len(weeks)
    heads = sorted({head for kind in costs for head in kind})
    most = [
        [max(of_week) for of_week in zip(*of_head, strict=True)]
        for of_head in ([kind.get(head, nothing) for kind in costs] for head in heads)
    ]
    sums = (
        _so_far(weeks, received),
        _so_far(weeks, promised),
        *(_added(weeks, kind.values()) for kind in costs),
        _added(weeks, most),
    )
    return tuple(
        FundingWeek(week, *amounts) for week, *amounts in zip(weeks, *sums, strict=True)
    )


def _by_head(weeks: Sequence[date], costs: Iterable[Cost]) -> dict[str, list[Decimal]]:
    """Each head's sums so far."""
    moved: dict[str, list[Movement]] = {}
    for head, on, amount in costs:
        moved.setdefault(head, []).append((on, amount))
    return {head: _so_far(weeks, movements) for head, movements in moved.items()}


def _added(weeks: Sequence[date], rows: Iterable[list[Decimal]]) -> list[Decimal]:
    """The rows week by week in one."""
    columns = zip([NOTHING] * len(weeks), *rows, strict=True)
    return [sum(column, NOTHING) for column in columns]


def _so_far(weeks: Sequence[date], moved: Iterable[Movement]) -> list[Decimal]:
    of_week = [NOTHING] * len(weeks)
    for on, amount in moved:
        place = (on - weeks[0]) // WEEK
        of_week[min(max(place, 0), len(weeks) - 1)] += amount
    return list(accumulate(of_week))


def runs_out_in(weeks: Iterable[FundingWeek]) -> FundingWeek | None:
    """The first week in which the orders or the plan come to more than the money."""
    return next((week for week in weeks if week.left < 0), None)
