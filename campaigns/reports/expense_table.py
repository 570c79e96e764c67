"""Expenses of a campaign to look through, and what is due on one of them."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from campaigns.models import Campaign, Expense, ExpenseState, Invoice, Payment
from campaigns.reports.counted_expenses import NOTHING, expenses_of


def expense_table(
    campaign: Campaign, *, text: str = "", state: str = "", category: str = ""
) -> QuerySet[Expense]:
    """Newest first; without a state all but the voided ones."""
    found = expenses_of(campaign).order_by("-incurred_on", "-pk")
    found = (
        found.filter(state=state) if state else found.exclude(state=ExpenseState.VOIDED)
    )
    if category:
        found = found.filter(category=category)
    for word in text.split():
        found = found.filter(
            Q(description__icontains=word) | Q(supplier__icontains=word)
        )
    return found


@dataclass(frozen=True, slots=True)
class InvoiceStanding:
    """An invoice with its payments, newest first, and what is still unpaid."""

    invoice: Invoice
    payments: tuple[Payment, ...]
    unpaid: Decimal

    @property
    def is_last(self) -> bool:
        return self.invoice.is_last and self.invoice.voided_at is None


def invoices_of(expense: Expense) -> list[InvoiceStanding]:
    """Every invoice of an expense, the voided ones too, newest first. Two queries."""
    return [
        _standing(invoice)
        for invoice in expense.invoices.order_by("-pk").prefetch_related("payments")
    ]


def _standing(invoice: Invoice) -> InvoiceStanding:
    payments = sorted(invoice.payments.all(), key=lambda paid: -paid.pk)
    paid = sum((p.amount for p in payments if p.voided_at is None), NOTHING)
    unpaid = NOTHING if invoice.voided_at else invoice.amount - paid
    return InvoiceStanding(invoice, tuple(payments), unpaid)
