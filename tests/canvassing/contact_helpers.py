"""Short ways to say in a test that somebody said something."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from campaigns.access import Actor, system
from campaigns.models import Campaign, Elector
from canvassing.actions.codes import default_codes
from canvassing.actions.contacts import record_contacts
from canvassing.actions.standing import rebuild_standing
from canvassing.models import ElectorStanding
from canvassing.rules.contacts import ContactItem, Verdict
from tests.cast import NOW


def prepare(campaign: Campaign) -> None:
    """Codes, and a row of standing for every elector there is by now."""
    by = system(campaign.organisation)
    default_codes(campaign=campaign, by=by, at=NOW)
    rebuild_standing(campaign=campaign, by=by, at=NOW)


def said(elector: Elector, intention: str = "", **fields: Any) -> ContactItem:
    """An answer at the door an hour ago, unless told otherwise."""
    fields.setdefault("uuid", uuid4())
    fields.setdefault("outcome", "spoken")
    fields.setdefault("channel", "door")
    fields.setdefault("said_at", NOW - timedelta(hours=1))
    return ContactItem(elector_id=elector.pk, intention=intention, **fields)


def record(
    campaign: Campaign,
    *items: ContactItem,
    by: Actor | None = None,
    at: datetime = NOW,
    **options: Any,
) -> list[Verdict]:
    by = by or system(campaign.organisation)
    return record_contacts(items, by=by, at=at, campaign=campaign, **options)


def standing(campaign: Campaign, elector: Elector) -> ElectorStanding:
    return ElectorStanding.objects.select_related(
        "intention", "intention_contact", "pledge_contact"
    ).get(organisation=campaign.organisation, campaign=campaign, elector=elector)


def differences(campaign: Campaign) -> int:
    """How many rows of standing do not follow from the facts (repaired by now)."""
    by = system(campaign.organisation)
    return rebuild_standing(campaign=campaign, by=by, at=NOW).different
