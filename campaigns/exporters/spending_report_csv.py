"""The spending report as two tables: the sums, and every expense behind them."""

from collections.abc import Iterator

from campaigns.exporters.base import Cell
from campaigns.reports.counted_expenses import CountedExpense
from campaigns.reports.spending_position import PeriodPosition, SpendingPosition

SUM_COLUMNS = ("item", "pounds", "note")
EXPENSE_COLUMNS = (
    "expense",
    "incurred_on",
    "description",
    "supplier",
    "supplier_address",
    "category",
    "kind",
    "state",
    "amount",
    "market_value",
    "used_from",
    "used_until",
    "part_inside_reason",
    "excluded",
    "excluded_reason",
    "authority",
    "counted",
    "ordered_not_invoiced",
    "in_hand",
    "counted_in_long_campaign",
    "outside_period",
    "stock_in_hand",
    "written_off",
    "borne_by_others",
    "shares",
    "over_limit_reason",
)


def sum_rows(position: SpendingPosition) -> Iterator[tuple[Cell, ...]]:
    """One sum in a row, then one warning in a row.

    The rows of the (short) regulated period, then, beginning with "long campaign", the
    same rows of that one where there is one.
    """
    yield from _period_rows(position)
    if position.long:
        for item, *rest in _period_rows(position.long):
            yield f"long campaign: {item}", *rest
    yield "outside", str(position.outside), "used outside the regulated period"
    yield (
        "copies in hand",
        str(position.stock_in_hand),
        "neither delivered nor written off",
    )
    yield "written off", str(position.written_off), "copies that will never be used"
    yield "excluded", str(position.excluded), "never counted, by law"
    yield "refunds due", str(position.refunds_due), "paid too much to suppliers"
    yield "borne by others", str(position.borne_by_others), ""
    yield "personal", str(position.personal), "the candidate's, not counted"
    yield "donations accepted", str(position.donations.accepted), ""
    for due in position.deadlines.days:
        when = due.done or due.day.isoformat()
        yield f"due: {due.label}", None, ". ".join(filter(None, (when, due.how)))
    for warning in position.warnings:
        yield "warning", None, warning.message


def _period_rows(part: PeriodPosition) -> Iterator[tuple[Cell, ...]]:
    yield "first day", None, part.period.first_on.isoformat()
    yield "last day", None, part.period.last_on.isoformat()
    yield "limit", _money(part.limit), part.basis.basis
    if part.basis.limit is not None:
        found = part.basis.limit
        yield "limit source", None, f"{found.source} ({found.mark.meaning})"
        for step in found.working:
            yield "limit working", None, step.sentence
    yield "counted", str(part.counted), "towards the limit"
    yield "ordered", str(part.ordered), "of that, not yet invoiced"
    yield "in hand", str(part.in_hand), "room that is kept for copies in hand"
    yield "left", _money(part.left), ""
    yield "percent", _money(part.percent), "of the limit, rounded down"
    yield "proposed", str(part.proposed), "not counted until committed"
    for row in part.by_category:
        yield f"counted: {row.label}", str(row.counted), ""


def expense_rows(position: SpendingPosition) -> Iterator[tuple[Cell, ...]]:
    """Every expense that is proposed or committed, oldest first."""
    return (_expense_row(line) for line in position.lines)


def _expense_row(line: CountedExpense) -> tuple[Cell, ...]:
    expense = line.expense
    shares = "; ".join(
        f"{amount} {share.bearer} ({share.figures}): {share.reason}"
        for share, amount in line.borne
    )
    return (
        expense.pk,
        expense.incurred_on,
        expense.description,
        expense.supplier,
        expense.supplier_address,
        expense.get_category_display(),
        expense.get_kind_display(),
        expense.get_state_display(),
        str(expense.amount),
        _money(expense.market_value),
        expense.used_from,
        expense.used_until,
        expense.inside_reason,
        expense.get_excluded_display(),
        expense.excluded_reason,
        expense.authority.holder if expense.authority else "",
        str(line.counted),
        str(line.ordered),
        str(line.in_hand),
        str(line.long.counted) if line.long else None,
        str(line.cut.outside),
        str(line.cut.in_hand),
        str(line.cut.written_off),
        str(line.cut.borne_by_others),
        shares,
        expense.over_limit_reason,
    )


def _money(amount: object) -> str | None:
    return None if amount is None else str(amount)
