"""Rounds: the addresses that one team walks, and a local party's own ones."""

from django.db import models
from django.db.models import Q

from campaigns.models.base import BulkScoped, OrganisationScoped, bulk_key


class WhomToSee(models.TextChoices):
    ALL = "all", "Everybody"
    NOT_SPOKEN = "not_spoken", "Not spoken to yet"
    PLEDGES = "pledges", "Pledges"
    UNDECIDED = "undecided", "Undecided"
    POSTAL = "postal", "Postal voters"
    POSTAL_PLEDGES = "postal_pledges", "Pledges who vote by post"


class Side(models.TextChoices):
    BOTH = "both", "Both sides"
    ODD = "odd", "Odd numbers"
    EVEN = "even", "Even numbers"


class LocalRound(OrganisationScoped):
    """A round as a local party walks it each time: kept across editions and elections,
    for canvassing and for leaflets alike."""

    council = models.ForeignKey("campaigns.Council", on_delete=models.PROTECT)
    name = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "council", "name"],
                condition=Q(retired_at__isnull=True),
                name="local_round_once_by_name",
            )
        ]

    def __str__(self) -> str:
        return self.name


class LocalStretch(OrganisationScoped):
    """A stretch of a street in a local round: by name and numbers, not by addresses,
    so that it outlives every register."""

    local_round = models.ForeignKey(
        LocalRound, on_delete=models.CASCADE, related_name="stretches"
    )
    position = models.PositiveSmallIntegerField()
    street = models.TextField()
    # As rules.addresses makes the key of a street.
    street_key = models.TextField()
    side = models.CharField(max_length=4, choices=Side, default=Side.BOTH)
    # Null: from the street's beginning, to its end.
    number_from = models.PositiveIntegerField(null=True, blank=True)
    number_to = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["local_round", "position"], name="one_stretch_at_a_place"
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "street_key"], name="stretch_by_street"
            )
        ]

    def __str__(self) -> str:
        return self.street

    @property
    def numbers(self) -> str:
        """`odd 1 to 99`, `from 20`; nothing for the whole street."""
        side = "" if self.side == Side.BOTH else self.side
        begins, ends = self.number_from, self.number_to
        if begins is None:
            span = f"to {ends}" if ends is not None else ""
        else:
            span = f"{begins} to {ends}" if ends is not None else f"from {begins}"
        return " ".join(filter(None, (side, span)))

    @property
    def in_words(self) -> str:
        return f"{self.street} ({self.numbers})" if self.numbers else self.street


class CanvassRound(OrganisationScoped):
    """The doors that one team walks in one outing, in their order."""

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE)
    ward = models.ForeignKey("campaigns.Ward", on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    whom_to_see = models.CharField(
        max_length=16, choices=WhomToSee, default=WhomToSee.ALL
    )
    local_round = models.ForeignKey(
        LocalRound, on_delete=models.SET_NULL, null=True, blank=True
    )
    doors = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    # Its card was made, last: its answers may come back on paper.
    printed_at = models.DateTimeField(null=True, blank=True)
    # Cut anew since: kept for what was recorded on it.
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "ward", "name"],
                condition=Q(retired_at__isnull=True),
                name="round_once_by_name",
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "campaign", "ward"],
                condition=Q(retired_at__isnull=True),
                name="rounds_of_ward",
            )
        ]

    def __str__(self) -> str:
        return self.name


class RoundDoor(BulkScoped):
    """A dwelling of a round, in walking order."""

    pk = models.CompositePrimaryKey("organisation_id", "round_id", "address_id")
    campaign = bulk_key("campaigns.Campaign")
    round = bulk_key("canvassing.CanvassRound")
    address = bulk_key("campaigns.Address")
    position = models.PositiveSmallIntegerField()
    # As its round: false once that is retired.
    is_live = models.BooleanField(db_default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "campaign", "address"],
                condition=Q(is_live=True),
                name="door_in_one_live_round",
            )
        ]

    def __str__(self) -> str:
        return f"door {self.position}"
