"""Who may spend besides the agent: by written authority, and others' own campaigns."""

from django.db import models
from django.db.models import Q

from campaigns.models.base import OrganisationScoped, RecordedBy
from campaigns.models.money import MoneyField
from campaigns.rules.money import pounds


class AuthorityKind(models.TextChoices):
    COMMIT = "commit", "Commit expenses"
    PETTY = "petty", "Pay petty expenses"


class SpendingAuthority(OrganisationScoped, RecordedBy):
    """A written authority from the agent to spend up to a cap.

    To commit expenses, or to pay petty ones such as stationery and postage.
    """

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="authorities"
    )
    user = models.ForeignKey("campaigns.User", on_delete=models.PROTECT)
    kind = models.CharField(
        max_length=6, choices=AuthorityKind, default=AuthorityKind.COMMIT
    )
    cap = MoneyField()
    written_on = models.DateField()
    # The last day on which it holds.
    until_on = models.DateField(null=True, blank=True)
    # Where the signed paper is kept.
    document = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "spending authorities"
        constraints = [
            models.CheckConstraint(condition=Q(cap__gt=0), name="authority_has_a_cap")
        ]

    def __str__(self) -> str:
        return f"{self.user}, up to {pounds(self.cap)}"


class AuthorisedCampaigner(OrganisationScoped, RecordedBy):
    """Somebody outside whom the agent authorised in writing to campaign for us.

    What they spend counts towards our limit; they deliver a return of their own.
    """

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="campaigners"
    )
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    # The most that the authority allows.
    allowed = MoneyField()
    written_on = models.DateField()
    # Where the signed paper is kept.
    document = models.CharField(max_length=300)
    # When their return and declaration were delivered, and where a copy is kept.
    returned_on = models.DateField(null=True, blank=True)
    return_document = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(allowed__gt=0), name="campaigner_is_allowed_something"
            ),
            models.CheckConstraint(
                condition=~Q(document=""), name="campaigner_has_a_paper"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, up to {pounds(self.allowed)}"


class OutsideActivity(OrganisationScoped, RecordedBy):
    """What another body does as its own campaign, and why it does not count as ours."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="+"
    )
    body = models.CharField(max_length=200)
    description = models.CharField(max_length=300)
    value = MoneyField()
    reason = models.CharField(max_length=500)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name_plural = "outside activities"
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="outside_activity_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0), name="outside_activity_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.description}"
