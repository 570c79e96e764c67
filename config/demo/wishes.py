"""Those who do not want to be contacted, and contacts that nobody could file."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from campaigns.models import Campaign, Elector, Organisation
from canvassing.actions.contacts import record_contacts
from canvassing.actions.do_not_contact import (
    keep_away_from_household,
    keep_away_from_person,
    lift_do_not_contact,
)
from canvassing.models import Channel, Contact, DoNotContact, HeldItem, OutcomeKind
from canvassing.rules.contacts import ContactItem
from config.demo import cast
from config.demo.helpers import actor_of

EVERY = 12  # of those who refused, one in so many asked to be left alone


def record_wishes(organisation: Organisation, *, now: datetime) -> None:
    """Some who refused at the door asked for more: for good, or for this election."""
    if DoNotContact.objects.of(organisation).exists():
        return
    refused = (
        Contact.objects.of(organisation)
        .filter(outcome__kind=OutcomeKind.REFUSED)
        .select_related("elector__address", "campaign")
        .order_by("effective_at", "pk")[::EVERY]
    )
    for nth, contact in enumerate(refused):
        by, at = actor_of(cast.ORGANISER, at=contact.effective_at), contact.effective_at
        match nth % 8:
            case 0 if contact.elector.address:
                keep_away_from_household(contact.elector.address, by=by, at=at)
            case 1:
                wish = keep_away_from_person(contact.elector, by=by, at=at)
                later = at + timedelta(days=3)
                if nth == 1 and later <= now:
                    reason = "Wrote to say that we may call again."
                    lift_do_not_contact(wish, reason=reason, by=by, at=later)
            case 2:
                keep_away_from_person(
                    contact.elector, by=by, at=at, channel=Channel.LETTER
                )
            case 3:
                keep_away_from_person(
                    contact.elector, by=by, at=at, campaign=contact.campaign
                )
            case _:
                keep_away_from_person(
                    contact.elector, by=by, at=at, channel=Channel.DOOR
                )


def hold_what_cannot_be_filed(organisation: Organisation, *, now: datetime) -> None:
    """A phone that was last in touch before the update: some on it have left since."""
    if HeldItem.objects.of(organisation).exists():
        return
    campaign = Campaign.objects.get(slug=cast.MAYOR)
    gone = (
        Elector.objects.of(organisation)
        .filter(on_register=False, merged_into__isnull=True)
        .exclude(forename="")
        .order_by("pk")[:4]
    )
    at = now.replace(hour=9, minute=12)
    items = [
        ContactItem(
            uuid=uuid5(NAMESPACE_URL, f"held/{elector.elector_number}"),
            elector_id=elector.pk,
            outcome=OutcomeKind.SPOKEN,
            channel=Channel.DOOR,
            said_at=at - timedelta(hours=15, minutes=7 * nth),
            intention="U",
        )
        for nth, elector in enumerate(gone)
    ]
    record_contacts(items, by=actor_of(cast.ORGANISER, at=at), at=at, campaign=campaign)
