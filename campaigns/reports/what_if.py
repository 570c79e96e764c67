"""Can we afford it? What an expense entered now would do to the limit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from campaigns.models import Campaign, ExpenseCategory
from campaigns.reports.spending_position import (
    SpendingPosition,
    SpendingWarning,
    about_the_sums,
    percent_of,
    spending_position,
)
from campaigns.rules.expenses import CountedValue, counted_value
from campaigns.rules.money import pounds
from campaigns.rules.steps import Step


@dataclass(frozen=True, slots=True)
class Afterwards:
    """The position once something more that counts `counts` is committed.

    `fits`, `left` and `percent` are None where no limit is known; `warnings` are those
    of the limit as it is and of the sums as they would be.
    """

    position: SpendingPosition
    counts: Decimal
    left: Decimal | None
    percent: Decimal | None
    warnings: tuple[SpendingWarning, ...]

    @property
    def fits(self) -> bool | None:
        return None if self.left is None else self.left >= 0

    @property
    def over(self) -> Decimal:
        """By how much the limit would be passed."""
        return max(-(self.left or Decimal(0)), Decimal("0.00"))


@dataclass(frozen=True, slots=True)
class WhatIf(Afterwards):
    """The position if `amount` were committed now, of which `counts` counts."""

    amount: Decimal
    cut: CountedValue
    category_label: str
    category_total: Decimal

    @property
    def working(self) -> tuple[Step, ...]:
        return self.cut.working

    @property
    def answer(self) -> str:
        """One plain sentence."""
        if self.left is None:
            return f"Nobody can say yet. {self.position.basis.missing}"
        if not self.counts:
            return (
                f"Yes: used on those days, {pounds(self.amount)} counts nothing "
                "towards the limit."
            )
        if self.left < 0:
            return (
                f"No: {pounds(self.amount)} would pass the limit by "
                f"{pounds(self.over)}."
            )
        return (
            f"Yes: {pounds(self.amount)} would leave {pounds(self.left)}, with "
            f"{self.percent} % of the limit used."
        )


def what_if(
    campaign: Campaign,
    *,
    amount: Decimal,
    category: str,
    used_from: date,
    used_until: date,
    at: datetime,
) -> WhatIf:
    """`amount` in pounds, used from the first to the last day given, both counted.

    Refused as `rules.expenses.counted_value` refuses; writes nothing.
    """
    position = spending_position(campaign, at=at)
    cut = counted_value(
        paid=amount,
        used_from=used_from,
        used_until=used_until,
        period=position.period,
    )
    then = afterwards(position, cut.counted)
    return WhatIf(
        position=position,
        counts=then.counts,
        left=then.left,
        percent=then.percent,
        warnings=then.warnings,
        amount=amount,
        cut=cut,
        category_label=str(ExpenseCategory(category).label),
        category_total=_of_category(position, category) + cut.counted,
    )


def afterwards(
    position: SpendingPosition, counts: Decimal, *, was_proposed: bool = False
) -> Afterwards:
    """`was_proposed` says that the sum is among what is proposed already."""
    counted, limit = position.counted + counts, position.limit
    proposed = position.proposed - (counts if was_proposed else 0)
    return Afterwards(
        position=position,
        counts=counts,
        left=None if limit is None else limit - counted,
        percent=percent_of(counted, limit),
        warnings=tuple(_warnings(position, counted, proposed)),
    )


def _of_category(position: SpendingPosition, category: str) -> Decimal:
    return next(row.counted for row in position.by_category if row.category == category)


def _warnings(
    position: SpendingPosition, counted: Decimal, proposed: Decimal
) -> Iterable[SpendingWarning]:
    """Those of the limit itself as they are, those of the sums as they would be."""
    for warning in position.warnings:
        if warning.code in {"no_limit", "estimate", "figure", "period"}:
            yield warning
    yield from about_the_sums(position.limit, counted, proposed)
