"""Invoices, credit notes and payments: what suppliers claimed, what was paid."""

from django.db import models
from django.db.models import Q

from campaigns.models.authorities import SpendingAuthority
from campaigns.models.base import OrganisationScoped, RecordedBy
from campaigns.models.money import MoneyField
from campaigns.models.spending import Expense
from campaigns.rules.money import pounds


class Invoice(OrganisationScoped, RecordedBy):
    """A supplier's claim for an expense."""

    expense = models.ForeignKey(
        Expense, on_delete=models.PROTECT, related_name="invoices"
    )
    number = models.CharField(max_length=60)
    amount = MoneyField()
    dated_on = models.DateField()
    received_on = models.DateField()
    # Nothing more is to come: the expense is what was invoiced, no longer the order.
    is_last = models.BooleanField(default=True)
    disputed = models.BooleanField(default=False)
    dispute_reason = models.CharField(max_length=500, blank=True)
    # The court's leave to pay a claim that came or is paid after its last day.
    leave_on = models.DateField(null=True, blank=True)
    leave_document = models.CharField(max_length=300, blank=True)
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
                condition=Q(leave_on__isnull=True) | ~Q(leave_document=""),
                name="leave_names_its_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}, {pounds(self.amount)}"


class CreditNote(OrganisationScoped, RecordedBy):
    """A supplier takes back part of an invoice."""

    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="credit_notes"
    )
    number = models.CharField(max_length=60)
    amount = MoneyField()
    dated_on = models.DateField()
    received_on = models.DateField()
    reason = models.CharField(max_length=300)
    # What was paid already came back on this day.
    refunded_on = models.DateField(null=True, blank=True)
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
                condition=Q(amount__gt=0), name="credit_note_is_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}, {pounds(self.amount)}"


class Payer(models.TextChoices):
    """Who paid: the agent, unless the law lets another."""

    AGENT = "agent", "Election agent"
    CANDIDATE = "candidate", "Candidate"
    PETTY = "petty", "Somebody authorised for petty expenses"
    CAMPAIGNER = "campaigner", "Authorised campaigner"


class Payment(OrganisationScoped, RecordedBy):
    """Money that left the campaign's account for an invoice."""

    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="payments"
    )
    amount = MoneyField()
    paid_on = models.DateField()
    method = models.CharField(max_length=60)
    paid_by = models.CharField(max_length=10, choices=Payer, default=Payer.AGENT)
    # The written authority under which a petty expense was paid.
    authority = models.ForeignKey(
        SpendingAuthority, on_delete=models.PROTECT, null=True, blank=True
    )
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="payment_is_positive"
            ),
            models.CheckConstraint(
                condition=~Q(paid_by="petty") | Q(authority__isnull=False),
                name="petty_payment_has_its_authority",
            ),
        ]

    def __str__(self) -> str:
        return f"{pounds(self.amount)} on {self.paid_on:%-d %B %Y}"
