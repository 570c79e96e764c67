"""Invented invoices and payments, for every test about what is filed on an expense."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from campaigns.actions.expense_payments import record_invoice, record_payment
from campaigns.models import Expense, Invoice, Payment
from tests.campaigns.purchases import clerk
from tests.cast import NOW


def bill(expense: Expense, amount: str, number: str = "PP-1", **fields: Any) -> Invoice:
    """Dated 12 April 2024, received two days later; the last unless said otherwise."""
    fields.setdefault("dated_on", date(2024, 4, 12))
    fields.setdefault("received_on", date(2024, 4, 14))
    fields.setdefault("at", _not_before(fields["received_on"]))
    return record_invoice(
        expense=expense,
        number=number,
        amount=Decimal(amount),
        by=clerk(expense.campaign),
        **fields,
    )


def pay(invoice: Invoice, amount: str, **fields: Any) -> Payment:
    fields.setdefault("method", "Bank transfer")
    fields.setdefault("paid_on", date(2024, 4, 20))
    fields.setdefault("at", _not_before(fields["paid_on"]))
    return record_payment(
        invoice=invoice,
        amount=Decimal(amount),
        by=clerk(invoice.expense.campaign),
        **fields,
    )


def _not_before(day: date) -> datetime:
    """The tests' now, or noon of a later day: nothing is filed before it happens."""
    return max(NOW, datetime.combine(day, time(12), NOW.tzinfo))
