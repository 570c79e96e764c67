"""Held items: tried again, put right and filed, or let go with a reason."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid5

from django.db import transaction
from django.db.models import QuerySet

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from canvassing.actions.contacts import (
    note_contact,
    record_contacts,
    refuse_strangers,
)
from canvassing.actions.field_accepting import PHONE_KINDS, file_held
from canvassing.models import Contact, HeldItem, HeldKind
from canvassing.rules.contact_times import CLOCK_OFFSET
from canvassing.rules.contacts import Answer, ContactItem

BATCH = 1000


class HeldItemRefused(Refusal):
    """The item is not waiting, is not theirs to let go, or no reason is given."""


def try_held_items(
    waiting: QuerySet[HeldItem], *, by: Actor, at: datetime, campaign: Campaign
) -> Counter[Answer]:
    """Send held items of a campaign through the same rules once more.

    What can be filed by now (the elector came back, the code was added, an organiser
    accepts what a closed phone sent) is filed under `by` and waits no longer; the rest
    stays held. Rows of files that name nobody we know, and what could not be read, are
    passed over. Each batch is a transaction of its own. Returns how many of each
    answer.
    """
    kinds = (HeldKind.CONTACT, *PHONE_KINDS)
    found = waiting.filter(kind__in=kinds, resolved_at=None).order_by("pk")
    counts: Counter[Answer] = Counter()
    last = 0
    while batch := list(found.filter(pk__gt=last)[:BATCH]):
        with transaction.atomic():
            counts.update(_try(batch, by=by, at=at, campaign=campaign))
        last = batch[-1].pk
    return counts


def _try(
    batch: Sequence[HeldItem], *, by: Actor, at: datetime, campaign: Campaign
) -> Iterator[Answer]:
    """Together what was sent by one clock."""
    refuse_strangers(by=by, campaign=campaign)
    together: dict[tuple[bool, timedelta], list[HeldItem]] = {}
    for held in batch:
        key = held.kind == HeldKind.CONTACT, _clock_offset(held)
        together.setdefault(key, []).append(held)
    for (are_contacts, offset), items in sorted(together.items()):
        if not are_contacts:
            yield from file_held(items, by=by, at=at, clock_offset=offset)
            continue
        contacts = [ContactItem.from_json(held.payload) for held in items]
        verdicts = record_contacts(
            contacts, by=by, at=at, campaign=campaign, clock_offset=offset
        )
        answers = [verdict.answer for verdict in verdicts]
        _no_longer_wait(items, answers, at=at)
        yield from answers


def _no_longer_wait(
    items: Sequence[HeldItem], answers: Sequence[Answer], *, at: datetime
) -> None:
    """Those that were on file already: what is new is let go as it is filed."""
    known = [
        held.pk
        for held, answer in zip(items, answers, strict=True)
        if answer is Answer.ALREADY_FILED
    ]
    waiting = HeldItem.objects.filter(pk__in=known, resolved_at=None)
    waiting.update(resolved_at=at, resolution="Filed.")


def _clock_offset(held: HeldItem) -> timedelta:
    return timedelta(seconds=held.payload.get(CLOCK_OFFSET, 0))


@transaction.atomic
def file_held_item(
    held: HeldItem, item: ContactItem, *, by: Actor, at: datetime, campaign: Campaign
) -> None:
    """File what was meant: the right elector, the right code; the item waits no more.

    It keeps the sender's id where that is free, so that what is sent again is known.
    Refused: an item that does not wait, or what would only be held again, saying why.
    Audit verb: `held_item.filed`.
    """
    if not _waiting(held).select_for_update().exists():
        raise HeldItemRefused("not_waiting", "It has been dealt with already.")
    on_file = Contact.objects.of(campaign.organisation_id).filter(uuid=held.uuid)
    uuid = uuid5(held.uuid, held.content_hash) if on_file.exists() else held.uuid
    note_contact(
        replace(item, uuid=uuid),
        by=by,
        at=at,
        campaign=campaign,
    )
    _waiting(held).update(
        resolved_at=at,
        resolution="Put right and filed.",
        payload={**held.payload, "filed_as": str(uuid)},
    )
    _record("held_item.filed", held, by=by, at=at)


@transaction.atomic
def let_held_item_go(held: HeldItem, *, reason: str, by: Actor, at: datetime) -> None:
    """Close an item that is not to be filed; it stays on file, with the reason.

    Refused: no reason, an item that does not wait, an actor who records no contacts.
    Audit verb: `held_item.let_go`.
    """
    if not by.can(
        Capability.RECORD_CONTACTS,
        organisation_id=held.organisation_id,
        campaign_id=held.campaign_id,
    ):
        raise HeldItemRefused("not_allowed", "You may not record contacts here.")
    if not reason.strip():
        raise HeldItemRefused("no_reason", "Say why it is not to be filed.")
    if not _waiting(held).update(resolved_at=at, resolution=reason.strip()[:300]):
        raise HeldItemRefused("not_waiting", "It has been dealt with already.")
    _record("held_item.let_go", held, by=by, at=at)


def _waiting(held: HeldItem) -> QuerySet[HeldItem]:
    return HeldItem.objects.filter(pk=held.pk, resolved_at=None)


def _record(verb: str, held: HeldItem, *, by: Actor, at: datetime) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=held.organisation_id,
        campaign_id=held.campaign_id,
        target=held,
    )
