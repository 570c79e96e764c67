"""How many doors each volunteer has knocked on."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count

from campaigns.models import Campaign
from canvassing.models import Channel, Contact


def doors_knocked(
    campaign: Campaign, volunteers: Collection[int], since: datetime
) -> dict[int, int]:
    """Homes at which each of these recorded something, on a phone or on a card, by the
    volunteer's id."""
    contacts = Contact.objects.filter(
        organisation=campaign.organisation_id,
        campaign=campaign,
        effective_at__gte=since,
        channel__in=(Channel.DOOR, Channel.PAPER),
        spoke__in=volunteers,
    )
    counted = contacts.values_list("spoke").annotate(
        Count("elector__address", distinct=True)
    )
    return dict(counted)
