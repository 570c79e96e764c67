"""What a phone sends of doors: wishes to be left alone, and notes on buildings."""

from collections.abc import Sequence
from typing import Final

from campaigns.models import Address
from canvassing.actions.do_not_contact import Wish
from canvassing.actions.do_not_contact import keep_away as record_wishes
from canvassing.actions.field_scene import FieldScene
from canvassing.models import BuildingNote
from canvassing.reports.heard_by import with_phone
from canvassing.rules.contacts import Verdict
from canvassing.rules.field_items import (
    LONGEST_NOTE_ON_A_BUILDING,
    Sent,
    Unreadable,
    filed,
    held,
    unreadable,
)

SCOPES: Final = ("person", "household")
CHANNELS: Final = ("", "door", "phone", "letter", "email")
UNTIL: Final = ("", "election")


def keep_away(sent: Sequence[Sent], scene: FieldScene) -> list[Verdict]:
    """Wishes of people and households behind the round's doors."""
    read = [_wish(item, scene) for item in sent]
    wishes = [one for one in read if isinstance(one, Wish)]
    protected = iter(
        record_wishes(
            wishes, organisation_id=scene.organisation_id, by=scene.by, at=scene.at
        )
    )
    return [
        one
        if isinstance(one, Verdict)
        else filed(item)
        if next(protected)
        else held(item, "nobody_there")
        for item, one in zip(sent, read, strict=True)
    ]


def _wish(item: Sent, scene: FieldScene) -> Wish | Verdict:
    try:
        scope = item.one_of("scope", SCOPES)
        channel = item.one_of("channel", CHANNELS)
        until = item.one_of("until", UNTIL)
        by_door = "address" in item.values
        elector = None if by_door else scene.elector(item)
        home = elector.address_id if elector else None
        address = scene.door(item) if by_door else home
    except Unreadable as problem:
        return unreadable(item, problem)
    of_person = scope == "person"
    if address is None or (of_person and elector is None):
        return held(item, "not_on_round")
    when = scene.when(item)
    return Wish(
        when,
        elector_id=elector.elector_id if elector and of_person else None,
        address_id=None if of_person else address,
        channel=channel,
        campaign=scene.campaign if until else None,
        came_with=with_phone(scene.phone.pk, when),
    )


def note_buildings(sent: Sequence[Sent], scene: FieldScene) -> list[Verdict]:
    """What helps at a building's door; an empty note ends the one before."""
    verdicts = [_check_note(item, scene) for item in sent]
    good = [
        item for item, verdict in zip(sent, verdicts, strict=True) if not verdict.code
    ]
    addresses = Address.objects.of(scene.organisation_id).in_bulk(
        [item.integer("address") for item in good]
    )
    rows = [_note(item, addresses, scene) for item in good]
    BuildingNote.objects.bulk_create(rows, ignore_conflicts=True)
    return verdicts


def _check_note(item: Sent, scene: FieldScene) -> Verdict:
    try:
        if len(item.text("text").strip()) > LONGEST_NOTE_ON_A_BUILDING:
            return held(item, "long_note")
        return filed(item) if scene.door(item) else held(item, "not_on_round")
    except Unreadable as problem:
        return unreadable(item, problem)


def _note(item: Sent, addresses: dict[int, Address], scene: FieldScene) -> BuildingNote:
    address = addresses[item.integer("address")]
    note = BuildingNote(
        organisation_id=scene.organisation_id,
        council_id=address.council_id,
        building_key=address.building_key,
        uuid=item.uuid,
        text=item.text("text").strip(),
        said_at=scene.when(item),
    )
    note.recorded_by(scene.by)
    return note
