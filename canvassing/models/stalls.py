"""Helpers of a street stall: the link by which they join, and who did."""

from datetime import datetime

from django.db import models

from campaigns.models.base import OrganisationScoped, RecordedBy
from canvassing.models.sessions import CanvassSession
from canvassing.rules.shut_out import why_shut_out


class StallLink(OrganisationScoped, RecordedBy):
    """The way in to a stall for people without an account, for the electors of some
    wards, until a time. Opened once more, it has another secret and another code.

    Its secret is kept as a hash alone, and can be made again, to be shown on its page,
    from this seed and the site's key.
    """

    session = models.OneToOneField(
        CanvassSession, on_delete=models.CASCADE, related_name="link"
    )
    wards = models.ManyToManyField("campaigns.Ward", related_name="+")
    link_seed = models.CharField(max_length=32)
    secret_hash = models.CharField(max_length=64, unique=True)
    most_helpers = models.PositiveSmallIntegerField(default=20)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    # An organiser says that an adult is with helpers under 18; for twelve hours.
    accompanied_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.session.name

    def is_open(self, at: datetime) -> bool:
        return self.closed_at is None and at < self.expires_at


class StallHelper(OrganisationScoped):
    """Somebody who helps at a stall, with the key of the page they record on, kept as
    a hash alone: joining again, as they do each day, gives another key."""

    link = models.ForeignKey(
        StallLink, on_delete=models.CASCADE, related_name="helpers"
    )
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, related_name="+"
    )
    key_hash = models.CharField(max_length=64, unique=True)
    joined_at = models.DateTimeField()
    # The name that was typed, where we hold another for their number.
    joined_as = models.CharField(max_length=200, blank=True)
    left_at = models.DateTimeField(null=True)
    blocked_at = models.DateTimeField(null=True)
    # How often they looked for somebody since then, by the database's clock.
    finds = models.PositiveIntegerField(db_default=0)
    finds_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["link", "volunteer"], name="helper_once_at_a_stall"
            )
        ]

    def __str__(self) -> str:
        return f"helper {self.volunteer_id}"

    @property
    def shut_out_because(self) -> str:
        """The code of why they may not help any more, "" if they may."""
        return why_shut_out(
            blocked_at=self.blocked_at,
            stood_down_at=self.volunteer.stood_down_at,
            campaign_closed_at=self.link.session.campaign.closed_at,
        )
