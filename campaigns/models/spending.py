"""Money: expenses, invoices, payments, donations, and what the limit rests on."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q

from campaigns.models.base import OrganisationScoped, RecordedBy


class MoneyField(models.DecimalField):
    """Pounds to the penny."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 12)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)


class LimitNotice(OrganisationScoped, RecordedBy):
    """What the returning officer told us the limit is worked from."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="limit_notices"
    )
    electors = models.PositiveIntegerField()
    councils = models.PositiveSmallIntegerField(null=True, blank=True)
    given_on = models.DateField()
    document = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.electors:,} electors, {self.document}"


class ExpenseCategory(models.TextChoices):
    """The statutory heads of a candidate's return."""

    ADVERTISING = "advertising", "Advertising"
    UNSOLICITED = "unsolicited", "Unsolicited material to electors"
    TRANSPORT = "transport", "Transport"
    MEETINGS = "meetings", "Public meetings"
    STAFF = "staff", "Staff costs"
    ACCOMMODATION = "accommodation", "Accommodation"
    ADMINISTRATION = "administration", "Administrative costs"


class ExpenseKind(models.TextChoices):
    INCURRED = "incurred", "Incurred"
    NOTIONAL = "notional", "Notional"
    PERSONAL = "personal", "Candidate's personal expense"


class ExpenseState(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    COMMITTED = "committed", "Committed"
    VOIDED = "voided", "Voided"


class SpendingAuthority(OrganisationScoped, RecordedBy):
    """A written authority from the agent to commit expenses up to a cap."""

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.PROTECT)
    user = models.ForeignKey("campaigns.User", on_delete=models.PROTECT)
    cap = MoneyField()
    written_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "spending authorities"
        constraints = [
            models.CheckConstraint(condition=Q(cap__gt=0), name="authority_has_a_cap")
        ]

    def __str__(self) -> str:
        return f"{self.user}: up to £{self.cap}"


class Expense(OrganisationScoped, RecordedBy):
    """Something bought or given for the campaign; never deleted, only voided."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="expenses"
    )
    description = models.CharField(max_length=300)
    supplier = models.CharField(max_length=200)
    supplier_address = models.CharField(max_length=300, blank=True)
    category = models.CharField(max_length=16, choices=ExpenseCategory)
    kind = models.CharField(
        max_length=10, choices=ExpenseKind, default=ExpenseKind.INCURRED
    )
    # What was or will be paid; for a notional one, what it is worth is market_value.
    amount = MoneyField()
    market_value = MoneyField(null=True, blank=True)
    incurred_on = models.DateField()
    used_from = models.DateField()
    used_until = models.DateField()
    state = models.CharField(
        max_length=10, choices=ExpenseState, default=ExpenseState.PROPOSED
    )
    proposed_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True)
    committed_by = models.CharField(max_length=200, blank=True)
    authority = models.ForeignKey(
        SpendingAuthority, on_delete=models.PROTECT, null=True, blank=True
    )
    # Set where the agent knowingly committed something that passes the limit.
    over_limit_reason = models.CharField(max_length=500, blank=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)
    # What made it by itself, such as "letter_run:12"; unique so that it comes once.
    source = models.CharField(max_length=60, null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=Decimal(0)), name="expense_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(used_until__gte=F("used_from")), name="expense_used_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(kind="notional") | Q(market_value__isnull=False),
                name="notional_expense_has_a_value",
            ),
            models.CheckConstraint(
                condition=~Q(state="voided") | ~Q(void_reason=""),
                name="voided_expense_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="committed") | Q(committed_at__isnull=False),
                name="committed_expense_has_a_date",
            ),
            models.UniqueConstraint(
                fields=["organisation", "source"], name="expense_once_per_source"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "campaign", "state"], name="expense_by_state"
            )
        ]

    def __str__(self) -> str:
        return f"{self.description}, £{self.amount:,}"


class ExpenseShare(OrganisationScoped):
    """A part of an expense borne by another campaign or body, with its written reason.

    What the shares do not take is ours.
    """

    expense = models.ForeignKey(Expense, on_delete=models.PROTECT, related_name="shares")
    bearer = models.CharField(max_length=200)
    bearer_campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, null=True, blank=True
    )
    # Parts in the whole, such as 1 of 3: exact, so that no penny is lost.
    parts = models.PositiveIntegerField()
    of_parts = models.PositiveIntegerField()
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(parts__gt=0, of_parts__gt=0, parts__lte=F("of_parts")),
                name="share_is_part_of_the_whole",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="share_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.parts}/{self.of_parts} {self.bearer}"


class Invoice(OrganisationScoped, RecordedBy):
    """A supplier's claim for an expense."""

    expense = models.ForeignKey(Expense, on_delete=models.PROTECT, related_name="invoices")
    number = models.CharField(max_length=60)
    amount = MoneyField()
    dated_on = models.DateField()
    received_on = models.DateField()
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
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}, £{self.amount:,}"


class Payment(OrganisationScoped, RecordedBy):
    """Money that left the campaign's account for an invoice."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="payments")
    amount = MoneyField()
    paid_on = models.DateField()
    method = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_is_positive")
        ]

    def __str__(self) -> str:
        return f"£{self.amount:,} on {self.paid_on}"


class DonorKind(models.TextChoices):
    INDIVIDUAL = "individual", "Individual on a UK register"
    PARTY = "party", "Registered party"
    COMPANY = "company", "UK-registered company"
    UNION = "union", "Trade union"
    BUILDING_SOCIETY = "building_society", "Building society"
    LLP = "llp", "Limited liability partnership"
    FRIENDLY_SOCIETY = "friendly_society", "Friendly society"
    ASSOCIATION = "association", "UK unincorporated association"
    TRUST = "trust", "Trust"
    OTHER = "other", "Not known or not permissible"


class Donation(OrganisationScoped, RecordedBy):
    """Money or a gift in kind for the candidate's election expenses."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="donations"
    )
    donor = models.CharField(max_length=200)
    donor_kind = models.CharField(max_length=18, choices=DonorKind)
    donor_address = models.CharField(max_length=300, blank=True)
    amount = MoneyField()
    in_kind = models.CharField(max_length=300, blank=True)
    # Null while it is only promised.
    received_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    checked_how = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True) | Q(returned_on__isnull=True),
                name="donation_accepted_or_returned",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="donation_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.donor}, £{self.amount:,}"
