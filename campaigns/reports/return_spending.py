"""The return's schedules of spending: heads, personal, notional, and open claims."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from campaigns.models import (
    Campaign,
    ExpenseCategory,
    ExpenseKind,
    Invoice,
    MoneyDocument,
    Payment,
)
from campaigns.reports.counted_expenses import NOTHING, CountedExpense, market_value_of
from campaigns.reports.documents import account_of, live_documents
from campaigns.reports.expense_table import standing_of_invoice
from campaigns.reports.return_form import (
    DAY,
    POUNDS,
    Column,
    Line,
    Section,
    in_words,
    numbered,
)
from campaigns.reports.spending_position import SpendingPosition
from campaigns.rules.election_kinds import parse_election_id
from campaigns.rules.expenses import SpendingHead
from campaigns.rules.money import pounds
from campaigns.rules.notional_value import notional_value
from campaigns.rules.payments import needs_bill

LETTERS = dict(zip(ExpenseCategory, "ABCDEFG", strict=True))
NUMBER = Column("number", "No.")
ITEM = (
    NUMBER,
    Column("supplier", "Supplier"),
    Column("address", "Address", under="supplier"),
    Column("what", "What for"),
    Column("used", "Used", under="what"),
    Column("shared", "Shared", under="what"),
    Column("not_counted", "Not counted", under="what"),
    Column("over_limit", "Committed past the limit", under="what"),
    Column("incurred", "Incurred", DAY),
    Column("bill", "Bill"),
    Column("receipts", "Receipts", under="bill"),
    Column("paid", "Paid"),
    Column("unpaid", "Unpaid", POUNDS, under="paid"),
    Column("amount", "Amount or value", POUNDS),
)
LONG = Column("long", "In the long campaign", POUNDS, is_summed=True)
COUNTED = Column("counted", "In this return", POUNDS, is_summed=True)
PERSONAL = (
    NUMBER,
    Column("supplier", "Paid to"),
    Column("address", "Address", under="supplier"),
    Column("what", "What for"),
    Column("incurred", "Incurred", DAY),
    Column("bill", "Bill"),
    Column("receipts", "Receipts", under="bill"),
    Column("paid", "Paid"),
    Column("amount", "Amount", POUNDS, is_summed=True),
)
NOTIONAL = (
    NUMBER,
    Column("item", "Item"),
    Column("supplier", "Given or sold by"),
    Column("address", "Address", under="supplier"),
    Column("what", "What"),
    Column("valued", "Valued by", under="what"),
    Column("declared", "Value declared by", under="what"),
    Column("market", "Commercial value", POUNDS),
    Column("paid", "Paid", POUNDS),
    Column("value", "Notional value", POUNDS, is_summed=True),
)
CLAIM = (
    NUMBER,
    Column("item", "Item"),
    Column("supplier", "Supplier"),
    Column("bill", "Bill"),
    Column("received", "Received", DAY),
    Column("why", "Why it is open"),
    Column("amount", "Claimed", POUNDS),
    Column("unpaid", "Unpaid", POUNDS, is_summed=True),
)
NO_RECEIPT = "none yet"
COURT = "A claim that is late or disputed is paid only by leave of a court."


@dataclass(frozen=True)
class Item:
    """A committed expense that belongs in the return, with its live bills and the
    receipts that prove it."""

    line: CountedExpense
    bills: tuple[Invoice, ...]
    receipts: tuple[MoneyDocument, ...] = ()

    @cached_property
    def payments(self) -> tuple[Payment, ...]:
        paid = (one for bill in self.bills for one in live_payments(bill))
        return tuple(sorted(paid, key=lambda one: (one.paid_on, one.amount, one.pk)))

    @property
    def price(self) -> Decimal:
        """What was billed, once the last bill has come; until then, the order. Less
        what was credited."""
        if any(bill.is_last for bill in self.bills):
            return self.billed
        credited = sum((bill.claim - bill.owed for bill in self.bills), NOTHING)
        return self.line.expense.amount - credited

    @property
    def billed(self) -> Decimal:
        return sum((bill.owed for bill in self.bills), NOTHING)

    @property
    def to_be_billed(self) -> Decimal:
        return self.price - self.billed

    @property
    def unpaid(self) -> Decimal:
        return self.to_be_billed + sum(map(unpaid_of, self.bills), NOTHING)

    @property
    def rows(self) -> tuple[str, ...]:
        expense = self.line.expense
        return (
            f"expense:{expense.pk}",
            *(f"share:{share.pk}" for share, _ in self.line.borne),
            *(f"invoice:{bill.pk}" for bill in self.bills),
            *(f"creditnote:{note.pk}" for bill in self.bills for note in bill.credits),
            *(f"payment:{paid.pk}" for paid in self.payments),
            *(f"moneydocument:{receipt.pk}" for receipt in self.receipts),
        )


def live_payments(bill: Invoice) -> list[Payment]:
    return [paid for paid in bill.payments.all() if paid.voided_at is None]


def unpaid_of(bill: Invoice) -> Decimal:
    return standing_of_invoice(bill).unpaid


def items_of(position: SpendingPosition) -> list[Item]:
    """What is committed and counts in a period, or is the candidate's own. Four
    queries."""
    declared = [line for line in position.lines if _is_declared(line)]
    bills: dict[int, list[Invoice]] = defaultdict(list)
    for bill in (
        Invoice.objects.filter(
            organisation_id=position.campaign.organisation_id,
            expense__in=[line.expense.pk for line in declared],
            voided_at__isnull=True,
        )
        .prefetch_related("payments", "credit_notes")
        .order_by("dated_on", "number", "pk")
    ):
        bills[bill.expense_id].append(bill)
    receipts: dict[int, list[MoneyDocument]] = defaultdict(list)
    for receipt in live_documents(position.campaign).filter(donation__isnull=True):
        receipts[account_of(receipt.row).pk].append(receipt)
    return [
        Item(line, tuple(bills[key]), tuple(receipts[key]))
        for line in declared
        for key in (line.expense.pk,)
    ]


def _is_declared(line: CountedExpense) -> bool:
    counts = line.counted or (line.long and line.long.counted)
    return line.is_committed and bool(counts or line.is_personal)


def spending_sections(
    position: SpendingPosition, items: list[Item], *, as_of: date
) -> Iterator[Section]:
    """Seven heads, personal expenses, notional values, and the open claims."""
    numbers: dict[int, str] = {}
    counted = (LONG, COUNTED) if position.long else (COUNTED,)
    for category, letter in LETTERS.items():
        own = (_item(one, position.campaign) for one in _under(category, items))
        lines = numbered(letter, list(own), by="incurred")
        numbers |= {_expense(line): line.values["number"] for line in lines}
        yield Section(
            category.value,
            f"{letter}. {category.label}",
            (*ITEM, *counted),
            lines,
            note=f"{SpendingHead(category.value).covers}.",
        )
    personal = [
        _personal(one, position.campaign) for one in items if one.line.is_personal
    ]
    lines = numbered("P", personal, by="incurred")
    numbers |= {_expense(line): line.values["number"] for line in lines}
    yield Section(
        "personal",
        "Candidate’s personal expenses",
        PERSONAL,
        lines,
        note="Reasonable travel and living: reported, not counted.",
    )
    yield _notional(items, numbers)
    yield from _claims(position, items, numbers, as_of=as_of)


def _under(category: ExpenseCategory, items: list[Item]) -> Iterable[Item]:
    return (
        one
        for one in items
        if one.line.expense.category == category and not one.line.is_personal
    )


def _expense(line: Line) -> int:
    return int(line.key.partition(":")[2])


def _item(one: Item, campaign: Campaign) -> Line:
    expense, line = one.line.expense, one.line
    long = {"long": str(line.long.counted)} if line.long else {}
    values = {
        "supplier": expense.supplier,
        "address": expense.supplier_address,
        "what": expense.description,
        "used": _used(expense.used_from, expense.used_until),
        "shared": _shared(line, campaign),
        "not_counted": _not_counted(line),
        "over_limit": expense.over_limit_reason,
        "incurred": expense.incurred_on.isoformat(),
        "bill": ", ".join(bill.number for bill in one.bills),
        "receipts": _receipts(one, campaign),
        "paid": _paid(one.payments),
        "unpaid": "" if line.is_borne else _or_nothing(one.unpaid),
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
    if not line.cut.outside:
        return ""
    why = line.expense.inside_reason
    said = f"{pounds(line.cut.outside)} used outside the regulated period"
    return f"{said}: {why}" if why else said


def _receipts(one: Item, campaign: Campaign) -> str:
    """Their numbers, under which they stand in the bundle."""
    if one.receipts:
        return ", ".join(str(receipt.number) for receipt in one.receipts)
    expense = one.line.expense
    kind = parse_election_id(campaign.election.slug).kind
    is_paid_by_us = not one.line.is_borne and expense.kind != ExpenseKind.NOTIONAL
    return NO_RECEIPT if is_paid_by_us and needs_bill(one.price, kind=kind) else ""


def _paid(payments: tuple[Payment, ...]) -> str:
    """`11 April 2024`, or each payment with its sum where there are several."""
    if len(payments) == 1:
        return in_words(payments[0].paid_on)
    return "; ".join(
        f"{pounds(one.amount)} on {in_words(one.paid_on)}" for one in payments
    )


def _or_nothing(amount: Decimal) -> str:
    return str(amount) if amount else ""


def _personal(one: Item, campaign: Campaign) -> Line:
    expense = one.line.expense
    values = {
        "supplier": expense.supplier,
        "address": expense.supplier_address,
        "what": expense.description,
        "incurred": expense.incurred_on.isoformat(),
        "bill": ", ".join(bill.number for bill in one.bills),
        "receipts": _receipts(one, campaign),
        "paid": _paid(one.payments),
        "amount": str(one.line.cut.value),
    }
    return Line(one.rows[0], values, one.rows)


def _notional(items: list[Item], numbers: dict[int, str]) -> Section:
    lines = []
    for one in items:
        expense, market = one.line.expense, market_value_of(one.line.expense)
        if market and (value := notional_value(market_value=market, paid=one.price)):
            values = {
                "item": numbers[expense.pk],
                "supplier": expense.supplier,
                "address": expense.supplier_address,
                "what": expense.description,
                "valued": expense.value_basis,
                "declared": expense.value_declared_by,
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


def _claims(
    position: SpendingPosition,
    items: list[Item],
    numbers: dict[int, str],
    *,
    as_of: date,
) -> Iterator[Section]:
    due = {deadline.code: deadline.day for deadline in position.deadlines.days}
    found: dict[str, list[Line]] = defaultdict(list)
    for one in items:
        if one.line.is_borne:
            continue
        number = numbers[one.line.expense.pk]
        for bill in one.bills:
            state, why = _why_open(bill, due, as_of)
            if state:
                found[state].append(_claim(bill, one, number, why))
        if one.to_be_billed and not one.line.is_personal:
            found["unpaid"].append(_not_billed(one, number))
    for code, letter, title, note in (
        ("unpaid", "U", "Unpaid claims", ""),
        ("disputed", "X", "Disputed claims", COURT),
        ("late", "L", "Late claims and payments", COURT),
    ):
        yield Section(
            code, title, CLAIM, numbered(letter, found[code], by="item"), note
        )


def _why_open(bill: Invoice, due: dict[str, date], as_of: date) -> tuple[str, str]:
    """Under which schedule a bill stands, and why; two times nothing where it is
    settled in time."""
    bills_by, paid_by = due["bills_received"], due["bills_paid"]
    unpaid = unpaid_of(bill)
    if bill.disputed:
        return "disputed", "Disputed by the agent"
    if bill.received_on > bills_by:
        return "late", f"Received after {in_words(bills_by)}"
    late = [paid for paid in live_payments(bill) if paid.paid_on > paid_by]
    if late or (unpaid and as_of > paid_by):
        return "late", f"Not paid in full by {in_words(paid_by)}"
    return ("unpaid", f"To be paid by {in_words(paid_by)}") if unpaid else ("", "")


def _claim(bill: Invoice, one: Item, number: str, why: str) -> Line:
    values = {
        "item": number,
        "supplier": one.line.expense.supplier,
        "bill": bill.number,
        "received": bill.received_on.isoformat(),
        "why": why,
        "amount": str(bill.owed),
        "unpaid": str(unpaid_of(bill)),
    }
    payments = (f"payment:{paid.pk}" for paid in live_payments(bill))
    key = f"invoice:{bill.pk}"
    return Line(key, values, (key, f"expense:{bill.expense_id}", *payments))


def _not_billed(one: Item, number: str) -> Line:
    values = {
        "item": number,
        "supplier": one.line.expense.supplier,
        "bill": "",
        "received": "",
        "why": "Ordered; the bill has not come",
        "amount": str(one.to_be_billed),
        "unpaid": str(one.to_be_billed),
    }
    return Line(one.rows[0], values, one.rows[:1])
