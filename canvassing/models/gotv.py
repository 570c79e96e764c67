"""Get-out-the-vote lists: who is to be reminded before the poll, and the letters."""

from django.db import models
from django.db.models import Q

from campaigns.models.base import BulkScoped, OrganisationScoped, RecordedBy, bulk_key
from campaigns.models.spending import MoneyField
from canvassing.models.sessions import Channel


class ListState(models.TextChoices):
    BUILDING = "building", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class GotvList(OrganisationScoped, RecordedBy):
    """A frozen list: its rule, and for each ward who is on it and who is not and why."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.CASCADE, related_name="gotv_lists"
    )
    name = models.CharField(max_length=200)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.DOOR)
    rule = models.JSONField(default=dict)
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=ListState, default=ListState.BUILDING)
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


class GotvListWard(OrganisationScoped):
    """One ward of a list: listed + excluded by first reason = electors of the ward."""

    gotv_list = models.ForeignKey(GotvList, on_delete=models.CASCADE, related_name="wards")
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
    # Polling-station or postal wording.
    wording = models.CharField(max_length=10, default="station")
    body = models.TextField()
    one_per_household = models.BooleanField(default=True)
    # The imprint as it will be printed: promoter, on whose behalf, printer.
    imprint = models.TextField()
    copies = models.PositiveIntegerField()
    price_per_copy = MoneyField(decimal_places=4)
    expense = models.ForeignKey(
        "campaigns.Expense", on_delete=models.PROTECT, null=True, related_name="+"
    )
    job = models.ForeignKey(
        "campaigns.Job", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    state = models.CharField(
        max_length=10, choices=LetterState, default=LetterState.PROPOSED
    )
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
