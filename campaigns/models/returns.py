"""The return: made, declared, filed, then frozen; only a new version corrects it."""

from django.db import models
from django.db.models import Q

from campaigns.models.base import OrganisationScoped, RecordedBy
from campaigns.models.documents import MoneyDocument
from campaigns.models.jobs import StoredFile
from campaigns.models.money import MoneyField


class SpendingReturn(OrganisationScoped, RecordedBy):
    """One version of a candidate's return, as it stood when it was made.

    `content` holds every section and line with the numbers of its documents, and
    `sha256` is of that; `counted` and `donated` are its totals, kept to be compared
    with what the lines come to. The database lets nobody change a filed one.
    """

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="returns"
    )
    version = models.PositiveSmallIntegerField()
    is_nil = models.BooleanField(default=False)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    counted = MoneyField()
    donated = MoneyField()
    made_at = models.DateTimeField()
    # Why this version stands in for the one before it; empty for the first.
    correction = models.CharField(max_length=500, blank=True)
    # The paper as it was handed in, receipts and all.
    bundle = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    filed_on = models.DateField(null=True)
    # With whom and how it was handed in.
    filed_how = models.CharField(max_length=300, blank=True)
    # Put away unfiled, because another was made instead.
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "version"], name="one_return_per_version"
            ),
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(filed_on__isnull=True, dropped_at__isnull=True),
                name="one_open_return_per_campaign",
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(correction=""),
                name="later_return_says_why",
            ),
            models.CheckConstraint(
                condition=Q(filed_on__isnull=True)
                | Q(dropped_at__isnull=True) & ~Q(filed_how=""),
                name="filed_return_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"Return, version {self.version}"


class Declarant(models.TextChoices):
    AGENT = "agent", "Election agent"
    CANDIDATE = "candidate", "Candidate"


class ReturnDeclaration(OrganisationScoped, RecordedBy):
    """Somebody signed that a return is complete and correct; the words are kept."""

    spending_return = models.ForeignKey(
        SpendingReturn, on_delete=models.PROTECT, related_name="declarations"
    )
    declarant = models.CharField(max_length=9, choices=Declarant)
    name = models.CharField(max_length=200)
    wording = models.TextField()
    signed_on = models.DateField()
    # The signed paper.
    document = models.OneToOneField(
        MoneyDocument, on_delete=models.PROTECT, null=True, blank=True
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["spending_return", "declarant"],
                name="each_declares_once_per_return",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.signed_on}"
