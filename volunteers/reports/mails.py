"""E-mails to volunteers that could not be sent."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.access import Actor
from campaigns.models import Campaign
from volunteers.access import volunteers_for
from volunteers.models import VolunteerMail


def mails_not_sent(by: Actor, *, campaign: Campaign) -> QuerySet[VolunteerMail]:
    """Those of this campaign to volunteers within reach, the latest first: given up,
    or tried and to be tried again."""
    theirs = volunteers_for(by, campaign=campaign).filter(pk=OuterRef("volunteer"))
    return (
        VolunteerMail.objects.of(campaign.organisation_id)
        .filter(~Q(fault=""), Exists(theirs), campaign=campaign, sent_at__isnull=True)
        .select_related("volunteer", "shift")
        .order_by("-pk")
    )
