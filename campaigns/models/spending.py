"""Spending: what the limit rests on, and the expenses."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from campaigns.models.authorities import AuthorityKind, SpendingAuthority
from campaigns.models.base import OrganisationScoped, RecordedBy
from campaigns.models.donations import Donation
from campaigns.models.money import MoneyField
from campaigns.rules.money import pounds


class LimitNotice(OrganisationScoped, RecordedBy):
    """The numbers that the limit is worked from: the returning officer's or our guess.

    Never changed, only voided: of those that stand the latest official one holds; where
    there is none, the latest estimate, which every report calls so.
    """

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="limit_notices"
    )
    is_official = models.BooleanField(default=True)
    # Not needed where the law names one sum, or where the notice states the limit.
    electors = models.PositiveIntegerField(null=True, blank=True)
    councils = models.PositiveSmallIntegerField(null=True, blank=True)
    # Which limit applies where the election's id cannot tell: county or borough seat.
    limit_kind = models.CharField(max_length=24, blank=True)
    # The police area, for a commissioner.
    area = models.CharField(max_length=100, blank=True)
    # The limit itself, where the returning officer states it.
    told_limit = MoneyField(null=True, blank=True)
    given_on = models.DateField()
    # The notice or letter; for an estimate, where the number comes from.
    document = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(electors__gt=0), name="notice_has_electors"
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(void_reason=""),
                name="voided_notice_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(document=""), name="notice_names_its_document"
            ),
            models.CheckConstraint(
                condition=Q(told_limit__isnull=True)
                | Q(told_limit__gt=0, is_official=True),
                name="only_a_notice_states_a_limit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, {self.given_on}"


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


class StaffDuty(models.TextChoices):
    """What the people paid for do; `rules.paid_work` says which may be paid."""

    AGENT = "agent", "Election agent or sub-agent"
    CLERK = "clerk", "Clerk or messenger"
    ORGANISER = "organiser", "Organising volunteers"
    DRIVER = "driver", "Driver"
    DELIVERY = "delivery", "Delivering leaflets"
    CREATIVE = "creative", "Design, press or digital work"
    SECURITY = "security", "Security"
    PHONE_BANK = "phone_bank", "Asking for votes by telephone (phone bank)"
    CANVASSING = "canvassing", "Asking for votes in person (canvassing)"
    OTHER = "other", "Something else"


class ExpenseExclusion(models.TextChoices):
    """Why something never counts: the names of `rules.exclusions`, lower case."""

    VOLUNTEER_TIME = "volunteer_time", "Time given by volunteers"
    SECURITY = "security", "Security of persons or property"
    DISABILITY = "disability", "Because of the candidate’s disability"
    DEPOSIT = "deposit", "The candidate’s deposit"
    PRESS = "press", "Press or broadcast, not an advertisement"
    FACILITIES = "facilities", "Facilities that candidates have by right"
    RESIDENCE = "residence", "Somebody’s home"
    CAR = "car", "Somebody’s own car"
    COMPUTER = "computer", "Somebody’s own computer or printer"


class ShareBasis(models.TextChoices):
    """By what a part is measured."""

    USE = "use", "Use"
    COPIES = "copies", "Copies"
    AREA = "area", "Area"
    TIME = "time", "Time"


class ExpenseState(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    COMMITTED = "committed", "Committed"
    VOIDED = "voided", "Voided"


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
    # How that value was found, and who declared it to be true.
    value_basis = models.CharField(max_length=500, blank=True)
    value_declared_at = models.DateTimeField(null=True, blank=True)
    value_declared_by = models.CharField(max_length=200, blank=True)
    # What was given in kind is a donation too.
    donation = models.OneToOneField(
        Donation, on_delete=models.PROTECT, null=True, blank=True, related_name="gift"
    )
    # That of before, which a new price voided, had not come.
    gift_promised = models.BooleanField(default=False, db_default=False)
    staff_duty = models.CharField(max_length=10, choices=StaffDuty, blank=True)
    excluded = models.CharField(max_length=14, choices=ExpenseExclusion, blank=True)
    excluded_reason = models.CharField(max_length=500, blank=True)
    # The legal commitment, such as the day the order was confirmed.
    incurred_on = models.DateField()
    # First and last day of use, both counted.
    used_from = models.DateField()
    used_until = models.DateField()
    # What part of the use falls in the regulated period, and in the long campaign
    # before it, where days do not tell it.
    inside_parts = models.PositiveIntegerField(null=True, blank=True)
    long_parts = models.PositiveIntegerField(default=0)
    inside_of_parts = models.PositiveIntegerField(null=True, blank=True)
    inside_reason = models.CharField(max_length=500, blank=True)
    # What stock it bought, such as "leaflet:3": its copies tell what was used when.
    stock = models.CharField(max_length=40, blank=True)
    # Copies of it that will never be used, and how that is known, with what of that
    # was taken back and why.
    stock_unused = models.PositiveIntegerField(default=0)
    stock_unused_reason = models.TextField(blank=True)
    state = models.CharField(
        max_length=10, choices=ExpenseState, default=ExpenseState.PROPOSED
    )
    proposed_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True)
    committed_by = models.CharField(max_length=200, blank=True)
    # Under whose authority it is spent, or was committed, if not the agent's own.
    authority = models.ForeignKey(
        SpendingAuthority,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="expenses",
    )
    # Of its purchase order: in each campaign 1, 2, 3 and so on, with no gap.
    order_number = models.PositiveIntegerField(null=True, blank=True)
    # Set where the agent knowingly committed something that passes the limit.
    over_limit_reason = models.CharField(max_length=500, blank=True)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.CharField(max_length=200, blank=True)
    void_reason = models.CharField(max_length=500, blank=True)
    # What made it by itself, such as "letter_run:12"; unique so that it comes once.
    source = models.CharField(max_length=60, null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=Decimal(0)), name="expense_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(used_until__gte=F("used_from")),
                name="expense_used_in_order",
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
            models.CheckConstraint(
                condition=Q(inside_parts__isnull=True, inside_of_parts__isnull=True)
                | Q(inside_parts__lte=F("inside_of_parts"), inside_of_parts__gt=0)
                & ~Q(inside_reason=""),
                name="part_inside_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(long_parts=0)
                | Q(
                    inside_parts__isnull=False,
                    inside_of_parts__isnull=False,
                    inside_of_parts__gte=F("inside_parts") + F("long_parts"),
                ),
                name="parts_of_both_periods_fit",
            ),
            models.CheckConstraint(
                condition=~Q(staff_duty="canvassing")
                & (~Q(staff_duty="phone_bank") | Q(amount=0)),
                name="canvassers_are_not_paid",
            ),
            models.CheckConstraint(
                condition=Q(excluded="") | ~Q(excluded_reason=""),
                name="excluded_expense_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(stock="") | Q(inside_parts__isnull=True),
                name="copies_or_a_part_tell_the_use",
            ),
            models.UniqueConstraint(
                fields=["organisation", "source"], name="expense_once_per_source"
            ),
            models.UniqueConstraint(
                fields=["campaign", "order_number"], name="order_number_once"
            ),
            models.CheckConstraint(
                condition=Q(order_number__isnull=True)
                | Q(order_number__gte=1, committed_at__isnull=False),
                name="only_what_was_committed_is_ordered",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "campaign", "state"], name="expense_by_state"
            ),
            models.Index(
                fields=["organisation", "stock"],
                condition=~Q(stock=""),
                name="expense_by_stock",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.description}, {pounds(self.amount)}"

    @property
    def is_campaigners(self) -> bool:
        """A local campaigner spent it by authority, and pays for it too (s.75)."""
        paper = self.authority
        return paper is not None and paper.kind == AuthorityKind.CAMPAIGNER


class Order(Expense):
    """A committed expense as its order: what was agreed, before any bill comes."""

    class Meta:
        proxy = True


class ExpenseShare(OrganisationScoped):
    """A part of an expense borne by another campaign or body, with its written reason.

    What the shares do not take is ours.
    """

    expense = models.ForeignKey(
        Expense, on_delete=models.PROTECT, related_name="shares"
    )
    bearer = models.CharField(max_length=200)
    bearer_campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, null=True, blank=True
    )
    basis = models.CharField(max_length=6, choices=ShareBasis, default=ShareBasis.USE)
    # The figures as they were told, such as 12,000 of 40,000 copies: no penny is lost.
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
            models.UniqueConstraint(
                fields=["expense", "bearer"], name="one_share_per_expense_and_bearer"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "bearer_campaign"], name="share_by_bearer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.parts}/{self.of_parts} {self.bearer}"

    @property
    def figures(self) -> str:
        """Such as `12,000 of 40,000, by copies`."""
        basis = self.get_basis_display().lower()
        return f"{self.parts:,} of {self.of_parts:,}, by {basis}"
