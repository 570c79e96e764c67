"""Teams."""

from django.db import models

from campaigns.models.base import OrganisationScoped
from volunteers.models.volunteers import Volunteer


class Team(OrganisationScoped):
    """Volunteers who go out together."""

    name = models.CharField(max_length=100)
    ward = models.ForeignKey(
        "campaigns.Ward", on_delete=models.SET_NULL, null=True, blank=True
    )
    leader = models.ForeignKey(
        Volunteer, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    members = models.ManyToManyField(Volunteer, blank=True, related_name="teams")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="team_once_by_name"
            )
        ]

    def __str__(self) -> str:
        return self.name
