"""The return's schedules of spending: heads, personal, notional, and open claims."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal

from campaigns.clock import day_of
from campaigns.models import Campaign, ExpenseCategory, Payment
from campaigns.reports.counted_expenses import (
    CountedExpense,
    market_value_of,
    valued_by,
)
from campaigns.reports.return_form import (
    DAY,
    POUNDS,
    Column,
    Line,
    Section,
    in_words,
    numbered,
)
from campaigns.reports.return_items import Item
from campaigns.reports.spending_position import SpendingPosition
from campaigns.rules.expenses import SpendingHead
from campaigns.rules.money import pounds
from campaigns.rules.notional_value import notional_value

LETTERS = dict(zip(ExpenseCategory, "ABCDEFG", strict=True))
NUMBER = Column("number", "No.")
ITEM = (
    NUMBER,
    Column("supplier", "Supplier"),
    Column("address", "Address", under="supplier"),
    Column("spent_by", "Spent by", under="supplier"),
    Column("what", "What for"),
    Column("used", "Used", under="what"),
    Column("shared", "Shared", under="what"),
    Column("not_counted", "Not counted", under="what"),
    Column("over_limit", "Committed past the limit", under="what"),
    Column("incurred", "Incurred", DAY),
    Column("order", "Order", under="incurred"),
    Column("bill", "Bill"),
    Column("settled", "Dispute settled", under="bill"),
    Column("credited", "Credited", under="bill"),
    Column("receipts", "Receipts", under="bill"),
    Column("paid", "Paid"),
    Column("payer", "Paid by", under="paid"),
    Column("unpaid", "Unpaid", POUNDS, under="paid"),
    Column("due_back", "Due back", POUNDS, under="paid"),
    Column("amount", "Amount or value", POUNDS),
)
LONG = Column("long", "In the long campaign", POUNDS, is_summed=True)
UNDECLARED = "nobody yet"
COUNTED = Column("counted", "In this return", POUNDS, is_summed=True)
PERSONAL = (
    NUMBER,
    Column("supplier", "Paid to"),
    Column("address", "Address", under="supplier"),
    Column("what", "What for"),
    Column("head", "Kind", under="what"),
    Column("incurred", "Incurred", DAY),
    Column("bill", "Bill"),
    Column("settled", "Dispute settled", under="bill"),
    Column("credited", "Credited", under="bill"),
    Column("receipts", "Receipts", under="bill"),
    Column("paid", "Paid"),
    Column("payer", "Paid by", under="paid"),
    Column("unpaid", "Unpaid", POUNDS, under="paid"),
    Column("due_back", "Due back", POUNDS, under="paid"),
    Column("amount", "Amount", POUNDS, is_summed=True),
)
NOTIONAL = (
    NUMBER,
    Column("item", "Item"),
    Column("supplier", "Given or sold by"),
    Column("address", "Address", under="supplier"),
    Column("donation", "Donation", under="supplier"),
    Column("what", "What"),
    Column("valued", "Valued by", under="what"),
    Column("declared", "Value declared by", under="what"),
    Column("declared_on", "Declared on", DAY, under="what"),
    Column("market", "Commercial value", POUNDS),
    Column("paid", "Paid", POUNDS),
    Column("value", "Notional value", POUNDS, is_summed=True),
)


def head_sections(position: SpendingPosition, items: list[Item]) -> Iterator[Section]:
    """Seven heads, and the candidate's personal expenses."""
    counted = (LONG, COUNTED) if position.long else (COUNTED,)
    for category, letter in LETTERS.items():
        own = map(_item, _under(category, items))
        lines = numbered(letter, list(own), by="incurred")
        yield Section(
            category.value,
            f"{letter}. {category.label}",
            (*ITEM, *counted),
            lines,
            note=f"{SpendingHead(category.value).covers}.",
        )
    personal = [_personal(one) for one in items if one.line.is_personal]
    lines = numbered("P", personal, by="incurred")
    yield Section(
        "personal",
        "Candidate’s personal expenses",
        PERSONAL,
        lines,
        note="Reasonable travel and living: reported, not counted.",
    )


def _under(category: ExpenseCategory, items: list[Item]) -> Iterable[Item]:
    return (
        one
        for one in items
        if one.line.expense.category == category and not one.line.is_personal
    )


def _item(one: Item) -> Line:
    expense, line = one.line.expense, one.line
    long = {"long": str(line.long.counted)} if line.long else {}
    values = {
        "supplier": expense.supplier,
        "address": expense.supplier_address,
        "spent_by": one.spent_by,
        "what": expense.description,
        "used": _used(expense.used_from, expense.used_until),
        "shared": _shared(line, one.campaign),
        "not_counted": _not_counted(line),
        "over_limit": expense.over_limit_reason,
        "incurred": expense.incurred_on.isoformat(),
        "order": one.order,
        "bill": ", ".join(bill.number for bill in one.bills),
        "settled": one.settled,
        "credited": one.credited,
        "receipts": one.receipts,
        "paid": _paid(one.payments),
        "payer": one.payer,
        "unpaid": "" if line.is_borne or one.is_theirs else _or_nothing(one.unpaid),
        "due_back": "" if line.is_borne else _or_nothing(one.due_back),
        "amount": str(line.cut.value),
        **long,
        "counted": str(line.counted),
    }
    return Line(one.rows[0], values, one.rows)


def _used(first: date, last: date) -> str:
    if first == last:
        return in_words(first)
    return f"{in_words(first)} to {in_words(last)}"


def _shared(line: CountedExpense, campaign: Campaign) -> str:
    parts = [
        f"{pounds(amount)} borne by {share.bearer} ({share.figures}): {share.reason}"
        for share, amount in line.borne
        if share.bearer_campaign_id != campaign.pk
    ]
    ours = [
        f"our share of an expense of {line.expense.campaign}: {share.reason}"
        for share, _ in line.borne
        if share.bearer_campaign_id == campaign.pk
    ]
    return "; ".join([*ours, *sorted(parts)])


def _not_counted(line: CountedExpense) -> str:
    return "; ".join(_parts_not_counted(line))


def _parts_not_counted(line: CountedExpense) -> Iterator[str]:
    cut, expense, use = line.cut, line.expense, line.use
    if cut.outside:
        said = f"{pounds(cut.outside)} used outside the regulated period"
        yield f"{said}: {expense.inside_reason}" if expense.inside_reason else said
    if use and cut.in_hand:
        yield (
            f"{pounds(cut.in_hand)} in hand, {use.in_hand:,} copies neither delivered "
            "nor written off"
        )
    if use and cut.written_off:
        yield (
            f"{pounds(cut.written_off)} written off, {use.written_off:,} copies: "
            f"{expense.stock_unused_reason}"
        )


def _paid(payments: tuple[Payment, ...]) -> str:
    """`11 April 2024`, or each payment with its sum where there are several."""
    if len(payments) == 1:
        return in_words(payments[0].paid_on)
    return "; ".join(
        f"{pounds(one.amount)} on {in_words(one.paid_on)}" for one in payments
    )


def _day_of(at: datetime | None) -> str:
    return day_of(at).isoformat() if at else ""


def _or_nothing(amount: Decimal) -> str:
    return str(amount) if amount else ""


def _personal(one: Item) -> Line:
    expense = one.line.expense
    values = {
        "supplier": expense.supplier,
        "address": expense.supplier_address,
        "what": expense.description,
        "head": expense.get_category_display(),
        "incurred": expense.incurred_on.isoformat(),
        "bill": ", ".join(bill.number for bill in one.bills),
        "settled": one.settled,
        "credited": one.credited,
        "receipts": one.receipts,
        "paid": _paid(one.payments),
        "payer": one.payer,
        "unpaid": _or_nothing(one.unpaid),
        "due_back": _or_nothing(one.due_back),
        "amount": str(one.line.cut.value),
    }
    return Line(one.rows[0], values, one.rows)


def notional_section(items: list[Item], numbers: Mapping[str, str]) -> Section:
    """What came free or at a discount; `numbers` are those of items and donations."""
    lines = []
    for one in items:
        expense, market = one.line.expense, market_value_of(one.line.expense)
        if market and (value := notional_value(market_value=market, paid=one.price)):
            values = {
                "item": numbers[one.rows[0]],
                "supplier": expense.supplier,
                "address": expense.supplier_address,
                "donation": numbers.get(f"donation:{expense.donation_id}", ""),
                "what": expense.description,
                "valued": valued_by(expense),
                "declared": expense.value_declared_by or UNDECLARED,
                "declared_on": _day_of(expense.value_declared_at),
                "market": str(market),
                "paid": str(one.price),
                "value": str(value),
            }
            lines.append(Line(one.rows[0], values, one.rows[:1]))
    return Section(
        "notional",
        "Notional spending: what came free or at a discount",
        NOTIONAL,
        numbered("N", lines, by="item"),
        note="The whole value; what counts of it stands under the heads. The agent’s "
        "declaration holds that these values are true.",
    )
