"""Receipts and other papers behind the figures."""

from django.db import models
from django.db.models import F, Func, IntegerField
from django.db.models.lookups import LessThanOrEqual

from campaigns.models.base import OrganisationScoped, RecordedBy
from campaigns.models.donations import Donation
from campaigns.models.jobs import StoredFile
from campaigns.models.payments import CreditNote, Invoice, Payment
from campaigns.models.spending import Expense

PARENTS = ("expense", "invoice", "credit_note", "payment", "donation")


class MoneyDocument(OrganisationScoped, RecordedBy):
    """A file behind a figure, numbered in its campaign; never deleted, only voided.

    It belongs to one row at most; to none where it is a paper of the whole campaign,
    such as the returning officer's notice or a signed declaration.
    """

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="documents"
    )
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT)
    expense = models.ForeignKey(
        Expense, on_delete=models.PROTECT, null=True, related_name="documents"
    )
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, null=True, related_name="documents"
    )
    credit_note = models.ForeignKey(
        CreditNote, on_delete=models.PROTECT, null=True, related_name="documents"
    )
    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, null=True, related_name="documents"
    )
    donation = models.ForeignKey(
        Donation, on_delete=models.PROTECT, null=True, related_name="documents"
    )
    attached_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "number"], name="document_once_per_number"
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    Func(
                        *map(F, PARENTS),
                        function="num_nonnulls",
                        output_field=IntegerField(),
                    ),
                    1,
                ),
                name="document_of_one_row",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"
