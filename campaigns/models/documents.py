"""Receipts: the papers behind the figures, each a numbered file."""

from django.db import models
from django.db.models import F, Func, IntegerField, Q
from django.db.models.lookups import Exact

from campaigns.models.base import OrganisationScoped, RecordedBy
from campaigns.models.donations import Donation
from campaigns.models.jobs import StoredFile
from campaigns.models.payments import CreditNote, Invoice, Payment
from campaigns.models.spending import Expense, Order

Row = Expense | Order | Invoice | CreditNote | Payment | Donation
# What a receipt may belong to: exactly one of these.
RECEIPT_OF: dict[str, type[Row]] = {
    "expense": Expense,
    "order": Order,
    "invoice": Invoice,
    "credit_note": CreditNote,
    "payment": Payment,
    "donation": Donation,
}


class MoneyDocument(OrganisationScoped, RecordedBy):
    """A file that proves one row of the accounts; never deleted, only voided.

    `number` counts the campaign's receipts with no gap: it is what a return refers to.
    `sha256` is of the file as it was sent, which is kept once; of an image, `file` is
    the copy that was written anew.
    """

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="receipts"
    )
    number = models.PositiveIntegerField()
    expense = models.ForeignKey(
        Expense, on_delete=models.PROTECT, null=True, related_name="receipts"
    )
    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, null=True, related_name="order_papers"
    )
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, null=True, related_name="receipts"
    )
    credit_note = models.ForeignKey(
        CreditNote, on_delete=models.PROTECT, null=True, related_name="receipts"
    )
    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, null=True, related_name="receipts"
    )
    donation = models.ForeignKey(
        Donation, on_delete=models.PROTECT, null=True, related_name="receipts"
    )
    # As whoever sent it calls it, made fit to be shown.
    name = models.CharField(max_length=120)
    pages = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT)
    attached_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "receipt"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "number"], name="receipt_once_per_number"
            ),
            models.UniqueConstraint(
                fields=["campaign", "sha256"],
                condition=Q(voided_at__isnull=True),
                name="receipt_kept_once",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0, pages__gt=0), name="receipt_is_numbered"
            ),
            models.CheckConstraint(
                condition=Exact(
                    Func(
                        *map(F, RECEIPT_OF),
                        function="num_nonnulls",
                        output_field=IntegerField(),
                    ),
                    1,
                ),
                name="receipt_of_one_row",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(void_reason=""),
                name="voided_receipt_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Receipt {self.number}, {self.name}"

    @property
    def row(self) -> Row:
        """What it proves."""
        rows = (getattr(self, name) for name in RECEIPT_OF)
        found: Row = next(filter(None, rows))
        return found

    @property
    def proves_a_payment(self) -> bool:
        """An order and a credit note are no invoice and no receipt."""
        return isinstance(self.row, Expense | Invoice | Payment) and not self.order_id
