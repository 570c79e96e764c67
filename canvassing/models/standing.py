"""Standing: where each elector stands in one campaign now. Read a million times."""

from django.db import models
from django.db.models import Q

from campaigns.models.base import BulkScoped, bulk_key


class Eligible(models.IntegerChoices):
    NO = 0, "May not vote in this poll"
    YES = 1, "May vote"
    CHECK = 2, "Needs checking"


class VotesBy(models.IntegerChoices):
    IN_PERSON = 0, "In person"
    POST = 1, "By post"
    PROXY = 2, "By proxy"
    POSTAL_PROXY = 3, "By postal proxy"


class NoContact(models.IntegerChoices):
    """Bits of the two do-not-contact masks."""

    DOOR = 1
    PHONE = 2
    LETTER = 4
    EMAIL = 8
    ALL = 15


WALKING_ORDER = (
    "organisation",
    "campaign",
    "ward",
    "polling_district",
    "walk_position",
    "elector",
)


class ElectorStanding(BulkScoped):
    """One narrow row per campaign and elector of its wards.

    Written by the actions in the transaction of the fact; `rebuild_standing` makes it
    again from the facts and reports any difference.
    """

    pk = models.CompositePrimaryKey("organisation_id", "campaign_id", "elector_id")
    campaign = bulk_key("campaigns.Campaign")
    elector = bulk_key("campaigns.Elector")
    ward = bulk_key("campaigns.Ward")
    polling_district = bulk_key("campaigns.PollingDistrict")
    address = bulk_key("campaigns.Address", null=True)
    # Where the dwelling comes in its district: street, side, number, flat. A ward is
    # walked by polling_district, walk_position, elector.
    walk_position = models.BigIntegerField(db_default=0)
    # On the register and not hidden: false takes the row off every working page.
    is_current = models.BooleanField(db_default=True)
    is_anonymous = models.BooleanField(db_default=False)
    eligible = models.SmallIntegerField(choices=Eligible, db_default=Eligible.YES)
    votes_by = models.SmallIntegerField(choices=VotesBy, db_default=VotesBy.IN_PERSON)
    no_contact = models.SmallIntegerField(db_default=0)
    household_no_contact = models.SmallIntegerField(db_default=0)
    intention = bulk_key("canvassing.IntentionCode", null=True)
    intention_contact = bulk_key("canvassing.Contact", null=True)
    intention_at = models.DateTimeField(null=True)
    strength = models.SmallIntegerField(null=True)
    second_preference = bulk_key("campaigns.Candidate", null=True)
    second_preference_at = models.DateTimeField(null=True)
    pledged = models.BooleanField(db_default=False)
    pledge_contact = bulk_key("canvassing.Contact", null=True)
    pledge_at = models.DateTimeField(null=True)
    # Their postal vote has been sent back, as they said last.
    posted = models.BooleanField(db_default=False)
    posted_at = models.DateTimeField(null=True)
    last_contact = bulk_key("canvassing.Contact", null=True)
    last_contact_at = models.DateTimeField(null=True)
    last_spoken_at = models.DateTimeField(null=True)
    voted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=WALKING_ORDER,
                condition=Q(is_current=True),
                name="standing_in_walking_order",
            ),
            models.Index(
                fields=WALKING_ORDER,
                condition=Q(is_current=True, pledged=True, voted_at__isnull=True),
                name="standing_open_pledges",
            ),
            models.Index(
                fields=["organisation", "campaign", "ward"],
                condition=Q(is_current=False),
                name="standing_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"elector {self.elector_id} in campaign {self.campaign_id}"
