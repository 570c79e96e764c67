"""Leaflets: how many there are, the rounds on which they go out, and what was done."""

from django.db import models
from django.db.models import F, Q

from campaigns.models.base import OrganisationScoped, RecordedBy
from canvassing.models.rounds import LocalRound


class Leaflet(OrganisationScoped):
    """A leaflet that came from the printer, and how many copies of it."""

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE)
    name = models.CharField(max_length=100)
    copies = models.PositiveIntegerField()
    # As it stands on the leaflet, complete; none is handed out before it is typed.
    imprint = models.CharField(max_length=600, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "name"], name="leaflet_once_by_name"
            ),
            models.CheckConstraint(
                condition=Q(copies__gt=0), name="leaflet_has_copies"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LeafletRound(OrganisationScoped):
    """The streets to which one person takes a leaflet: no names, no electors."""

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE)
    leaflet = models.ForeignKey(
        Leaflet, on_delete=models.CASCADE, related_name="rounds"
    )
    ward = models.ForeignKey("campaigns.Ward", on_delete=models.PROTECT)
    local_round = models.ForeignKey(
        LocalRound, on_delete=models.SET_NULL, null=True, blank=True
    )
    name = models.CharField(max_length=120)
    deliverer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, null=True, blank=True
    )
    # Copies handed out with it in all, and copies that came back.
    copies_out = models.PositiveIntegerField(default=0)
    copies_back = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    handed_out_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["leaflet", "ward", "name"], name="leaflet_round_once_by_name"
            ),
            models.CheckConstraint(
                condition=Q(copies_back__lte=F("copies_out")),
                name="no_more_copies_back_than_out",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LeafletStreet(OrganisationScoped):
    """A stretch of street of a leaflet round, in its place in the walk."""

    leaflet_round = models.ForeignKey(
        LeafletRound, on_delete=models.CASCADE, related_name="streets"
    )
    position = models.PositiveSmallIntegerField()
    street = models.TextField()
    # Such as `odd 1 to 99`; empty for houses with a name only.
    numbers = models.CharField(max_length=60, blank=True)
    # Letter boxes when the round was made, without those where none is wanted.
    doors = models.PositiveIntegerField()
    # The numbers of those, such as `14, 22`.
    not_at = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["leaflet_round", "position"], name="leaflet_street_at_a_place"
            )
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.street, self.numbers)))


class LeafletDelivery(OrganisationScoped, RecordedBy):
    """A street was done on a day, with so many copies."""

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE)
    leaflet_street = models.ForeignKey(
        LeafletStreet, on_delete=models.CASCADE, related_name="deliveries"
    )
    copies = models.PositiveIntegerField()
    delivered_on = models.DateField()
    recorded_at = models.DateTimeField()
    # Who put them through, and when they ticked that on their phone: null where it was
    # written down at the desk.
    deliverer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, null=True, related_name="+"
    )
    said_at = models.DateTimeField(null=True)
    # A mistake: kept, and no longer counted.
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "leaflet deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["leaflet_street"],
                condition=Q(withdrawn_at__isnull=True),
                name="street_done_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "campaign", "delivered_on"],
                condition=Q(withdrawn_at__isnull=True),
                name="leaflets_delivered_by_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.copies} on {self.delivered_on}"


class MissReason(models.TextChoices):
    LOCKED = "locked", "Locked block"
    NO_BOX = "no_box", "No letter box found"
    DOG = "dog", "A dog"
    UNSAFE = "unsafe", "Did not feel safe"
    RAN_OUT = "ran_out", "Ran out of copies"
    OTHER = "other", "Something else"


class LeafletMiss(OrganisationScoped, RecordedBy):
    """Why a deliverer could not put copies through in a street, or in a part of it. A
    word of theirs that leaves no other row leaves one with no reason, taken back at
    once: what they said before it never takes its place."""

    leaflet_street = models.ForeignKey(
        LeafletStreet, on_delete=models.CASCADE, related_name="misses"
    )
    reason = models.CharField(max_length=8, choices=MissReason)
    said_at = models.DateTimeField()
    # Taken back: kept, and no longer shown.
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "leaflet misses"
        constraints = [
            models.UniqueConstraint(
                fields=["leaflet_street"],
                condition=Q(withdrawn_at__isnull=True),
                name="street_missed_once",
            )
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
