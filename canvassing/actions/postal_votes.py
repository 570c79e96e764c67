"""Somebody says that their postal vote is sent: one tick off the postal wave."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from campaigns.access import Actor
from campaigns.models import Campaign
from canvassing.actions.contacts import note_contact
from canvassing.models import ElectorStanding, OutcomeCode, OutcomeKind
from canvassing.rules.contacts import ContactItem


@transaction.atomic
def tick_off(
    elector_id: int, *, campaign: Campaign, channel: str, by: Actor, at: datetime
) -> bool:
    """File that they said so, by this channel; False where they had said so before.

    Two ticks at once are one contact. Refused, and audited, as by `note_contact`.
    """
    standing = ElectorStanding.objects.select_for_update(no_key=True).get(
        organisation=campaign.organisation_id, campaign=campaign, elector=elector_id
    )
    if standing.posted:
        return False
    item = ContactItem(
        uuid=uuid4(),
        elector_id=elector_id,
        outcome=_spoken(campaign),
        channel=channel,
        said_at=at,
        posted=True,
    )
    note_contact(item, by=by, at=at, campaign=campaign)
    return True


def _spoken(campaign: Campaign) -> str:
    """The campaign's first code for a talk; none where it has none."""
    codes = OutcomeCode.objects.filter(
        campaign=campaign, kind=OutcomeKind.SPOKEN, retired_at=None
    )
    found = codes.order_by("position", "pk").values_list("code", flat=True).first()
    return found or ""
