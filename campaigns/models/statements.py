"""Bank and card statements, and what each line was found to be."""

from django.db import models
from django.db.models import F, Func, IntegerField, Q
from django.db.models.lookups import LessThanOrEqual

from campaigns.models.base import OrganisationScoped, RecordedBy
from campaigns.models.donations import Donation
from campaigns.models.money import MoneyField
from campaigns.models.payments import CreditNote, Payment
from campaigns.rules.money import pounds


class BankStatement(OrganisationScoped, RecordedBy):
    """One file that a bank gave of one account or card."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="statements"
    )
    account = models.CharField(max_length=60)
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "account", "file_sha256"],
                name="statement_loaded_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}, {self.file_name}"


class StatementLine(OrganisationScoped):
    """Money in (above nought) or out of an account on a day, filed once.

    `nth` tells apart lines of one day that are otherwise the same, so that a line that
    two statements share is filed once. It is a payment, a donation or a refund, or is
    set aside with a reason; until then it waits.
    """

    statement = models.ForeignKey(
        BankStatement, on_delete=models.PROTECT, related_name="lines"
    )
    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="+"
    )
    account = models.CharField(max_length=60)
    line_number = models.PositiveIntegerField()
    day = models.DateField()
    description = models.CharField(max_length=300)
    amount = MoneyField()
    nth = models.PositiveSmallIntegerField(default=1)
    payment = models.OneToOneField(
        Payment, on_delete=models.PROTECT, null=True, related_name="statement_line"
    )
    donation = models.OneToOneField(
        Donation, on_delete=models.PROTECT, null=True, related_name="statement_line"
    )
    credit_note = models.OneToOneField(
        CreditNote, on_delete=models.PROTECT, null=True, related_name="statement_line"
    )
    set_aside = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "account", "day", "amount", "description", "nth"],
                name="statement_line_filed_once",
            ),
            models.CheckConstraint(
                condition=~Q(amount=0), name="statement_line_moves_money"
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    Func(
                        F("payment"),
                        F("donation"),
                        F("credit_note"),
                        Func(F("set_aside"), models.Value(""), function="nullif"),
                        function="num_nonnulls",
                        output_field=IntegerField(),
                    ),
                    1,
                ),
                name="statement_line_is_one_thing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["campaign", "day"],
                condition=Q(
                    payment__isnull=True,
                    donation__isnull=True,
                    credit_note__isnull=True,
                    set_aside="",
                ),
                name="statement_lines_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.description}, {pounds(self.amount)}"
