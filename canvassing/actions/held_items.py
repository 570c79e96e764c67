"""Held items: a person has them tried again, or lets them go with a reason."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.models import Campaign
from campaigns.rules.refusals import Refusal
from canvassing.actions.contact_filing import KIND
from canvassing.actions.contacts import record_contacts
from canvassing.models import HeldItem
from canvassing.rules.contacts import ContactItem, Verdict


class HeldItemRefused(Refusal):
    """The item is not waiting, or no reason is given to let it go."""


@transaction.atomic
def try_held_items(
    held: Sequence[HeldItem], *, by: Actor, at: datetime, campaign: Campaign
) -> list[Verdict]:
    """Send held contacts of a campaign through the same rules once more.

    What can be filed by now (the elector came back, the code was added) is filed under
    `by` and waits no longer; the rest stays held. Rows of files cannot be tried: the
    file is loaded again. Verdicts are in the order of the contacts among `held`.
    """
    items = [
        ContactItem.from_json(item.payload)
        for item in held
        if item.kind == KIND and item.resolved_at is None
    ]
    return record_contacts(items, by=by, at=at, campaign=campaign)


@transaction.atomic
def let_held_item_go(held: HeldItem, *, reason: str, by: Actor, at: datetime) -> None:
    """Close an item that is not to be filed; it stays on file, with the reason.

    Refused: no reason, an item that does not wait. Audit verb: `held_item.let_go`.
    """
    if not reason.strip():
        raise HeldItemRefused("no_reason", "Say why it is not to be filed.")
    waiting = HeldItem.objects.filter(pk=held.pk, resolved_at=None)
    if not waiting.update(resolved_at=at, resolution=reason.strip()[:300]):
        raise HeldItemRefused("not_waiting", "It has been dealt with already.")
    audit.record(
        "held_item.let_go",
        by=by,
        at=at,
        organisation_id=held.organisation_id,
        campaign_id=held.campaign_id,
        target=held,
    )
