"""Who may spend besides the agent: by written authority, or on a campaign of theirs."""

from django.db import models
from django.db.models import Q

from campaigns.models.base import OrganisationScoped, RecordedBy
from campaigns.models.money import MoneyField
from campaigns.rules.money import pounds


class AuthorityKind(models.TextChoices):
    COMMIT = "commit", "Commits expenses for the agent"
    PETTY = "petty", "Pays petty expenses"
    CAMPAIGNER = "campaigner", "Campaigns for the candidate, of no party"


class SpendingAuthority(OrganisationScoped, RecordedBy):
    """A written authority from the agent to spend up to a cap.

    To commit expenses here; to pay petty ones such as stationery and postage; or, for
    somebody outside, to campaign for the candidate, which counts as ours.
    """

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="authorities"
    )
    kind = models.CharField(
        max_length=10, choices=AuthorityKind, default=AuthorityKind.COMMIT
    )
    # Who commits signs in; whoever else is authorised may be known by name alone.
    user = models.ForeignKey(
        "campaigns.User", on_delete=models.PROTECT, null=True, blank=True
    )
    name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    cap = MoneyField()
    purpose = models.CharField(max_length=300, blank=True)
    written_on = models.DateField()
    # The last day on which it holds.
    until_on = models.DateField(null=True, blank=True)
    # Where the signed paper is kept.
    document = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoke_reason = models.CharField(max_length=500, blank=True)
    # Which request made it; unique so that it comes once.
    source = models.CharField(max_length=60, null=True, blank=True)

    class Meta:
        verbose_name_plural = "spending authorities"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "source"], name="authority_once_per_source"
            ),
            models.CheckConstraint(condition=Q(cap__gt=0), name="authority_has_a_cap"),
            models.CheckConstraint(
                condition=Q(kind="commit", user__isnull=False)
                | ~Q(kind="commit") & ~Q(name="") & ~Q(purpose=""),
                name="authority_names_its_holder",
            ),
            models.CheckConstraint(
                condition=~Q(kind="campaigner") | ~Q(address=""),
                name="campaigner_has_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder}, up to {pounds(self.cap)}"

    @property
    def holder(self) -> str:
        return self.name or (self.user.name if self.user else "")


class OutsideActivity(OrganisationScoped, RecordedBy):
    """What another body does as a campaign of its own, and why it is not ours.

    It counts nothing here.
    """

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
    # Which request made it; unique so that it comes once.
    source = models.CharField(max_length=60, null=True, blank=True)

    class Meta:
        verbose_name_plural = "outside activities"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "source"], name="activity_once_per_source"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="outside_activity_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(value__gt=0), name="outside_activity_has_a_value"
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(void_reason=""),
                name="voided_activity_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "campaign"],
                condition=Q(voided_at__isnull=True),
                name="outside_activity_by_campaign",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.description}"
