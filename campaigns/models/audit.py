"""What was done, what left the building, and replies already given."""

from django.db import models
from django.db.models.functions import Now

from campaigns.models.base import OrganisationScoped, RecordedBy


class AuditEntry(OrganisationScoped, RecordedBy):
    """One action: who did what, to what, when. Insert-only."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, null=True, db_constraint=False
    )
    verb = models.CharField(max_length=60)
    target = models.CharField(max_length=100, blank=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["organisation", "-id"], name="audit_latest"),
            # How many donors somebody looked up within the hour.
            models.Index(
                fields=["organisation", "by_kind", "by_id", "recorded_at"],
                condition=models.Q(verb="donor.looked_up"),
                name="audit_of_look_ups",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by_label}: {self.verb}"


class ExportRecord(OrganisationScoped, RecordedBy):
    """Elector data printed or exported: who, when, why, how many."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, null=True, blank=True
    )
    what = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    electors = models.PositiveIntegerField()
    file_name = models.CharField(max_length=255)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="export_has_a_reason"
            )
        ]
        indexes = [models.Index(fields=["organisation", "-id"], name="export_latest")]

    def __str__(self) -> str:
        return f"{self.what}: {self.reason}"


class IdempotentReply(OrganisationScoped):
    """A reply already given to a request that carried an Idempotency-Key.

    One `is_for_good` stays without its body, so that its key, which a row keeps too, is
    never taken for another request.
    """

    actor_kind = models.CharField(max_length=8)
    actor_id = models.BigIntegerField()
    key = models.CharField(max_length=100)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    is_for_good = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name_plural = "idempotent replies"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "actor_kind", "actor_id", "key"],
                name="one_reply_per_key",
            )
        ]

    def __str__(self) -> str:
        return self.key
