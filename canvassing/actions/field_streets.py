"""What a deliverer says of a street: copies put through, or why some were not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from campaigns.actions.spending import OverLimitRefused
from campaigns.clock import day_of
from canvassing.actions.field_scene import FieldScene
from canvassing.actions.leaflet_stock import mark_street_done, withdraw_delivery
from canvassing.models import (
    FieldPhone,
    LeafletDelivery,
    LeafletMiss,
    LeafletStreet,
    MissReason,
)
from canvassing.rules.contacts import Verdict
from canvassing.rules.field_items import (
    OTHERS_WORD,
    Sent,
    Unreadable,
    filed,
    held,
    unreadable,
)
from canvassing.rules.rounds import RoundsRefused

# Why it waits for an organiser, by how the desk would be refused.
HELD_AS: Final = {
    "done": OTHERS_WORD,
    "copies": "copies_out",
    "before": "before_round",
}


@dataclass(frozen=True, slots=True)
class Said:
    """How a street stands: `copies`, 0 where it is not done, put through `on` that day,
    where that is said, and a `MissReason` or nothing."""

    copies: int
    on: date | None
    missed: str
    when: datetime


def file_streets(sent: Sequence[Sent], scene: FieldScene) -> list[Verdict]:
    """Each says how a street stands: its `copies`, none where it is not done, `on` the
    day, where that is another than that of saying it, and `missed`, a `MissReason`,
    where something of it could not be reached. One after another, by the actions of the
    desk: what is said last stands, and what was said before that is filed and changes
    nothing.

    Held: what is no street of the round, what the desk would be refused, and what would
    change what somebody else has written down; where an organiser accepts it, only what
    they wrote down after it was said.
    """
    streets = LeafletStreet.objects.of(scene.organisation_id).filter(
        leaflet_round=scene.issue.leaflet_round_id
    )
    known = streets.select_related("leaflet_round__campaign").in_bulk()
    return [_file(item, known, scene) for item in sent]


def _file(item: Sent, known: Mapping[int, LeafletStreet], scene: FieldScene) -> Verdict:
    try:
        street = known.get(item.integer("street"))
        said = _said(item, scene)
    except Unreadable as problem:
        return unreadable(item, problem)
    if street is None:
        return held(item, "no_street")
    try:
        with transaction.atomic():
            _bring_to(street, said, scene)
    except OverLimitRefused:
        return held(item, "over_limit")
    except RoundsRefused as refusal:
        return held(item, HELD_AS[refusal.code])
    return filed(item)


def _said(item: Sent, scene: FieldScene) -> Said:
    when, on = scene.when(item), item.day("on")
    if on and on > day_of(when):
        raise Unreadable("on is a day that had not come")
    missed = item.one_of("missed", ("", *MissReason.values))
    return Said(item.optional_integer("copies") or 0, on, missed, when)


def _bring_to(street: LeafletStreet, said: Said, scene: FieldScene) -> None:
    standing = {"leaflet_street": street, "withdrawn_at": None}
    done = LeafletDelivery.objects.filter(**standing).first()
    miss = LeafletMiss.objects.filter(**standing).first()
    own = [one for one in (done, miss) if one and _is_theirs(one, scene)]
    if any(_said_at(one) > said.when for one in own):
        return
    if (done.copies if done else 0) != said.copies:
        if done and done not in own:
            _refuse_earlier(done, said, scene)
        day = done.delivered_on if done and done in own else day_of(said.when)
        _put_through(street, done, said, scene, day=said.on or day)
    if (miss.reason if miss else "") != said.missed:
        if miss and miss not in own:
            _refuse_earlier(miss, said, scene)
        _note_miss(street, miss, said, scene)


def _is_theirs(word: LeafletDelivery | LeafletMiss, scene: FieldScene) -> bool:
    """Said on a phone by whoever has this one."""
    if word.by_kind != "link" or word.by_id is None:
        return False
    theirs = FieldPhone.objects.filter(volunteer=scene.phone.volunteer_id)
    return theirs.filter(pk=word.by_id).exists()


def _said_at(word: LeafletDelivery | LeafletMiss) -> datetime:
    if isinstance(word, LeafletDelivery):
        return word.said_at or word.recorded_at
    return word.said_at


def _refuse_earlier(
    others: LeafletDelivery | LeafletMiss, said: Said, scene: FieldScene
) -> None:
    """What somebody else has written down is changed by an organiser alone, who accepts
    what was said after it."""
    if scene.by.kind == "link" or _said_at(others) > said.when:
        raise RoundsRefused("done", "Somebody else has written down something else.")


def _put_through(
    street: LeafletStreet,
    done: LeafletDelivery | None,
    said: Said,
    scene: FieldScene,
    *,
    day: date,
) -> None:
    if done:
        withdraw_delivery(street, by=scene.by, at=scene.at)
    if said.copies:
        mark_street_done(
            street,
            copies=said.copies,
            delivered_on=day,
            deliverer=scene.phone.volunteer,
            said_at=said.when,
            by=scene.by,
            at=scene.at,
        )


def _note_miss(
    street: LeafletStreet, miss: LeafletMiss | None, said: Said, scene: FieldScene
) -> None:
    if miss:
        miss.withdrawn_at = scene.at
        miss.save(update_fields=["withdrawn_at"])
    if said.missed:
        new = LeafletMiss(
            organisation_id=street.organisation_id,
            leaflet_street=street,
            reason=said.missed,
            said_at=said.when,
        )
        new.recorded_by(scene.by)
        new.save(force_insert=True)
