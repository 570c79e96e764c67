"""What a phone sends of those who knock: who joined beside it, is where, or left."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from campaigns.phone_numbers import PhoneNumberRefused, e164
from canvassing.actions.field_scene import FieldScene
from canvassing.models import KnockerPause, RoundKnocker
from canvassing.rules.contacts import Verdict
from canvassing.rules.field_items import Sent, Unreadable, filed, held, unreadable
from volunteers.actions.consents import give_promises
from volunteers.actions.joining import (
    LONGEST_NAME,
    Person,
    find_or_sign_up,
    other_name,
)
from volunteers.models import Volunteer

# The last word on each of them stands, by when it was said.
SEND = """
UPDATE canvassing_roundknocker k SET address_id = said.address, sent_at = said.at
FROM unnest(%(volunteers)s::bigint[], %(addresses)s::bigint[], %(ats)s::timestamptz[])
     AS said (volunteer, address, at)
WHERE k.issue_id = %(issue)s AND k.volunteer_id = said.volunteer
  AND (k.sent_at IS NULL OR k.sent_at <= said.at)
"""
# Who came back after it was away meanwhile. Once somebody of age has left, an organiser
# has to say anew who is with the others.
LEAVE = """
WITH said AS (
    SELECT k.id, k.organisation_id, k.volunteer_id, word.at, word.back
    FROM unnest(%(volunteers)s::bigint[], %(ats)s::timestamptz[],
                %(backs)s::timestamptz[]) AS word (volunteer, at, back)
    JOIN canvassing_roundknocker k
      ON k.issue_id = %(issue)s AND k.volunteer_id = word.volunteer
), paused AS (
    INSERT INTO canvassing_knockerpause (organisation_id, knocker_id, left_at, back_at)
    SELECT organisation_id, id, at, back FROM said WHERE back IS NOT NULL
    RETURNING knocker_id
), gone AS (
    UPDATE canvassing_roundknocker k SET left_at = said.at
    FROM said WHERE k.id = said.id AND said.back IS NULL AND k.left_at IS NULL
    RETURNING k.id
)
UPDATE canvassing_roundissue SET accompanied_at = NULL
WHERE id = %(issue)s AND EXISTS (
    SELECT FROM said JOIN volunteers_volunteer v ON v.id = said.volunteer_id
    WHERE NOT v.is_under_18
      AND said.id IN (SELECT id FROM gone UNION ALL SELECT knocker_id FROM paused))
"""


def join_beside(sent: Sequence[Sent], scene: FieldScene) -> list[Verdict]:
    """People without a phone of their own who gave the promise on this one; somebody
    under 18 may, as whoever holds the phone is with them."""
    taken = _taken_ids(sent, scene)
    read = [
        held(item, "other_item") if item.uuid in taken else _person(item)
        for item in sent
    ]
    people = [one for one in read if isinstance(one, Person)]
    found = iter(
        find_or_sign_up(
            people, organisation=scene.campaign.organisation, by=scene.by, at=scene.at
        )
    )
    volunteers = [next(found) if isinstance(one, Person) else None for one in read]
    joined = {
        item.uuid: volunteer
        for item, volunteer in zip(sent, volunteers, strict=True)
        if volunteer is not None
    }
    typed = {
        volunteer.pk: other_name(person, volunteer)
        for person, volunteer in zip(read, volunteers, strict=True)
        if isinstance(person, Person) and volunteer is not None
    }
    give_promises(list(joined.values()), by=scene.by, at=scene.at)
    _add_knockers([item for item in sent if item.uuid in joined], joined, typed, scene)
    return [
        one
        if isinstance(one, Verdict)
        else filed(item)
        if item.uuid in joined
        else held(item, "stood_down")
        for item, one in zip(sent, read, strict=True)
    ]


def _taken_ids(sent: Sequence[Sent], scene: FieldScene) -> set[UUID]:
    """Those under which somebody knocks already."""
    knockers = RoundKnocker.objects.of(scene.organisation_id)
    taken = knockers.filter(uuid__in=[item.uuid for item in sent])
    return set(taken.values_list("uuid", flat=True))


def _person(item: Sent) -> Person | Verdict:
    try:
        name, mobile = item.text("name").strip(), item.text("mobile")
        promised, is_18 = item.flag("promised"), item.flag("is_18")
    except Unreadable as problem:
        return unreadable(item, problem)
    if not promised:
        return held(item, "no_promise")
    if not 0 < len(name) <= LONGEST_NAME:
        return held(item, "no_name")
    try:
        return Person(name, e164(mobile), is_18=bool(is_18))
    except PhoneNumberRefused:
        return held(item, "bad_mobile")


def _add_knockers(
    sent: Sequence[Sent],
    joined: Mapping[UUID, Volunteer],
    typed: Mapping[int, str],
    scene: FieldScene,
) -> None:
    """One row for each volunteer, from the earliest that was said, with the name typed
    where we hold another; whoever knocks already is known under both ids for this
    batch, and comes back where they had left before."""
    for item in sent:
        theirs = scene.joins.setdefault(joined[item.uuid].pk, [])
        theirs.append(_on_the_round(item, scene))
    rows = {
        volunteer.pk: RoundKnocker(
            organisation_id=scene.organisation_id,
            issue=scene.issue,
            volunteer=volunteer,
            uuid=item.uuid,
            joined_at=min(scene.joins[volunteer.pk]),
            joined_as=typed[volunteer.pk],
        )
        for item in sent
        for volunteer in (joined[item.uuid],)
    }
    known = RoundKnocker.objects.filter(issue=scene.issue, volunteer__in=rows)
    come_back(known, scene.joins)
    for before in known.all():
        row = rows[before.volunteer_id]
        row.joined_at = min(row.joined_at, before.joined_at)
        row.left_at = before.left_at
    RoundKnocker.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["issue", "volunteer"],
        update_fields=["uuid", "joined_as", "joined_at", "left_at"],
    )
    scene.knockers.update({uuid: one.pk for uuid, one in joined.items()})


def _on_the_round(item: Sent, scene: FieldScene) -> datetime:
    """When somebody came or went; nobody did before the round went out."""
    return max(scene.when(item), scene.issue.issued_at)


def come_back(
    knockers: QuerySet[RoundKnocker], joins: Mapping[int, Collection[datetime]]
) -> None:
    """Those of them who left before one of the times beside their volunteer's id are
    there again, and were away until the first of these."""
    pauses = [
        KnockerPause(
            organisation_id=one.organisation_id,
            knocker=one,
            left_at=one.left_at,
            back_at=min(back),
        )
        for one in knockers
        if (left := one.left_at)
        and (back := [at for at in joins[one.volunteer_id] if left <= at])
    ]
    KnockerPause.objects.bulk_create(pauses)
    knockers.filter(pk__in=[pause.knocker_id for pause in pauses]).update(left_at=None)


def send_to_doors(sent: Sequence[Sent], scene: FieldScene) -> list[Verdict]:
    """Which door somebody was sent to last."""
    verdicts = [_check_knocker(item, scene, at_a_door=True) for item in sent]
    last: dict[int, Sent] = {}
    for who, item in _good(sent, verdicts, scene):
        if who not in last or last[who].said_at <= item.said_at:
            last[who] = item
    _run(
        SEND,
        scene,
        volunteers=list(last),
        addresses=[item.integer("address") for item in last.values()],
        ats=[scene.when(item) for item in last.values()],
    )
    return verdicts


def leave(sent: Sequence[Sent], scene: FieldScene) -> list[Verdict]:
    """Whoever joined again later in the batch was away until then."""
    verdicts = [_check_knocker(item, scene) for item in sent]
    last: dict[tuple[int, datetime | None], datetime] = {}
    for who, item in _good(sent, verdicts, scene):
        at = _on_the_round(item, scene)
        joins = scene.joins.get(who, ())
        back = min((join for join in joins if join > at), default=None)
        last[who, back] = max(at, last.get((who, back), at))
    _run(
        LEAVE,
        scene,
        volunteers=[who for who, _back in last],
        ats=list(last.values()),
        backs=[back for _who, back in last],
    )
    return verdicts


def _check_knocker(
    item: Sent, scene: FieldScene, *, at_a_door: bool = False
) -> Verdict:
    try:
        if item.uuid_of("knocker") not in scene.knockers:
            return held(item, "unknown_knocker")
        if at_a_door and scene.door(item) is None:
            return held(item, "not_on_round")
    except Unreadable as problem:
        return unreadable(item, problem)
    return filed(item)


def _good(
    sent: Sequence[Sent], verdicts: Sequence[Verdict], scene: FieldScene
) -> list[tuple[int, Sent]]:
    """Those that may be filed, beside the volunteer they are about: one may be known
    under several ids in a batch."""
    return [
        (scene.knockers[knocker], item)
        for item, verdict in zip(sent, verdicts, strict=True)
        if not verdict.code and (knocker := item.uuid_of("knocker"))
    ]


def _run(statement: str, scene: FieldScene, **columns: Any) -> None:
    if columns["volunteers"]:
        with connection.cursor() as cursor:
            cursor.execute(statement, {"issue": scene.issue.pk, **columns})
