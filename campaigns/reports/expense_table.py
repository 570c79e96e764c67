"""Expenses of a campaign to look through, and what is due on one of them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db.models import Q, QuerySet

from campaigns.models import (
    Campaign,
    CreditNote,
    Expense,
    ExpenseState,
    Invoice,
    Payment,
    Refund,
)
from campaigns.reports.counted_expenses import NOTHING, expenses_of

# How the source begins of what a print proposed by itself.
PRINTING: Final = "printing:"
LATEST: Final = 20


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


def printed_here(campaign: Campaign) -> QuerySet[Expense]:
    """What the latest prints at the committee room proposed, newest first."""
    ours = Expense.objects.filter(
        organisation_id=campaign.organisation_id, campaign=campaign
    )
    return ours.filter(source__startswith=PRINTING).order_by("-pk")[:LATEST]


@dataclass(frozen=True, slots=True)
class InvoiceStanding:
    """An invoice with its payments and credit notes, newest first, in pounds.

    `owed` is what is due for it in all, `paid` what was paid of that, without what
    came back or is due back, and `unpaid` the rest. A voided one owes nothing.
    """

    invoice: Invoice
    payments: tuple[Payment, ...]
    credit_notes: tuple[CreditNote, ...]
    owed: Decimal
    paid: Decimal

    @property
    def unpaid(self) -> Decimal:
        return self.owed - self.paid

    @property
    def refund_due(self) -> Decimal:
        """What was paid above what is owed and has not come back."""
        return sum((note.due for note in self.invoice.credits), NOTHING)

    @property
    def creditable(self) -> Decimal:
        """What was credited and nobody paid yet: so much more than is owed may have
        been paid, and is due back then."""
        notes = self.invoice.credits
        return sum((note.amount - note.refunded for note in notes), NOTHING)

    @property
    def refunds(self) -> list[Refund]:
        """What came back, the newest first; of voided credit notes too."""
        found = (one for note in self.credit_notes for one in note.refunds.all())
        return sorted(found, key=lambda one: -one.pk)

    @property
    def is_last(self) -> bool:
        return self.invoice.is_last and self.invoice.voided_at is None


def invoices_of(expense: Expense) -> list[InvoiceStanding]:
    """Every invoice of an expense, the voided ones too, newest first. Five queries."""
    return [
        standing_of_invoice(invoice)
        for invoice in expense.invoices.order_by("-pk").prefetch_related(
            "payments", "credit_notes__refunds", "leaves"
        )
    ]


def standing_of_invoice(invoice: Invoice) -> InvoiceStanding:
    """One invoice as its rows are now."""
    payments = sorted(invoice.payments.all(), key=lambda paid: -paid.pk)
    notes = sorted(invoice.credit_notes.all(), key=lambda note: -note.pk)
    paid = sum((p.amount for p in payments if p.voided_at is None), NOTHING)
    refunded = sum((note.refunded for note in invoice.credits), NOTHING)
    owed = NOTHING if invoice.voided_at else invoice.owed
    return InvoiceStanding(
        invoice, tuple(payments), tuple(notes), owed, paid - refunded
    )


def claimed_of(expense: Expense) -> Decimal:
    """What the invoices of an expense claim together."""
    live = expense.invoices.filter(voided_at__isnull=True)
    return sum((invoice.claim for invoice in live), NOTHING)
