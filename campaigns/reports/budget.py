"""The plan of a campaign by head and week, beside what is committed and the limit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaigns.models import BudgetLine, Campaign, ExpenseCategory
from campaigns.reports.campaign_periods import CampaignPeriods
from campaigns.reports.cautions import SpendingWarning
from campaigns.reports.spending_forecast import spread
from campaigns.reports.spending_position import (
    PeriodPosition,
    SpendingPosition,
)
from campaigns.rules.budget_weeks import (
    WEEK,
    Counts,
    counts_in,
    last_uncounted_day,
    plan_weeks,
)
from campaigns.rules.money import pounds
from campaigns.rules.working_days import ONE_DAY

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class BudgetCell:
    """What is planned under one head for one week, in pounds."""

    category: str
    label: str
    week_on: date
    counts: Counts
    before: Decimal
    inside: Decimal


@dataclass(frozen=True, slots=True)
class BudgetSum:
    """The plan of one head or of one week; `committed` is what counts of the head, or
    of the days of use in the week."""

    key: str
    label: str
    before: Decimal
    inside: Decimal
    committed: Decimal = NOTHING

    @property
    def total(self) -> Decimal:
        return self.before + self.inside

    @property
    def left(self) -> Decimal:
        """Of the plan that counts, what is not committed; below nought when passed."""
        return self.inside - self.committed


@dataclass(frozen=True, slots=True)
class PlannedPeriod:
    """The plan for one regulated period against its limit."""

    position: PeriodPosition
    planned: Decimal

    @property
    def over(self) -> Decimal:
        """By how much the plan passes the limit; nothing where none is known."""
        if self.position.limit is None:
            return NOTHING
        return max(NOTHING, self.planned - self.position.limit)


@dataclass(frozen=True, slots=True)
class Budget:
    """Heads and weeks add up to the same, to the penny.

    On `last_uncounted_on` stock may be delivered to electors for the last time without
    counting.
    """

    cells: tuple[BudgetCell, ...]
    heads: tuple[BudgetSum, ...]
    weeks: tuple[BudgetSum, ...]
    periods: tuple[PlannedPeriod, ...]
    last_uncounted_on: date
    warnings: tuple[SpendingWarning, ...]

    @property
    def lines(self) -> list[BudgetCell]:
        """Where something is planned."""
        return [cell for cell in self.cells if cell.before or cell.inside]

    @property
    def total(self) -> BudgetSum:
        return BudgetSum(
            "",
            "Everything",
            _sum(head.before for head in self.heads),
            _sum(head.inside for head in self.heads),
            _sum(head.committed for head in self.heads),
        )


def budget(position: SpendingPosition) -> Budget:
    """The plan of the campaign whose position it is. One query."""
    long = position.long.period if position.long else None
    cells = budget_cells(position.campaign, CampaignPeriods(position.period, long))
    periods = tuple(
        PlannedPeriod(part, _planned_in(part, position, cells))
        for part in position.periods
    )
    return Budget(
        cells=cells,
        heads=tuple(_head(category, cells, position) for category in ExpenseCategory),
        weeks=_weeks(cells, position),
        periods=periods,
        last_uncounted_on=last_uncounted_day(
            part.period.first_on for part in position.periods
        ),
        warnings=tuple(_warnings(periods)),
    )


def budget_cells(
    campaign: Campaign, periods: CampaignPeriods
) -> tuple[BudgetCell, ...]:
    """Every head of every week, planned or not, head by head. One query.

    A line of a week that is no longer in the plan, because the days that count were
    changed, is added to its first or last week, so that no penny is lost.
    """
    first_on = (periods.long or periods.short).first_on
    weeks = plan_weeks(first_on=first_on, last_on=periods.short.last_on)
    sums: dict[tuple[str, date], tuple[Decimal, Decimal]] = {}
    for line in BudgetLine.objects.filter(
        organisation_id=campaign.organisation_id, campaign=campaign
    ):
        key = line.category, min(max(line.week_on, weeks[0]), weeks[-1])
        before, inside = sums.get(key, (NOTHING, NOTHING))
        sums[key] = before + line.before, inside + line.inside
    return tuple(
        BudgetCell(
            head.value,
            str(head.label),
            week,
            counts_in(week, first_on=first_on),
            *sums.get((head.value, week), (NOTHING, NOTHING)),
        )
        for head in ExpenseCategory
        for week in weeks
    )


def _head(
    head: ExpenseCategory, cells: Iterable[BudgetCell], position: SpendingPosition
) -> BudgetSum:
    own = [cell for cell in cells if cell.category == head.value]
    committed = _sum(
        row.counted
        for part in position.periods
        for row in part.by_category
        if row.category == head.value
    )
    before, inside = _both(own)
    return BudgetSum(head.value, str(head.label), before, inside, committed)


def _weeks(
    cells: tuple[BudgetCell, ...], position: SpendingPosition
) -> tuple[BudgetSum, ...]:
    weeks = sorted({cell.week_on for cell in cells})
    committed = _committed_by_week(weeks, position)
    return tuple(
        BudgetSum(
            week.isoformat(),
            f"{week:%-d %B %Y}",
            *_both([cell for cell in cells if cell.week_on == week]),
            committed[week],
        )
        for week in weeks
    )


def _committed_by_week(
    weeks: Iterable[date], position: SpendingPosition
) -> dict[date, Decimal]:
    """All that is committed, to the penny, in the weeks in which it is used."""
    sums = dict.fromkeys(weeks, NOTHING)
    for part in position.periods:
        period = part.period
        own = [
            week
            for week in sums
            if week + WEEK > period.first_on and week <= period.last_on
        ]
        ends = [week + WEEK - ONE_DAY for week in own]
        for line in filter(lambda line: line.is_committed, part.lines):
            for week, amount in zip(own, spread(line, ends, period), strict=True):
                sums[week] += amount
    return sums


def _planned_in(
    part: PeriodPosition, position: SpendingPosition, cells: Iterable[BudgetCell]
) -> Decimal:
    """A week is of the period in which its last day lies; the last week of the last."""
    is_long = part is not position
    return _sum(
        cell.inside
        for cell in cells
        if (cell.week_on + WEEK - ONE_DAY < position.period.first_on) is is_long
    )


def _warnings(periods: Iterable[PlannedPeriod]) -> Iterable[SpendingWarning]:
    for part in periods:
        if part.over:
            of = f" of the {part.position.name}" if part.position.name else ""
            yield SpendingWarning(
                "plan_over_limit",
                f"The plan passes the limit{of} by {pounds(part.over)}.",
                "stop",
            )


def _both(cells: list[BudgetCell]) -> tuple[Decimal, Decimal]:
    return _sum(cell.before for cell in cells), _sum(cell.inside for cell in cells)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, NOTHING)
