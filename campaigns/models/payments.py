"""Invoices and payments: what suppliers claimed, and what was paid."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from campaigns.models.authorities import SpendingAuthority
from campaigns.models.base import OrganisationScoped, RecordedBy
from campaigns.models.money import MoneyField
from campaigns.models.spending import Expense, ExpenseState
from campaigns.rules.money import pounds


class DisputeOutcome(models.TextChoices):
    """How a dispute over an invoice ended."""

    SETTLED = "settled", "Settled at a sum"
    WITHDRAWN = "withdrawn", "We withdrew it: the invoice stands"
    REJECTED = "rejected", "It was rejected: the invoice stands"


class Invoice(OrganisationScoped, RecordedBy):
    """A supplier's claim for an expense, and the one dispute there may be over it.

    `amount` is the paper's and never changes; what is owed is worked out from it.
    """

    expense = models.ForeignKey(
        Expense, on_delete=models.PROTECT, related_name="invoices"
    )
    number = models.CharField(max_length=60)
    amount = MoneyField()
    dated_on = models.DateField()
    received_on = models.DateField()
    # Nothing more is to come: the expense is what was invoiced, no longer the order.
    is_last = models.BooleanField(default=True)
    # Disputed now; once that has ended, `dispute_outcome` says how.
    disputed = models.BooleanField(default=False)
    dispute_reason = models.CharField(max_length=500, blank=True)
    dispute_outcome = models.CharField(max_length=9, choices=DisputeOutcome, blank=True)
    dispute_ended_on = models.DateField(null=True, blank=True)
    dispute_end_reason = models.CharField(max_length=500, blank=True)
    settled_amount = MoneyField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["expense", "number"],
                condition=Q(voided_at__isnull=True),
                name="invoice_once_per_expense",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="invoice_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(dispute_outcome="", dispute_ended_on__isnull=True)
                | Q(disputed=False, dispute_ended_on__isnull=False)
                & ~Q(dispute_outcome="")
                & ~Q(dispute_end_reason=""),
                name="ended_dispute_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(settled_amount__isnull=True) & ~Q(dispute_outcome="settled")
                | Q(settled_amount__gte=Decimal(0), dispute_outcome="settled"),
                name="settled_dispute_has_its_sum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}, {pounds(self.amount)}"

    @property
    def stands(self) -> bool:
        """Neither it nor its expense was struck out."""
        return self.voided_at is None and self.expense.state != ExpenseState.VOIDED

    @property
    def claim(self) -> Decimal:
        """What the supplier has a claim to: the sum settled on, or the paper's."""
        return self.amount if self.settled_amount is None else self.settled_amount

    @property
    def credits(self) -> "list[CreditNote]":
        """The credit notes that stand; no query where they were prefetched."""
        return [note for note in self.credit_notes.all() if note.voided_at is None]

    @property
    def owed(self) -> Decimal:
        """What is due for it in all: the claim less its credit notes."""
        return self.claim - sum((note.amount for note in self.credits), Decimal(0))


class CreditNote(OrganisationScoped, RecordedBy):
    """A supplier takes back a part of an invoice."""

    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="credit_notes"
    )
    number = models.CharField(max_length=60)
    amount = MoneyField()
    dated_on = models.DateField()
    reason = models.CharField(max_length=500)
    # Not every customer would get it, so that the full price is the commercial value.
    is_favour = models.BooleanField(default=False)
    # What of it was paid all the same, and comes back as money; so much came by now.
    refunded = MoneyField(default=0)
    came = MoneyField(default=0)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "number"],
                condition=Q(voided_at__isnull=True),
                name="credit_note_once_per_invoice",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(reason=""),
                name="credit_note_says_how_much_and_why",
            ),
            models.CheckConstraint(
                condition=Q(came__gte=0, came__lte=F("refunded"))
                & Q(refunded__lte=F("amount")),
                name="what_came_is_part_of_the_refund_and_that_of_the_credit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}, {pounds(self.amount)}"

    @property
    def due(self) -> Decimal:
        """What was paid all the same and has not come back."""
        return self.refunded - self.came


class Refund(OrganisationScoped, RecordedBy):
    """Money that a supplier paid back by a credit note, all of it or a part."""

    credit_note = models.ForeignKey(
        CreditNote, on_delete=models.PROTECT, related_name="refunds"
    )
    amount = MoneyField()
    came_on = models.DateField()
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)
    # Which request made it; unique so that it comes once.
    source = models.CharField(max_length=60, null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="refund_is_positive"
            ),
            models.UniqueConstraint(
                fields=["organisation", "source"], name="refund_once_per_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{pounds(self.amount)} on {self.came_on:%-d %B %Y}"


class CourtLeave(OrganisationScoped, RecordedBy):
    """A court's order that lets a late claim be paid."""

    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="leaves"
    )
    court = models.CharField(max_length=200)
    ordered_on = models.DateField()
    # Its number, and what it allows.
    note = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(court=""), name="leave_names_its_court"
            ),
            models.UniqueConstraint(
                fields=["invoice"],
                condition=Q(voided_at__isnull=True),
                name="one_leave_per_invoice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.court}, {self.ordered_on:%-d %B %Y}"


class Payer(models.TextChoices):
    """Who paid: the names of `rules.payments.Payer`."""

    AGENT = "agent", "The election agent"
    CANDIDATE = "candidate", "The candidate"
    PETTY = "petty", "Somebody authorised to pay petty expenses"
    CAMPAIGNER = "campaigner", "An authorised local campaigner, what they spent"


class Payment(OrganisationScoped, RecordedBy):
    """Money that was paid for an invoice, and by whom."""

    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="payments"
    )
    amount = MoneyField()
    paid_on = models.DateField()
    method = models.CharField(max_length=60)
    paid_by = models.CharField(max_length=10, choices=Payer, default=Payer.AGENT)
    # The paper under which a petty expense was paid, or a campaigner's own.
    authority = models.ForeignKey(
        SpendingAuthority,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="payments",
    )
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)
    # Which request made it; unique so that it comes once.
    source = models.CharField(max_length=60, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "source"], name="payment_once_per_source"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="payment_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(
                    paid_by__in=("petty", "campaigner"), authority__isnull=False
                )
                | ~Q(paid_by__in=("petty", "campaigner")) & Q(authority__isnull=True),
                name="payment_by_others_has_its_authority",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "paid_by"],
                condition=~Q(paid_by="agent"),
                name="payment_not_by_the_agent",
            )
        ]

    def __str__(self) -> str:
        return f"{pounds(self.amount)} on {self.paid_on:%-d %B %Y}"
