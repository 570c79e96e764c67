"""Elections, and our campaigns in them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from campaigns.models.areas import Council, Ward
from campaigns.models.base import OrganisationScoped


class VotingSystem(models.TextChoices):
    FPTP = "fptp", "First past the post"
    SV = "sv", "Supplementary vote"
    OTHER = "other", "Other"


class Election(models.Model):
    """A poll, known by its public id such as `mayor.west-midlands.2024-05-02`."""

    slug = models.CharField(max_length=150, unique=True)
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    poll_on = models.DateField()
    nation = models.CharField(max_length=3, default="ENG")
    voting_system = models.CharField(max_length=8, choices=VotingSystem)
    seats = models.PositiveSmallIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["poll_on"], name="election_by_day")]

    def __str__(self) -> str:
        return self.name

    def days_to_go(self, on: date) -> int:
        return (self.poll_on - on).days

    def has_opened(self, on: date) -> bool:
        """Polling day has come; so it stays."""
        return on >= self.poll_on


class Campaign(OrganisationScoped):
    """Our fight in one election, over some wards of some councils."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    councils = models.ManyToManyField(Council)
    wards = models.ManyToManyField(Ward)
    # What this campaign calls a pledge: "pledge" or "promise".
    pledge_word = models.CharField(max_length=20, default="pledge")
    pledges_planned = models.PositiveIntegerField(null=True, blank=True)
    # Co-candidates in the same ward with the same agent, ourselves included.
    joint_candidates = models.PositiveSmallIntegerField(default=1)
    # When our candidate became one; while not known, the earliest day that can be.
    became_candidate_on = models.DateField(null=True, blank=True)
    # What opens the regulated period where no rule gives the day: the dissolution of
    # Parliament, the submission of a London list.
    period_opened_on = models.DateField(null=True, blank=True)
    # When the dissolved Parliament first met, which says whether, from when and up to
    # what limit there is a long campaign.
    parliament_met_on = models.DateField(null=True, blank=True)
    # From when postal voters have their papers: until the organiser says it, nobody is
    # asked whether they have sent theirs back.
    packs_go_out_on = models.DateField(null=True, blank=True)
    # From when bills, payments and the return are due.
    result_declared_on = models.DateField(null=True, blank=True)
    agent_name = models.CharField(max_length=200, blank=True)
    # Before it the candidate may pay, from it on the agent does.
    agent_appointed_on = models.DateField(null=True, blank=True)
    # Names and addresses for the imprint; no letter is made without them.
    imprint_promoter = models.CharField(max_length=300, blank=True)
    imprint_on_behalf_of = models.CharField(max_length=300, blank=True)
    imprint_printer = models.CharField(max_length=300, blank=True)
    # Paper and toner of one side printed at the committee room, in pounds, and who
    # supplies them; until it is set, printing proposes nothing to the agent.
    printed_side_price = models.DecimalField(
        max_digits=6, decimal_places=4, null=True, blank=True
    )
    printing_supplier = models.CharField(max_length=200, blank=True)
    printing_supplier_address = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "election"], name="campaign_by_election"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(printed_side_price__isnull=True)
                | Q(printed_side_price__gt=0) & ~Q(printing_supplier=""),
                name="printed_side_has_a_price_and_a_supplier",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """No limit can be worked out for nobody."""
        if self.joint_candidates == 0:
            raise ValidationError({"joint_candidates": "Ours is one: 1 or more."})

    @property
    def asks_second_preference(self) -> bool:
        return self.election.voting_system == VotingSystem.SV


class Candidate(OrganisationScoped):
    """Somebody who stands in the campaign's election: ours or another's."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="candidates"
    )
    name = models.CharField(max_length=200)
    party = models.CharField(max_length=200, blank=True)
    is_ours = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "name"], name="candidate_once_in_campaign"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.party})" if self.party else self.name


class WardTarget(OrganisationScoped):
    """How many pledges a campaign plans for in one ward."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="ward_targets"
    )
    ward = models.ForeignKey(Ward, on_delete=models.PROTECT)
    pledges = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "ward"], name="one_target_per_campaign_and_ward"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ward}: {self.pledges}"
