"""What a phone sent is known again by its id; what cannot be filed is held."""

import json
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.crypto import salted_hmac

from canvassing.actions.field_scene import FieldScene
from canvassing.models import HeldItem, HeldKind, PhoneItem
from canvassing.rules.contact_times import CLOCK_OFFSET
from canvassing.rules.contacts import Answer, Verdict
from canvassing.rules.field_items import Kind, Sent, content_of


def content_hash(item: Sent) -> str:
    """Keyed: a short text, such as somebody's number, cannot be guessed from it."""
    content = json.dumps(content_of(item), sort_keys=True)
    return salted_hmac("canvassing.phone_item", content, algorithm="sha256").hexdigest()


def filed_hashes(items: Iterable[Sent], scene: FieldScene) -> dict[UUID, str]:
    """Of those that were filed before, by their ids."""
    uuids = [item.uuid for item in items]
    if not uuids:
        return {}
    known = PhoneItem.objects.of(scene.organisation_id).filter(uuid__in=uuids)
    return dict(known.values_list("uuid", "content_hash"))


def note_filed(
    items: Sequence[Sent], verdicts: Sequence[Verdict], scene: FieldScene
) -> None:
    """Contacts are known by their own table."""
    rows = [
        PhoneItem(
            organisation_id=scene.organisation_id,
            uuid=item.uuid,
            kind=item.kind,
            content_hash=content_hash(item),
            phone=scene.phone,
            received_at=scene.at,
        )
        for item, verdict in zip(items, verdicts, strict=True)
        if verdict.answer is Answer.FILED and item.kind != Kind.CONTACT
    ]
    PhoneItem.objects.bulk_create(rows, ignore_conflicts=True)


def hold_items(
    items: Sequence[Sent], verdicts: Sequence[Verdict], scene: FieldScene
) -> None:
    """Keep each that is held, once, as it was sent. Contacts that could be read are
    held as contacts, by who records them."""
    rows = [
        HeldItem(
            organisation_id=scene.organisation_id,
            campaign=scene.campaign,
            kind=HeldKind.UNREADABLE if verdict.code == "unreadable" else item.kind,
            uuid=item.uuid,
            content_hash=content_hash(item),
            payload=_payload(item, scene),
            code=verdict.code,
            reason=verdict.reason[:300],
            received_at=scene.at,
        )
        for item, verdict in zip(items, verdicts, strict=True)
        if verdict.answer is Answer.HELD
        and (item.kind != Kind.CONTACT or verdict.code == "unreadable")
    ]
    for row in rows:
        row.recorded_by(scene.by)
    HeldItem.objects.bulk_create(rows, ignore_conflicts=True)


def _payload(item: Sent, scene: FieldScene) -> dict[str, object]:
    """The item as it was sent; under `elector_id` whom it names, for who looks after
    what we hold of somebody."""
    named = item.values.get("elector")
    return {
        "sent": dict(item.values),
        CLOCK_OFFSET: scene.clock_offset.total_seconds(),
        **({"elector_id": named} if isinstance(named, int) else {}),
    }
