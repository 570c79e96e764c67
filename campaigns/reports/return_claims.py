"""The return's schedules of claims that are open: unpaid, disputed, late."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
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
    Column("address", "Address", under="supplier"),
    Column("what", "What for", under="supplier"),
    Column("bill", "Bill"),
    Column("incurred", "Incurred", DAY, under="bill"),
    Column("received", "Received", DAY),
    Column("why", "Why it is open"),
    Column("dispute", "What we dispute", under="why"),
    Column("late", "Late too", under="why"),
    Column("leave", "Leave of a court", under="why"),
    Column("amount", "Claimed", POUNDS),
    Column("unpaid", "Unpaid", POUNDS, is_summed=True),
)
COURT = "A claim that is late or disputed is paid only by leave of a court."


def claim_sections(
    position: SpendingPosition,
    items: list[Item],
    numbers: Mapping[str, str],
    *,
    as_of: date,
) -> Iterator[Section]:
    """Not what an authorised campaigner is still to pay: that is in their return."""
    due = {deadline.code: deadline.day for deadline in position.deadlines.days}
    found: dict[str, list[Line]] = defaultdict(list)
    for one in items:
        if one.line.is_borne:
            continue
        number = numbers[one.rows[0]]
        for bill in one.bills:
            state, why = _why_open(bill, due, as_of)
            if state == "disputed" or (state and not one.is_theirs):
                late = _why_late(bill, due, as_of) if bill.disputed else ""
                values = {**_claim(bill, one, number, why), "late": late}
                found[state].append(_line(bill, values))
        if one.to_be_billed and not (one.line.is_personal or one.is_theirs):
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
    if bill.disputed:
        return "disputed", "Disputed by the agent"
    if late := _why_late(bill, due, as_of):
        return "late", late
    if not unpaid_of(bill):
        return "", ""
    return "unpaid", f"To be paid by {in_words(due['bills_paid'])}"


def _why_late(bill: Invoice, due: dict[str, date], as_of: date) -> str:
    bills_by, paid_by = due["bills_received"], due["bills_paid"]
    if bill.received_on > bills_by:
        return f"Received after {in_words(bills_by)}"
    late = [paid for paid in live_payments(bill) if paid.paid_on > paid_by]
    if late or (unpaid_of(bill) and as_of > paid_by):
        return f"Not paid in full by {in_words(paid_by)}"
    return ""


def _claim(bill: Invoice, one: Item, number: str, why: str) -> dict[str, str]:
    leave = next((one for one in bill.leaves.all() if one.voided_at is None), None)
    return {
        **_of_item(one, number),
        "bill": bill.number,
        "received": bill.received_on.isoformat(),
        "why": why,
        "dispute": bill.dispute_reason if bill.disputed else "",
        "leave": ": ".join(filter(None, (str(leave), leave.note))) if leave else "",
        "amount": str(bill.owed),
        "unpaid": str(unpaid_of(bill)),
    }


def _line(bill: Invoice, values: dict[str, str]) -> Line:
    payments = (f"payment:{paid.pk}" for paid in live_payments(bill))
    leaves = (f"courtleave:{one.pk}" for one in bill.leaves.all() if not one.voided_at)
    key = f"invoice:{bill.pk}"
    return Line(key, values, (key, f"expense:{bill.expense_id}", *payments, *leaves))


def _of_item(one: Item, number: str) -> dict[str, str]:
    expense = one.line.expense
    return {
        "item": number,
        "supplier": expense.supplier,
        "address": expense.supplier_address,
        "what": expense.description,
        "incurred": expense.incurred_on.isoformat(),
    }


def _not_billed(one: Item, number: str) -> Line:
    values = {
        **_of_item(one, number),
        "bill": "",
        "received": "",
        "why": "Ordered; the bill has not come",
        "dispute": "",
        "late": "",
        "leave": "",
        "amount": str(one.to_be_billed),
        "unpaid": str(one.to_be_billed),
    }
    return Line(one.rows[0], values, one.rows[:1])
