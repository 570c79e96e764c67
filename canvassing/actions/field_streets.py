"""What a deliverer says of a street: copies put through, or why some were not."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from campaigns.actions.spending import OverLimitRefused
from campaigns.clock import day_of
from canvassing.actions.field_scene import FieldScene
from canvassing.actions.leaflet_stock import mark_street_done, withdraw_delivery
from canvassing.models import LeafletDelivery, LeafletMiss, LeafletStreet, MissReason
from canvassing.rules.contacts import Verdict
from canvassing.rules.field_items import Sent, Unreadable, filed, held, unreadable
from canvassing.rules.rounds import RoundsRefused

# Why it waits for an organiser, by how the desk would be refused.
HELD_AS: Final = {
    "done": "street_done",
    "copies": "copies_out",
    "before": "before_round",
}


def file_streets(sent: Sequence[Sent], scene: FieldScene) -> list[Verdict]:
    """Each says how a street stands: its `copies`, none where it is not done, and
    `missed`, a `MissReason`, where something of it could not be reached. One after
    another, by the actions of the desk: what is said last stands.

    Held: what is no street of the round, what the desk would be refused, and what would
    change what somebody else has written down.
    """
    streets = LeafletStreet.objects.of(scene.organisation_id).filter(
        leaflet_round=scene.issue.leaflet_round_id
    )
    known = streets.select_related("leaflet_round__campaign").in_bulk()
    return [_file(item, known, scene) for item in sent]


def _file(item: Sent, known: Mapping[int, LeafletStreet], scene: FieldScene) -> Verdict:
    try:
        street = known.get(item.integer("street"))
        copies = item.optional_integer("copies") or 0
        missed = item.one_of("missed", ("", *MissReason.values))
    except Unreadable as problem:
        return unreadable(item, problem)
    if street is None:
        return held(item, "no_street")
    when = scene.when(item)
    try:
        with transaction.atomic():
            _bring_to(street, copies, scene, when=when)
            _note_miss(street, missed, scene, when=when)
    except OverLimitRefused:
        return held(item, "over_limit")
    except RoundsRefused as refusal:
        return held(item, HELD_AS[refusal.code])
    return filed(item)


def _bring_to(
    street: LeafletStreet, copies: int, scene: FieldScene, *, when: datetime
) -> None:
    done = LeafletDelivery.objects.filter(
        leaflet_street=street, withdrawn_at=None
    ).first()
    if (done.copies if done else 0) == copies:
        return
    if done and not _may_change(done, scene):
        raise RoundsRefused("done", f"Somebody else has written down {street}.")
    if done:
        withdraw_delivery(street, by=scene.by, at=scene.at)
    if copies:
        mark_street_done(
            street,
            copies=copies,
            delivered_on=day_of(when),
            deliverer=scene.phone.volunteer,
            said_at=when,
            by=scene.by,
            at=scene.at,
        )


def _may_change(done: LeafletDelivery, scene: FieldScene) -> bool:
    """Whoever said it on a phone, and an organiser who accepts what a phone sent."""
    if scene.by.kind != "link":
        return True
    return done.by_kind == "link" and done.deliverer_id == scene.phone.volunteer_id


def _note_miss(
    street: LeafletStreet, missed: str, scene: FieldScene, *, when: datetime
) -> None:
    standing = LeafletMiss.objects.filter(leaflet_street=street, withdrawn_at=None)
    if missed and standing.filter(reason=missed).exists():
        return
    standing.update(withdrawn_at=scene.at)
    if missed:
        miss = LeafletMiss(
            organisation_id=street.organisation_id,
            leaflet_street=street,
            reason=missed,
            said_at=when,
        )
        miss.recorded_by(scene.by)
        miss.save(force_insert=True)
