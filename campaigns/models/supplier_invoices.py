"""Invoices that suppliers send as files, and what each row of them became."""

from django.db import models
from django.db.models import F, Func, IntegerField, Q, Value
from django.db.models.functions import Upper
from django.db.models.lookups import Exact

from campaigns.models.base import OrganisationScoped, RecordedBy
from campaigns.models.money import MoneyField
from campaigns.models.payments import CreditNote, Invoice
from campaigns.models.spending import Expense
from campaigns.rules.money import pounds


class InvoiceSupplier(OrganisationScoped, RecordedBy):
    """A supplier of the campaign whose invoices come as files.

    `key` is by which two spellings of its name are the same
    (`rules.statement_matching.name_key`).
    """

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="invoice_suppliers"
    )
    name = models.CharField(max_length=200)
    # One letter becomes three capitals at the most.
    key = models.CharField(max_length=600)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "key"], name="invoice_supplier_once_per_campaign"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(key=""), name="invoice_supplier_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class InvoiceFile(OrganisationScoped, RecordedBy):
    """One file of a supplier that brought invoices which were not known before."""

    supplier = models.ForeignKey(
        InvoiceSupplier, on_delete=models.PROTECT, related_name="files"
    )
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    # The day on which its invoices came, which tells a late claim.
    received_on = models.DateField()
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.supplier}, {self.file_name}"


class InvoiceFileRow(OrganisationScoped):
    """An invoice (above nought) or a credit (below) as its supplier's file has it.

    It is one thing: an invoice or a credit note that was filed, an expense that waits
    for the agent, or (`aside`) nothing yet, for that reason. A number of a supplier is
    filed once, whichever case its letters are in; a credit may bear the number of the
    invoice that it credits, which `credits` names otherwise. One of which nothing
    stands is replaced by a later file that has its number with another sum.
    """

    file = models.ForeignKey(InvoiceFile, on_delete=models.PROTECT, related_name="rows")
    supplier = models.ForeignKey(
        InvoiceSupplier, on_delete=models.PROTECT, related_name="rows"
    )
    campaign = models.ForeignKey(
        "campaigns.Campaign",
        on_delete=models.PROTECT,
        related_name="invoice_file_rows",
    )
    line_number = models.PositiveIntegerField()
    number = models.CharField(max_length=60)
    dated_on = models.DateField()
    description = models.CharField(max_length=300)
    amount = MoneyField()
    credits = models.CharField(max_length=60, blank=True)
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, null=True, related_name="file_rows"
    )
    credit_note = models.ForeignKey(
        CreditNote, on_delete=models.PROTECT, null=True, related_name="file_rows"
    )
    expense = models.ForeignKey(
        Expense, on_delete=models.PROTECT, null=True, related_name="file_rows"
    )
    aside = models.CharField(max_length=300, blank=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "supplier",
                Upper("number"),
                condition=Q(amount__gt=0, replaced_at=None),
                name="supplier_invoice_filed_once",
            ),
            models.UniqueConstraint(
                "supplier",
                Upper("number"),
                condition=Q(amount__lt=0, replaced_at=None),
                name="supplier_credit_filed_once",
            ),
            models.CheckConstraint(
                condition=~Q(amount=0), name="invoice_row_moves_money"
            ),
            models.CheckConstraint(
                condition=~Q(number=""), name="invoice_row_has_a_number"
            ),
            models.CheckConstraint(
                condition=Exact(
                    Func(
                        F("invoice"),
                        F("credit_note"),
                        F("expense"),
                        Func(F("aside"), Value(""), function="nullif"),
                        function="num_nonnulls",
                        output_field=IntegerField(),
                    ),
                    1,
                ),
                name="invoice_row_is_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "-dated_on", "-id"], name="row_by_day")
        ]

    def __str__(self) -> str:
        return f"{self.number}, {pounds(self.amount)}"

    @property
    def is_credit(self) -> bool:
        return self.amount < 0

    @property
    def is_filed(self) -> bool:
        """Whether an invoice or a credit note of it stands."""
        paper = self.invoice or self.credit_note
        return paper is not None and paper.voided_at is None
