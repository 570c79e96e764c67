"""What a phone sends: each item once, filed or held, each kind by its own handler."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from campaigns.planned import planned_cursor
from canvassing.access import actor_of_phone
from canvassing.actions import (
    field_contacts,
    field_details,
    field_doors,
    field_opinions,
    field_people,
)
from canvassing.actions.field_ledger import (
    content_hash,
    filed_hashes,
    hold_items,
    note_filed,
)
from canvassing.actions.field_scene import FieldScene, round_now, scene_of
from canvassing.actions.phones import note_seen
from canvassing.models import FieldPhone
from canvassing.rules.contacts import Answer, Verdict
from canvassing.rules.field_items import (
    Kind,
    Sent,
    clock_offset,
    held,
    read_items,
    unreadable,
)

# One verdict for each item, in their order.
Handler = Callable[[Sequence[Sent], FieldScene], list[Verdict]]
# In the order in which a batch is filed: who knocks comes before what they heard.
HANDLERS: Final[dict[str, Handler]] = {
    Kind.KNOCKER: field_people.join_beside,
    Kind.SENT_TO: field_people.send_to_doors,
    Kind.LEFT: field_people.leave,
    Kind.CONTACT: field_contacts.record,
    Kind.WISH: field_doors.keep_away,
    Kind.BUILDING_NOTE: field_doors.note_buildings,
    Kind.CONTACT_DETAIL: field_details.file_details,
    Kind.NO_OPINIONS: field_opinions.file_objections,
}

LOCK: Final = """
SELECT FROM canvassing_roundissue WHERE id = %s::bigint FOR NO KEY UPDATE
"""


@transaction.atomic
def receive(
    phone: FieldPhone, items: Sequence[Any], *, sent_at: Any, at: datetime
) -> list[Verdict]:
    """File what can be filed, hold the rest: one verdict for each item, in their order.

    `items` and `sent_at` are as they came out of JSON. What a closed phone sends, or
    one of a closed campaign, is all held, also what it recorded before: an organiser
    decides. The batch is one transaction, in a fixed number of queries, and those of
    one round come one after another. Audit verbs: those of the actions it calls.
    """
    sent = read_items(items)
    # Read by a statement of its own: one that waited for the lock would still see what
    # was true before. From now on nobody can take the round back, or file beside us.
    with planned_cursor() as cursor:
        cursor.execute(LOCK, [phone.issue_id])
    stands = round_now(phone, at=at)
    note_seen(phone, at=at)
    scene = scene_of(
        phone,
        sent,
        stands,
        by=actor_of_phone(phone, doors=stands.doors),
        at=at,
        clock_offset=clock_offset(sent_at, received_at=at),
    )
    return file_items(sent, scene, closed=stands.closed)


def file_items(
    sent: Sequence[Sent], scene: FieldScene, *, closed: str = ""
) -> list[Verdict]:
    """Those not filed before go to their handlers; `closed` says why none may."""
    verdicts = _known_before(sent, scene)
    for kind, handler in HANDLERS.items():
        places = [
            place
            for place, item in enumerate(sent)
            if item.kind == kind and place not in verdicts
        ]
        if places:
            batch = [sent[place] for place in places]
            answers = _hold(batch, scene, closed) if closed else handler(batch, scene)
            verdicts.update(zip(places, answers, strict=True))
    answered = [verdicts[place] for place in range(len(sent))]
    hold_items(sent, answered, scene)
    note_filed(sent, answered, scene)
    return answered


def _hold(batch: Sequence[Sent], scene: FieldScene, closed: str) -> list[Verdict]:
    if batch[0].kind == Kind.CONTACT:
        return field_contacts.hold(batch, scene, closed)
    return [held(item, closed) for item in batch]


def _known_before(sent: Sequence[Sent], scene: FieldScene) -> dict[int, Verdict]:
    """By place: what cannot be read, and what was filed before or stands earlier in the
    batch. Contacts are known by their own table."""
    ours = [item for item in sent if item.kind != Kind.CONTACT and not item.problem]
    before = filed_hashes(ours, scene)
    verdicts: dict[int, Verdict] = {}
    for place, item in enumerate(sent):
        if item.problem:
            verdicts[place] = unreadable(item, item.problem)
        elif item.kind != Kind.CONTACT:
            content = content_hash(item)
            if item.uuid not in before:
                before[item.uuid] = content
            elif before[item.uuid] == content:
                verdicts[place] = Verdict(item.uuid, Answer.ALREADY_FILED)
            else:
                verdicts[place] = held(item, "other_item")
    return verdicts
