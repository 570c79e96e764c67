"""Postal votes of the demo: the day the packs went out, and an evening of reminders."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from campaigns.actions.campaign_settings import change_campaign
from campaigns.clock import UK
from campaigns.models import Campaign, Organisation
from canvassing.actions.contacts import record_contacts
from canvassing.models import Channel, Contact, ElectorStanding
from canvassing.reports.postal_wave import BY_POST
from canvassing.rules.contacts import ContactItem
from config.demo import cast
from config.demo.calendar import POLL
from config.demo.helpers import actor_of

PACKS_ON: Final = date(2024, 4, 15)
CALLED_FROM: Final = datetime(2024, 4, 22, 18, 30, tzinfo=UK)
CALLED_UNTIL: Final = datetime(2024, 4, 22, 20, 30, tzinfo=UK)
# Of those who pledged and vote by post.
REACHED, SENT = 0.5, 0.6


def remind_postal_voters(organisation: Organisation, *, now: datetime) -> None:
    """Once: a second load finds what they said."""
    contests = Campaign.objects.of(organisation).filter(election__poll_on=POLL)
    for campaign in contests.select_related("election", "organisation"):
        by = actor_of(cast.ORGANISER, at=CALLED_UNTIL)
        change_campaign(campaign, {"packs_go_out_on": PACKS_ON}, by=by, at=CALLED_FROM)
        called = Contact.objects.of(organisation).filter(
            campaign=campaign, posted__isnull=False
        )
        if now >= CALLED_UNTIL and not called.exists():
            items = list(said_to_callers(campaign))
            record_contacts(items, by=by, at=CALLED_UNTIL, campaign=campaign)


def said_to_callers(campaign: Campaign) -> Iterator[ContactItem]:
    pledges = ElectorStanding.objects.of(campaign.organisation_id).filter(
        campaign=campaign, is_current=True, pledged=True, votes_by__in=BY_POST
    )
    electors = pledges.order_by("ward_id", "walk_position", "elector_id")
    dice = Random(campaign.slug)  # noqa: S311 - must repeat
    for elector in electors.values_list("elector_id", flat=True):
        if dice.random() < REACHED:
            minutes = dice.randrange((CALLED_UNTIL - CALLED_FROM).seconds // 60)
            yield ContactItem(
                uuid=uuid5(NAMESPACE_URL, f"{campaign.slug}/posted/{elector}"),
                elector_id=elector,
                outcome="spoken",
                channel=Channel.PHONE,
                said_at=CALLED_FROM + timedelta(minutes=minutes),
                posted=dice.random() < SENT,
            )
