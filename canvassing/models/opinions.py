"""Whether we may keep what somebody thinks: their objection, or their consent."""

from django.db import models
from django.db.models import Q

from campaigns.models.base import OrganisationScoped, RecordedBy


class ViewsObjection(OrganisationScoped, RecordedBy):
    """Somebody asked us not to record their views. They may still be spoken to.

    While it stands nothing of their views is shown; some days later it is erased.
    """

    elector = models.ForeignKey(
        "campaigns.Elector", on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField()
    # What it came with, to be taken back with it: a line on paper, a call, a hearing of
    # a phone's or a stall's helper. Somebody objects as long as one of those stands.
    came_with = models.UUIDField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "elector", "came_with"],
                condition=Q(lifted_at__isnull=True),
                nulls_distinct=False,
                name="objects_once_with_what_it_came",
            )
        ]

    def __str__(self) -> str:
        return f"objection of {self.elector_id}"


class OpinionConsent(OrganisationScoped, RecordedBy):
    """Somebody agreed that an organisation which is no party keeps what they think."""

    elector = models.ForeignKey(
        "campaigns.Elector", on_delete=models.PROTECT, related_name="+"
    )
    # The wording they agreed to (rules.opinions).
    version = models.CharField(max_length=20)
    text = models.TextField()
    channel = models.CharField(max_length=8)
    given_at = models.DateTimeField()
    # The contact it came with, to be taken back with it. Somebody agrees as long as
    # one of those stands.
    came_with = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "elector", "came_with"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="consents_once_with_what_it_came",
            )
        ]

    def __str__(self) -> str:
        return f"consent of {self.elector_id}"
