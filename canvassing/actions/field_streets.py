"""What a deliverer says of a street: copies put through, or why some were not."""

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from campaigns.actions.spending import OverLimitRefused
from campaigns.clock import day_of
from canvassing.actions.field_scene import FieldScene
from canvassing.actions.street_filing import StreetFiling, filing_streets
from canvassing.models import FieldPhone, LeafletStreet, MissReason
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
from canvassing.rules.street_words import Said, change_of_word

# Why it waits for an organiser, by how the desk would be refused.
HELD_AS: Final = {
    "done": OTHERS_WORD,
    "copies": "copies_out",
    "before": "before_round",
}


class _Read(NamedTuple):
    item: Sent
    street: int
    said: Said


def file_streets(sent: Sequence[Sent], scene: FieldScene) -> list[Verdict]:
    """Each says how a street stands: its `copies`, none where it is not done, `on` the
    day, where that is another than that of saying it, and `missed`, a `MissReason`,
    where something of it could not be reached. One after another, on top of those
    before it: what is said last stands, and what was said before that is filed and
    changes nothing. A fixed number of queries.

    Held: what is no street of the round, what the desk would be refused, and what would
    change what somebody else has written down; where an organiser accepts it, only what
    they wrote down after it was said.
    """
    known = _streets_known(scene)
    read = [_read(item, known, scene) for item in sent]
    streets = {one.street for one in read if isinstance(one, _Read)}
    leaflet_round = scene.issue.leaflet_round
    if leaflet_round is None or not streets:
        return [one for one in read if isinstance(one, Verdict)]
    with filing_streets(
        leaflet_round,
        streets,
        own_phones=_phones_of_whoever_speaks(scene),
        by=scene.by,
        at=scene.at,
    ) as filing:
        return [
            one if isinstance(one, Verdict) else _file(one, filing, scene)
            for one in read
        ]


def _streets_known(scene: FieldScene) -> set[int]:
    streets = LeafletStreet.objects.of(scene.organisation_id).filter(
        leaflet_round=scene.issue.leaflet_round_id
    )
    return set(streets.values_list("pk", flat=True))


def _read(item: Sent, known: Collection[int], scene: FieldScene) -> _Read | Verdict:
    try:
        street, when = item.integer("street"), scene.when(item)
        copies, on = item.optional_integer("copies") or 0, item.day("on")
        missed = item.one_of("missed", ("", *MissReason.values))
        if on and on > day_of(when):
            raise Unreadable("on is a day that had not come")
    except Unreadable as problem:
        return unreadable(item, problem)
    if street not in known:
        return held(item, "no_street")
    return _Read(item, street, Said(copies, on, missed, when, day_of(when)))


def _phones_of_whoever_speaks(scene: FieldScene) -> set[int]:
    theirs = FieldPhone.objects.filter(volunteer=scene.phone.volunteer_id)
    return set(theirs.values_list("pk", flat=True))


def _file(read: _Read, filing: StreetFiling, scene: FieldScene) -> Verdict:
    item, street, said = read
    try:
        change = change_of_word(
            said, filing.stands(street), is_accepted=scene.by.kind != "link"
        )
        if change is not None:
            filing.file(
                street, change, deliverer=scene.phone.volunteer, said_at=said.when
            )
    except OverLimitRefused:
        return held(item, "over_limit")
    except RoundsRefused as refusal:
        return held(item, HELD_AS[refusal.code])
    return filed(item)
