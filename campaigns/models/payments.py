"""Invoices and payments: what suppliers claimed, and what was paid."""

from django.db import models
from django.db.models import Q

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
        ]

    def __str__(self) -> str:
        return f"{self.number}, {pounds(self.amount)}"


class Payment(OrganisationScoped, RecordedBy):
    """Money that left the campaign's account for an invoice."""

    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="payments"
    )
    amount = MoneyField()
    paid_on = models.DateField()
    method = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="payment_is_positive"
            )
        ]

    def __str__(self) -> str:
        return f"{pounds(self.amount)} on {self.paid_on:%-d %B %Y}"
