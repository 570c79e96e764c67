"""Donations for the candidate's election expenses."""

from datetime import date

from django.db import models
from django.db.models import ExpressionWrapper, F, Q

from campaigns.models.base import OrganisationScoped, RecordedBy
from campaigns.models.money import MoneyField
from campaigns.rules import permissible_donations as law
from campaigns.rules.money import pounds


class DonorKind(models.TextChoices):
    """Who gives: the names of `rules.permissible_donations.DonorKind`, lower case."""

    INDIVIDUAL = "individual", "Individual on a UK register"
    PARTY = "party", "Registered party"
    COMPANY = "company", "UK-registered company"
    TRADE_UNION = "trade_union", "Trade union"
    BUILDING_SOCIETY = "building_society", "Building society"
    PARTNERSHIP = "partnership", "Limited liability partnership"
    FRIENDLY_SOCIETY = "friendly_society", "Friendly society"
    ASSOCIATION = "association", "UK unincorporated association"
    TRUST = "trust", "Trust"
    BEQUEST = "bequest", "Bequest"
    ANONYMOUS = "anonymous", "Giver not known"
    OTHER = "other", "Anybody else"


class Donation(OrganisationScoped, RecordedBy):
    """Money or a gift in kind for the candidate's election expenses."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="donations"
    )
    donor = models.CharField(max_length=200)
    donor_kind = models.CharField(max_length=18, choices=DonorKind)
    donor_address = models.CharField(max_length=300, blank=True)
    amount = MoneyField()
    in_kind = models.CharField(max_length=300, blank=True)
    # Null while it is only promised.
    received_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    # How the donor was found permissible; for a returned one, what was done.
    checked_how = models.CharField(max_length=500, blank=True)
    returned_how = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)
    # Which request made it; unique so that it comes once.
    source = models.CharField(max_length=60, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "source"], name="donation_once_per_source"
            ),
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True)
                | Q(returned_on__isnull=True)
                | Q(
                    returned_on__gt=ExpressionWrapper(
                        F("received_on") + law.DAYS_TO_CHECK,
                        output_field=models.DateTimeField(),
                    )
                ),
                name="donation_accepted_or_returned_in_time",
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=False)
                | Q(accepted_on__isnull=True, returned_on__isnull=True),
                name="donation_received_first",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="donation_is_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.donor}, {pounds(self.amount)}"

    @property
    def kept_since(self) -> date | None:
        """The day from which the law takes it as accepted; None where it never does."""
        return law.kept_since(
            value=self.amount,
            donor=law.DonorKind[self.donor_kind.upper()],
            received_on=self.received_on,
            accepted_on=self.accepted_on,
            returned_on=self.returned_on,
        )

    @property
    def may_never_be_kept(self) -> bool:
        """More than its giver may ever give, so that it has to go back."""
        kind = law.DonorKind[self.donor_kind.upper()]
        return law.permission(self.amount, kind) is law.Permission.NO

    def is_kept(self, on: date) -> bool:
        """Accepted by that day, or kept for longer than the law gives to decide."""
        since = self.kept_since
        return since is not None and since <= on


class DonationEvidence(OrganisationScoped, RecordedBy):
    """One thing that was looked at to find a donor permissible, and what it said.

    `code` is one that `rules.donor_evidence` asks of this kind of donor.
    """

    donation = models.ForeignKey(
        Donation, on_delete=models.PROTECT, related_name="evidence"
    )
    code = models.CharField(max_length=30)
    found = models.CharField(max_length=300)
    looked_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "donation evidence"
        constraints = [
            models.UniqueConstraint(
                fields=["donation", "code"], name="evidence_once_per_donation"
            ),
            models.CheckConstraint(
                condition=~Q(found=""), name="evidence_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.found}"
