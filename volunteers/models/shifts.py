"""Shifts, and who said they would come."""

from django.db import models
from django.db.models import F, Q

from campaigns.models.base import OrganisationScoped
from volunteers.models.volunteers import ShiftKind, Volunteer


class Shift(OrganisationScoped):
    """A time to help at, with a number of places."""

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE)
    kind = models.CharField(max_length=16, choices=ShiftKind)
    ward = models.ForeignKey(
        "campaigns.Ward", on_delete=models.PROTECT, null=True, blank=True
    )
    meeting_point = models.CharField(max_length=200, blank=True)
    leader = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    places = models.PositiveSmallIntegerField(default=8)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="shift_ends_after_it_starts",
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "campaign", "starts_at"], name="shift_by_time"
            ),
            models.Index(
                fields=["organisation", "starts_at"], name="shift_by_time_anywhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.starts_at:%d %b %H:%M}"


class ShiftSignUp(OrganisationScoped):
    """A volunteer's place on a shift, or in the queue for one."""

    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="sign_ups")
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.CASCADE, related_name="sign_ups"
    )
    signed_up_at = models.DateTimeField()
    # All places were taken: whoever has waited longest moves up when one is free.
    waits = models.BooleanField(default=False)
    # They said once more, close to the day, that they will be there.
    confirmed_at = models.DateTimeField(null=True, blank=True)
    came = models.BooleanField(null=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "volunteer"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_place_per_volunteer",
            ),
            models.CheckConstraint(
                condition=Q(waits=False) | ~Q(came=True),
                name="whoever_came_had_a_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer} on {self.shift}"
