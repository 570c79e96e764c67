"""Get-out-the-vote lists: who is to be reminded before the poll, and the letters."""

from django.db import models
from django.db.models import Q

from campaigns.models.base import BulkScoped, OrganisationScoped, RecordedBy, bulk_key
from campaigns.models.jobs import JobState
from campaigns.models.money import MoneyField
from campaigns.models.spending import ExpenseState
from canvassing.models.sessions import Channel


class ListState(models.TextChoices):
    BUILDING = "building", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class GotvList(OrganisationScoped, RecordedBy):
    """A frozen list: its rule, and for each ward who is on it, who not, and why."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.CASCADE, related_name="gotv_lists"
    )
    name = models.CharField(max_length=200)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.DOOR)
    rule = models.JSONField(default=dict)
    reason = models.CharField(max_length=500)
    job = models.ForeignKey(
        "campaigns.Job", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # What the QR code on a walk sheet says: it names the list and opens nothing.
    code = models.CharField(max_length=16, unique=True)
    asked_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "get-out-the-vote list"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="list_has_a_reason")
        ]
        indexes = [
            models.Index(fields=["organisation", "campaign", "-id"], name="list_latest")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> ListState:
        """Ready once frozen; until then as its job goes."""
        if self.frozen_at is not None:
            return ListState.READY
        if self.job is None or self.job.state == JobState.CANCELLED:
            return ListState.CANCELLED
        failed = self.job.state == JobState.FAILED
        return ListState.FAILED if failed else ListState.BUILDING


class GotvListWard(OrganisationScoped):
    """One ward of a list: listed + excluded by first reason = electors of the ward."""

    gotv_list = models.ForeignKey(
        GotvList, on_delete=models.CASCADE, related_name="wards"
    )
    ward = models.ForeignKey("campaigns.Ward", on_delete=models.PROTECT)
    electors = models.PositiveIntegerField(default=0)
    listed = models.PositiveIntegerField(default=0)
    households = models.PositiveIntegerField(default=0)
    excluded = models.JSONField(default=dict)
    built_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gotv_list", "ward"], name="ward_once_in_list"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ward}: {self.listed} of {self.electors}"


class GotvEntry(BulkScoped):
    """An elector's place on a frozen list."""

    gotv_list = bulk_key("canvassing.GotvList")
    ward = bulk_key("campaigns.Ward")
    elector = bulk_key("campaigns.Elector")
    address = bulk_key("campaigns.Address", null=True)
    position = models.IntegerField()

    class Meta:
        verbose_name_plural = "get-out-the-vote entries"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "gotv_list", "ward", "position"],
                name="entry_in_order",
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "elector"], name="gotv_entry_by_elector"
            )
        ]

    def __str__(self) -> str:
        return f"{self.gotv_list_id}: {self.position}"


class Wording(models.TextChoices):
    """Which electors of the list a run writes to, and what it tells them."""

    STATION = "station", "To those who vote at a polling station or by proxy"
    POSTAL = "postal", "To those who vote by post"


class LetterState(models.TextChoices):
    PROPOSED = "proposed", "Waiting for the agent"
    APPROVED = "approved", "Expense committed"
    PRINTED = "printed", "Printed"
    CANCELLED = "cancelled", "Cancelled"


class LetterRun(OrganisationScoped, RecordedBy):
    """Letters to the households of a list. Its expense goes to the agent first."""

    gotv_list = models.ForeignKey(
        GotvList, on_delete=models.CASCADE, related_name="letter_runs"
    )
    name = models.CharField(max_length=200)
    wording = models.CharField(max_length=10, choices=Wording, default=Wording.STATION)
    body = models.TextField()
    one_per_household = models.BooleanField(default=True)
    # The imprint as it will be printed: promoter, on whose behalf, printer.
    imprint = models.TextField()
    # Letters counted when the run was proposed; no more than these may be printed.
    copies = models.PositiveIntegerField()
    price_per_copy = MoneyField(decimal_places=4)
    expense = models.ForeignKey(
        "campaigns.Expense", on_delete=models.PROTECT, null=True, related_name="+"
    )
    # The job that printed it last.
    job = models.ForeignKey(
        "campaigns.Job", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    printed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(imprint=""), name="letters_have_an_imprint"
            ),
            models.CheckConstraint(
                condition=Q(copies__gt=0), name="letters_to_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> LetterState:
        """What the agent decided about its expense, and whether it was printed."""
        if self.printed_at is not None:
            return LetterState.PRINTED
        if self.expense is None or self.expense.state == ExpenseState.PROPOSED:
            return LetterState.PROPOSED
        committed = self.expense.state == ExpenseState.COMMITTED
        return LetterState.APPROVED if committed else LetterState.CANCELLED
