"""The return's schedules of claims that are open: unpaid, disputed, late."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from campaigns.models import Invoice
from campaigns.reports.return_form import (
    DAY,
    POUNDS,
    Column,
    Line,
    Section,
    in_words,
    numbered,
)
from campaigns.reports.return_items import Item, live_payments, unpaid_of
from campaigns.reports.spending_position import SpendingPosition

CLAIM = (
    Column("number", "No."),
    Column("item", "Item"),
    Column("supplier", "Supplier"),
    Column("bill", "Bill"),
    Column("received", "Received", DAY),
    Column("why", "Why it is open"),
    Column("amount", "Claimed", POUNDS),
    Column("unpaid", "Unpaid", POUNDS, is_summed=True),
)
COURT = "A claim that is late or disputed is paid only by leave of a court."


def claim_sections(
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
