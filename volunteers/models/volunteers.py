"""Volunteers and what they signed before they were given elector data."""

from django.db import models
from django.db.models import Q

from campaigns.models.base import OrganisationScoped


class Volunteer(OrganisationScoped):
    """A person who helps. They need no account: many never sign in."""

    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    mobile = models.CharField(max_length=20, blank=True)
    is_under_18 = models.BooleanField(default=False)
    user = models.OneToOneField(
        "campaigns.User", on_delete=models.SET_NULL, null=True, blank=True
    )
    home_ward = models.ForeignKey(
        "campaigns.Ward", on_delete=models.SET_NULL, null=True, blank=True
    )
    joined_on = models.DateField()
    stood_down_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=~Q(email=""),
                name="volunteer_once_by_email",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Undertaking(OrganisationScoped):
    """The data promise that a volunteer gave, in the words they saw."""

    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.CASCADE, related_name="undertakings"
    )
    version = models.CharField(max_length=20)
    text = models.TextField()
    given_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.volunteer}, version {self.version}"


class AffiliateKind(models.TextChoices):
    UNION = "union", "Trade union"
    LOCAL_PARTY = "local_party", "Local party or branch"
    OTHER = "other", "Other body"


class Affiliate(OrganisationScoped):
    """A body that lends people: they see what volunteers see, the body sees nothing."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=AffiliateKind)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="affiliate_once_by_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


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
