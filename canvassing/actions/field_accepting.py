"""An organiser accepts what a phone sent that was held: filed as if it had come now."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from campaigns.access import Actor
from canvassing.actions.field_scene import round_now, scene_of
from canvassing.actions.field_sync import HANDLERS, file_items
from canvassing.models import FieldPhone, HeldItem
from canvassing.rules.contacts import Answer
from canvassing.rules.field_items import Kind, read_items

# What is held of a phone besides contacts, which are filed as all contacts are.
PHONE_KINDS: Final = tuple(kind for kind in HANDLERS if kind != Kind.CONTACT)


def file_held(
    items: Sequence[HeldItem], *, by: Actor, at: datetime, clock_offset: timedelta
) -> Iterator[Answer]:
    """Through the handlers of their kinds, as from the phone that sent them.

    Inside the caller's transaction. What is filed waits no longer.
    """
    phones = FieldPhone.objects.select_related(
        *("issue__round", "issue__leaflet_round", "volunteer"),
        *("campaign__election", "campaign__organisation"),
    ).in_bulk({held.by_id for held in items})
    for phone in phones.values():
        theirs = [held for held in items if held.by_id == phone.pk]
        sent = read_items(held.payload["sent"] for held in theirs)
        stands = round_now(phone, at=at)
        scene = scene_of(phone, sent, stands, by=by, at=at, clock_offset=clock_offset)
        verdicts = file_items(sent, scene)
        filed = [
            held.pk
            for held, verdict in zip(theirs, verdicts, strict=True)
            if verdict.answer is not Answer.HELD
        ]
        HeldItem.objects.filter(pk__in=filed, resolved_at=None).update(
            resolved_at=at, resolution="Filed."
        )
        yield from (verdict.answer for verdict in verdicts)
