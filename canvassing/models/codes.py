"""A campaign's own letters for what people say, and what came of an attempt."""

from django.db import models
from django.db.models import Q

from campaigns.models.base import OrganisationScoped


class IntentionKind(models.TextChoices):
    INTENTION = "intention", "Names a candidate or party"
    UNDECIDED = "undecided", "Has not decided"
    WONT_SAY = "wont_say", "Won't say"
    NOT_VOTING = "not_voting", "Not voting"
    NOT_ELIGIBLE = "not_eligible", "Says they may not vote"


class IntentionCode(OrganisationScoped):
    """One letter of a campaign for a voting intention, with what it counts as."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.CASCADE, related_name="intention_codes"
    )
    code = models.CharField(max_length=8)
    label = models.CharField(max_length=100)
    kind = models.CharField(
        max_length=12, choices=IntentionKind, default=IntentionKind.INTENTION
    )
    candidate = models.ForeignKey(
        "campaigns.Candidate", on_delete=models.PROTECT, null=True, blank=True
    )
    party = models.CharField(max_length=200, blank=True)
    # 1 is certain, 5 is barely leaning; null where strength means nothing.
    strength = models.PositiveSmallIntegerField(null=True, blank=True)
    counts_as_spoken = models.BooleanField(default=True)
    counts_as_pledge = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "code"], name="intention_code_once_in_campaign"
            ),
            models.CheckConstraint(
                condition=Q(strength__isnull=True) | Q(strength__range=(1, 5)),
                name="strength_from_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.label}"


class OutcomeKind(models.TextChoices):
    SPOKEN = "spoken", "Spoken to"
    NOT_IN = "not_in", "Not in"
    REFUSED = "refused", "Refused"
    NO_ACCESS = "no_access", "No access"
    LANGUAGE = "language", "Another language"
    MOVED = "moved", "Moved away"
    DECEASED = "deceased", "Deceased"


class OutcomeCode(OrganisationScoped):
    """One code of a campaign for what came of an attempt."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.CASCADE, related_name="outcome_codes"
    )
    code = models.CharField(max_length=16)
    label = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=OutcomeKind)
    counts_as_spoken = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "code"], name="outcome_code_once_in_campaign"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.label}"
