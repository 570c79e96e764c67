"""Bank and card statements, and what each line of them was."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Func, IntegerField, Q, Value
from django.db.models.lookups import Exact

from campaigns.models.base import OrganisationScoped, RecordedBy
from campaigns.models.donations import Donation
from campaigns.models.money import MoneyField
from campaigns.models.payments import CreditNote, Payment, Refund
from campaigns.models.supplier_invoices import InvoiceSupplier
from campaigns.rules.money import pounds


class AccountKind(models.TextChoices):
    BANK = "bank", "Bank account"
    CARD = "card", "Card"


class StatementAccount(OrganisationScoped, RecordedBy):
    """A bank account or card of the campaign whose statements are loaded."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="accounts"
    )
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=4, choices=AccountKind, default=AccountKind.BANK)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "name"], name="account_once_per_campaign"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="account_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def method(self) -> str:
        """How what leaves it is paid, as a payment says it."""
        return "Card" if self.kind == AccountKind.CARD else "Bank transfer"


class MoneyFileMapping(OrganisationScoped):
    """What the columns of an account's or a supplier's files with one header mean.

    `columns` maps our name of a column to the file's. `is_reversed`: money out is
    written without a minus, as some cards do.
    """

    account = models.ForeignKey(
        StatementAccount, on_delete=models.CASCADE, null=True, related_name="mappings"
    )
    supplier = models.ForeignKey(
        InvoiceSupplier, on_delete=models.CASCADE, null=True, related_name="mappings"
    )
    header_digest = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    is_reversed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "header_digest"], name="one_money_mapping_per_header"
            ),
            models.UniqueConstraint(
                fields=["supplier", "header_digest"],
                name="one_invoice_mapping_per_header",
            ),
            models.CheckConstraint(
                condition=Q(account__isnull=True, supplier__isnull=False)
                | Q(account__isnull=False, supplier__isnull=True),
                name="money_mapping_is_of_one_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account or self.supplier}: {len(self.columns)} columns"


class Statement(OrganisationScoped, RecordedBy):
    """One file of an account that brought lines which were not known before."""

    account = models.ForeignKey(
        StatementAccount, on_delete=models.PROTECT, related_name="statements"
    )
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account}, {self.file_name}"


class StatementLine(OrganisationScoped):
    """Money that came into an account (above nought) or left it on a day, filed once.

    `nth` tells apart lines of one day that are otherwise the same, so that a line that
    two files share is filed once and two equal ones are both kept. `place` is its order
    in its file, the oldest first; `line_number` where the file has it.
    """

    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="lines"
    )
    account = models.ForeignKey(
        StatementAccount, on_delete=models.PROTECT, related_name="lines"
    )
    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="statement_lines"
    )
    line_number = models.PositiveIntegerField()
    place = models.PositiveIntegerField()
    day = models.DateField()
    description = models.CharField(max_length=300)
    amount = MoneyField()
    # As the bank gives it after this line, if it does.
    balance = MoneyField(null=True)
    nth = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "day", "amount", "description", "nth"],
                name="statement_line_filed_once",
            ),
            models.CheckConstraint(
                condition=~Q(amount=0), name="statement_line_moves_money"
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "-day", "-id"], name="statement_by_day"),
            models.Index(
                fields=["account", "day", "statement", "place"],
                name="statement_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%-d %B %Y}: {self.description}, {pounds(self.amount)}"

    @property
    def size(self) -> Decimal:
        """What it moved, in or out."""
        return abs(self.amount)

    @property
    def is_out(self) -> bool:
        return self.amount < 0


class StatementMatch(OrganisationScoped, RecordedBy):
    """What a line of a statement was, wholly or for a part of it.

    A payment, a donation, a credit note whose money came back, or (`aside`) no money of
    the campaign's, for that reason. Undone with a reason, never deleted. `made`: the
    match filed the payment or the credit note, which is voided with it, or said that a
    promised donation came, which is then promised again, or that a `refund` did, which
    is then due again.
    """

    line = models.ForeignKey(
        StatementLine, on_delete=models.PROTECT, related_name="matches"
    )
    amount = MoneyField()
    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, null=True, related_name="statement_matches"
    )
    donation = models.ForeignKey(
        Donation, on_delete=models.PROTECT, null=True, related_name="statement_matches"
    )
    credit_note = models.ForeignKey(
        CreditNote,
        on_delete=models.PROTECT,
        null=True,
        related_name="statement_matches",
    )
    # What came of a credit note by this line, where the note was filed before.
    refund = models.OneToOneField(
        Refund, on_delete=models.PROTECT, null=True, related_name="match"
    )
    aside = models.CharField(max_length=300, blank=True)
    made = models.BooleanField(default=False)
    matched_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name_plural = "statement matches"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="statement_match_is_positive"
            ),
            models.CheckConstraint(
                condition=Exact(
                    Func(
                        F("payment"),
                        F("donation"),
                        F("credit_note"),
                        Func(F("aside"), Value(""), function="nullif"),
                        function="num_nonnulls",
                        output_field=IntegerField(),
                    ),
                    1,
                ),
                name="statement_match_is_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(void_reason=""),
                name="undone_match_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(made=False) | Q(aside=""),
                name="match_made_what_it_names",
            ),
            models.UniqueConstraint(
                fields=["line", "payment"],
                condition=Q(voided_at__isnull=True),
                name="payment_matched_once_per_line",
            ),
            models.UniqueConstraint(
                fields=["line", "donation"],
                condition=Q(voided_at__isnull=True),
                name="donation_matched_once_per_line",
            ),
            models.UniqueConstraint(
                fields=["line", "credit_note"],
                condition=Q(voided_at__isnull=True),
                name="credit_note_matched_once_per_line",
            ),
        ]

    def __str__(self) -> str:
        what = self.payment or self.donation or self.credit_note or self.aside
        return f"{pounds(self.amount)}: {what}"
