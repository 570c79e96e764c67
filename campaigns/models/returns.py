"""The return: made, declared and filed; what was filed only a new version corrects."""

from django.db import models
from django.db.models import Q

from campaigns.models.base import OrganisationScoped, RecordedBy
from campaigns.models.money import MoneyField


class ReturnState(models.TextChoices):
    DRAFT = "draft", "Draft"
    FILED = "filed", "Filed"
    REPLACED = "replaced", "Replaced by a later version"


class ReturnVersion(OrganisationScoped, RecordedBy):
    """A candidate's return as it stood when this version of it was made.

    `content` holds every section and line (`reports.return_form`), `sha256` is of that,
    and `counted` and `donated` are its sums, kept to be compared with what the lines
    come to. What it says is never changed, and once filed nothing of it: the database
    refuses (`0036_returns`).
    """

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="return_versions"
    )
    version = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=8, choices=ReturnState, default=ReturnState.DRAFT
    )
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    is_nil = models.BooleanField()
    counted = MoneyField()
    donated = MoneyField()
    made_at = models.DateTimeField()
    # The filed version that this one stands in for, and why.
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    correction = models.CharField(max_length=500, blank=True)
    # The day on which it was handed in, and to whom and how.
    filed_on = models.DateField(null=True)
    filed_how = models.CharField(max_length=300, blank=True)
    filed_at = models.DateTimeField(null=True)
    filed_by = models.CharField(max_length=200, blank=True)
    # Why the candidate's declaration comes later, where it was not there yet.
    declaration_follows = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "version"], name="one_return_per_version"
            ),
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(state="draft"),
                name="one_draft_return_per_campaign",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(correction=""),
                name="corrected_return_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="filed")
                | Q(filed_on__isnull=False, filed_at__isnull=False) & ~Q(filed_how=""),
                name="filed_return_says_when_and_how",
            ),
        ]

    def __str__(self) -> str:
        return f"Return, version {self.version}"

    @property
    def mark(self) -> str:
        """What the return and both declarations bear, so that they belong together."""
        return f"{self.campaign.slug}/{self.version}/{self.sha256[:12]}"

    @property
    def is_draft(self) -> bool:
        return self.state == ReturnState.DRAFT

    @property
    def is_filed(self) -> bool:
        return self.state == ReturnState.FILED


class Declarant(models.TextChoices):
    AGENT = "agent", "Election agent"
    CANDIDATE = "candidate", "Candidate"


class ReturnDeclaration(OrganisationScoped, RecordedBy):
    """Somebody signed one version of a return: who, when, and the very words.

    Written once, never changed. `source` and `mark` say where the words come from.
    """

    version = models.ForeignKey(
        ReturnVersion, on_delete=models.PROTECT, related_name="declarations"
    )
    declarant = models.CharField(max_length=9, choices=Declarant)
    name = models.CharField(max_length=200)
    wording = models.TextField()
    source = models.CharField(max_length=500)
    mark = models.CharField(max_length=2)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "declarant"], name="each_declares_a_return_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_declarant_display()}, {self.name}"
