"""Can we afford it? What an expense entered now would do to the limit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from campaigns.models import Campaign, ExpenseCategory
from campaigns.reports.cautions import SpendingWarning
from campaigns.reports.spending_position import (
    PeriodPosition,
    SpendingPosition,
    about_the_sums,
    percent_of,
    spending_position,
)
from campaigns.rules.expenses import CountedValue, counted_value
from campaigns.rules.money import pounds
from campaigns.rules.steps import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Afterwards:
    """One period once something more that counts `counts` is committed.

    `left` keeps the room of stock in hand; it and `percent` are None where no limit is
    known. `long` is the same for the long campaign, where there is one.
    """

    position: PeriodPosition
    counts: Decimal
    left: Decimal | None
    percent: Decimal | None
    long: "Afterwards | None" = None

    @property
    def periods(self) -> "tuple[Afterwards, ...]":
        """In the order of their days."""
        return (self.long, self) if self.long else (self,)

    @property
    def touched(self) -> "tuple[Afterwards, ...]":
        """The periods in which it counts."""
        return tuple(one for one in self.periods if one.counts)

    @property
    def fits(self) -> bool | None:
        """None where a limit that it counts towards is not known."""
        if any(one.left is None for one in self.touched):
            return None
        return not any(one.over for one in self.touched)

    @property
    def over(self) -> Decimal:
        """By how much the limit would be passed."""
        return max(-(self.left or Decimal(0)), Decimal("0.00"))

    @property
    def consequence(self) -> str:
        """What committing it would do, as the end of a sentence."""
        if not self.fits:
            passed = (
                f"pass the limit{_of(one)} by {pounds(one.over)}"
                for one in self.touched
                if one.over
            )
            return " and ".join(passed)
        return ", and ".join(
            f"leave {pounds(one.left or Decimal(0))}{_of(one)}, with {one.percent} % "
            "of the limit used"
            for one in self.touched
        )


def _of(one: Afterwards) -> str:
    return f" of the {one.position.name}" if one.position.name else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf(Afterwards):
    """The position if `amount` were committed now, of which `counts` counts.

    `warnings` are those of the limit as it is and of the sums as they would be.
    """

    position: SpendingPosition
    amount: Decimal
    cut: CountedValue
    category_label: str
    category_total: Decimal
    warnings: tuple[SpendingWarning, ...]

    @property
    def working(self) -> tuple[Step, ...]:
        return self.cut.working

    @property
    def answer(self) -> str:
        """One plain sentence."""
        if not self.touched:
            return (
                f"Yes: used on those days, {pounds(self.amount)} counts nothing "
                "towards the limit."
            )
        if self.fits is None:
            unknown = next(one for one in self.touched if one.left is None)
            return f"Nobody can say yet. {unknown.position.basis.missing}"
        word = "Yes" if self.fits else "No"
        return f"{word}: {pounds(self.amount)} would {self.consequence}."


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
    long = position.long
    cut = counted_value(
        paid=amount,
        used_from=used_from,
        used_until=used_until,
        period=position.period,
        long=long.period if long else None,
    )
    then = afterwards(position, cut.counted, cut.long.counted if cut.long else None)
    return WhatIf(
        position=position,
        counts=then.counts,
        left=then.left,
        percent=then.percent,
        long=then.long,
        warnings=tuple(_warnings(position, then)),
        amount=amount,
        cut=cut,
        category_label=str(ExpenseCategory(category).label),
        category_total=_of_category(position, category) + cut.counted,
    )


def afterwards(
    position: SpendingPosition, counts: Decimal, counts_long: Decimal | None = None
) -> Afterwards:
    """What is left in each period once so much more counts in it."""
    long = None
    if position.long and counts_long is not None:
        long = _then(position.long, counts_long)
    return _then(position, counts, long)


def _then(
    position: PeriodPosition, counts: Decimal, long: Afterwards | None = None
) -> Afterwards:
    counted, limit = position.counted + counts, position.limit
    return Afterwards(
        position=position,
        counts=counts,
        left=None if limit is None else limit - counted - position.in_hand,
        percent=percent_of(counted, limit),
        long=long,
    )


def _of_category(position: SpendingPosition, category: str) -> Decimal:
    return next(row.counted for row in position.by_category if row.category == category)


def _warnings(
    position: SpendingPosition, then: Afterwards
) -> Iterable[SpendingWarning]:
    """Those of the limit itself as they are, those of the sums as they would be."""
    for warning in position.warnings:
        if warning.code in {"no_limit", "estimate", "figure", "period"}:
            yield warning
    for one in then.periods:
        period = one.position
        counted = period.counted + one.counts
        yield from about_the_sums(period, counted, period.proposed)
