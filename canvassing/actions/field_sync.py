"""What a phone sends: each item once, filed or held, each kind by its own handler."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from canvassing.access import actor_of_phone
from canvassing.actions import (
    field_contacts,
    field_details,
    field_doors,
    field_opinions,
    field_people,
    field_streets,
)
from canvassing.actions.field_ledger import (
    content_hash,
    filed_hashes,
    hold_items,
    note_filed,
)
from canvassing.actions.field_scene import FieldScene, RoundNow, round_now, scene_of
from canvassing.actions.phones import note_seen
from canvassing.models import FieldPhone
from canvassing.rules.contact_times import is_clock_sound, was_surely_said_between
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
    Kind.STREET: field_streets.file_streets,
}


def receive(
    phone: FieldPhone,
    items: Sequence[Any],
    *,
    sent_at: Any,
    arrived: datetime,
    at: datetime,
) -> list[Verdict]:
    """File what can be filed, hold the rest: one verdict for each item, in their order.

    Within a transaction in which the phone's round is locked, as `phone_with` does, so
    that those of one round come one after another; in a fixed number of queries.
    `items` and `sent_at` are as they came out of `read_json`, `arrived` is from before
    anybody was waited for: the phone's clock is judged by it. What a phone sends that
    was cut off or whose time was over, or in a closed campaign, is all held, also what
    it recorded before: an organiser decides. Where the round was handed back, or the
    phone signed out, what was surely said before that is filed, and the rest held.
    Audit verbs: those of the actions it calls.
    """
    sent = read_items(items)
    # Read by a statement of its own: the one that waited for the lock still saw what
    # was true before. Nobody can take the round back now, or file beside us.
    stands = round_now(phone, at=at)
    offset = clock_offset(sent_at, received_at=arrived)
    note_seen(phone, at=at)
    scene = scene_of(
        phone,
        sent,
        stands,
        by=actor_of_phone(phone, doors=stands.doors),
        at=at,
        clock_offset=offset or timedelta(0),
    )
    in_time = _said_in_time(sent, scene, stands, offset)
    return file_items(sent, scene, closed=stands.closed, in_time=in_time)


def _said_in_time(
    sent: Sequence[Sent],
    scene: FieldScene,
    stands: RoundNow,
    offset: timedelta | None,
) -> frozenset[int]:
    """The places of those that a phone said while it had the doors, which it or its
    round gave back since."""
    day_moved = scene.campaign.organisation.clock_offset
    if stands.had_doors is None or offset is None:
        return frozenset()
    if not is_clock_sound(offset, day_moved=day_moved):
        return frozenset()
    since, until = stands.had_doors
    return frozenset(
        place
        for place, item in enumerate(sent)
        if was_surely_said_between(
            item.said_at,
            since=since,
            until=until,
            received_at=scene.at,
            clock_offset=offset,
        )
    )


def file_items(
    sent: Sequence[Sent],
    scene: FieldScene,
    *,
    closed: str = "",
    in_time: Collection[int] = (),
) -> list[Verdict]:
    """Those not filed before go to their handlers; `closed` says why none may, but for
    those at the places `in_time`."""
    verdicts = _known_before(sent, scene)
    places_of: dict[str, list[int]] = {}
    for place, item in enumerate(sent):
        if place not in verdicts:
            places_of.setdefault(item.kind, []).append(place)
    for kind, handler in HANDLERS.items():
        places = places_of.get(kind, [])
        late = [place for place in places if closed and place not in in_time]
        for some in ([place for place in places if place not in late], late):
            batch = [sent[place] for place in some]
            if batch:
                hold = some is late
                answers = _hold(batch, scene, closed) if hold else handler(batch, scene)
                verdicts.update(zip(some, answers, strict=True))
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
