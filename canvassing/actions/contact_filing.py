"""Write a batch of contacts in one statement, and hold those that cannot be filed."""
# ruff: noqa: S608 - the statement is put together from constants of these modules

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from campaigns.access import Actor
from campaigns.models import Campaign
from campaigns.planned import array_of, planned_cursor
from canvassing.actions.standing_answers import (
    CODE,
    MOVE_WHERE_LATER,
    SELECT_WINNERS,
    WAS_SPOKEN,
    meanings_of,
)
from canvassing.actions.standing_facts import OF_CAMPAIGN
from canvassing.models import Contact, HeldItem, HeldKind
from canvassing.rules.contact_times import CLOCK_OFFSET, effective_time
from canvassing.rules.contacts import Answer, ContactContext, ContactItem, Verdict

# Each column of a batch, and its type. The first, its place in the batch, is not stored
# with the contact.
ITEM = {
    "place": "integer",
    "uuid": "uuid",
    "content_hash": "text",
    "elector_id": "bigint",
    "channel": "text",
    "outcome_id": "bigint",
    "intention_id": "bigint",
    "pledge": "boolean",
    "second_preference_id": "bigint",
    "voted_last_time_id": "bigint",
    "posted": "boolean",
    "note": "text",
    "session_id": "bigint",
    "spoke_id": "bigint",
    "corrects": "uuid",
    "said_at": "timestamptz",
    "effective_at": "timestamptz",
    "time_is_doubtful": "boolean",
}
STORED = ", ".join(list(ITEM)[1:])
COLUMNS = ", ".join(ITEM)
ARRAYS = ", ".join(f"%({column})s::{kind}[]" for column, kind in ITEM.items())

# A second contact with the same uuid, or a second correction of the same contact, is
# left out. What had been held with the very same content is no longer waiting. The
# standing moves to the latest of what came in where nothing later is known; what has
# been corrected before it came says nothing.
FILE = f"""
WITH {CODE}, item AS (
    SELECT * FROM unnest({ARRAYS}) AS item ({COLUMNS})
), filed AS (
    INSERT INTO canvassing_contact (
        organisation_id, campaign_id, by_kind, by_id, by_label, received_at, {STORED})
    SELECT %(organisation)s, %(campaign)s, %(by_kind)s, %(by_id)s, %(by_label)s,
           %(at)s, {STORED}
    FROM item
    ON CONFLICT DO NOTHING
    RETURNING id, uuid, content_hash, elector_id, outcome_id, intention_id, pledge,
              second_preference_id, posted, effective_at
), released AS (
    UPDATE canvassing_helditem h
    SET resolved_at = %(at)s, resolution = 'Filed.'
    FROM filed
    WHERE h.organisation_id = %(organisation)s AND h.kind = 'contact'
      AND h.uuid = filed.uuid AND h.content_hash = filed.content_hash
      AND h.resolved_at IS NULL
), live AS (
    SELECT c.id, c.elector_id, c.effective_at, c.intention_id, c.second_preference_id,
           c.posted, code.strength, coalesce(c.pledge, code.pledge) AS pledge,
           {WAS_SPOKEN} AS spoken
    FROM filed c LEFT JOIN code ON code.id = c.intention_id
    WHERE c.outcome_id IS NOT NULL AND c.uuid <> ALL (ARRAY(
        SELECT later.corrects FROM canvassing_contact later
        WHERE later.organisation_id = %(organisation)s
          AND later.corrects = ANY(%(uuid)s::uuid[])))
), latest AS (
    {SELECT_WINNERS}
), moved AS (
    UPDATE canvassing_electorstanding s SET {MOVE_WHERE_LATER}
    FROM latest x
    WHERE s.elector_id = x.elector_id AND {OF_CAMPAIGN}
)
SELECT place FROM item WHERE NOT EXISTS (SELECT FROM filed WHERE filed.uuid = item.uuid)
"""


def file_contacts(
    items: Mapping[int, ContactItem],
    *,
    context: ContactContext,
    by: Actor,
    at: datetime,
    campaign: Campaign,
    clock_offset: timedelta,
) -> set[int]:
    """Insert the items, move the standing, and return the places of the new ones.

    `items` are by their places in the batch, each with a uuid of its own.
    """
    if not items:
        return set()
    rows = [
        _row(place, item, context=context, at=at, clock_offset=clock_offset)
        for place, item in items.items()
    ]
    parameters: dict[str, Any] = {
        "organisation": campaign.organisation_id,
        "campaign": campaign.pk,
        "by_kind": by.kind,
        "by_id": by.id,
        "by_label": by.label,
        "at": at,
        **meanings_of(context.codes),
        **{
            column: array_of(values)
            for column, values in zip(ITEM, zip(*rows, strict=True), strict=True)
        },
    }
    with planned_cursor() as cursor:
        cursor.execute(FILE, parameters)
        return items.keys() - {place for (place,) in cursor.fetchall()}


def _row(
    place: int,
    item: ContactItem,
    *,
    context: ContactContext,
    at: datetime,
    clock_offset: timedelta,
) -> tuple[object, ...]:
    """One item, as `ITEM` names its columns."""
    outcome = context.codes.outcomes.get(item.outcome)
    intention = context.codes.intentions.get(item.intention)
    last_vote = context.codes.intentions.get(item.voted_last_time)
    effective = effective_time(
        item.said_at, received_at=at, clock_offset=clock_offset, channel=item.channel
    )
    return (
        place,
        item.uuid,
        item.content_hash(),
        context.electors[item.elector_id].elector_id,
        item.channel,
        outcome and outcome.id,
        intention and intention.id,
        item.pledge,
        item.second_preference_id,
        last_vote and last_vote.id,
        item.posted,
        item.note,
        item.session_id,
        item.spoke_id,
        item.corrects,
        item.said_at,
        effective.at,
        effective.is_doubtful,
    )


def filed_hashes(uuids: Collection[UUID], *, campaign: Campaign) -> dict[UUID, str]:
    """The content hash of those that are on file, by uuid; an erased one has none."""
    if not uuids:
        return {}
    contacts = Contact.objects.of(campaign.organisation_id).filter(uuid__in=uuids)
    return dict(contacts.values_list("uuid", "content_hash"))


def said_before(uuid: UUID, *, campaign: Campaign) -> datetime | None:
    """When that was said which is filed or held under this id: a second tap says the
    same. None where nothing is."""
    ours = {"organisation": campaign.organisation_id, "uuid": uuid}
    filed = Contact.objects.filter(**ours).values_list("said_at", flat=True).first()
    if filed is not None:
        return filed
    held = HeldItem.objects.filter(**ours, kind=HeldKind.CONTACT).order_by("pk")
    item = held.values_list("payload", flat=True).first()
    return ContactItem.from_json(item).said_at if item else None


def hold_contacts(
    items: Sequence[ContactItem],
    verdicts: Sequence[Verdict],
    *,
    by: Actor,
    at: datetime,
    campaign: Campaign,
    clock_offset: timedelta,
) -> None:
    """Keep every item that was not filed, once, for a person to look at, and beside it
    how wrong the clock was that says when."""
    offset = {CLOCK_OFFSET: clock_offset.total_seconds()} if clock_offset else {}
    rows = [
        HeldItem(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            kind=HeldKind.CONTACT,
            uuid=item.uuid,
            content_hash=item.content_hash(),
            payload=item.as_json() | offset,
            code=verdict.code,
            reason=verdict.reason,
            received_at=at,
        )
        for item, verdict in zip(items, verdicts, strict=True)
        if verdict.answer is Answer.HELD
    ]
    for row in rows:
        row.recorded_by(by)
    HeldItem.objects.bulk_create(rows, ignore_conflicts=True)


def take_back_held(
    uuid: UUID, *, campaign: Campaign, reason: str, at: datetime
) -> bool:
    """Whoever sent it says that it was a slip: it waits no longer, and stays on file.
    Whether anything of this id waited."""
    held = HeldItem.objects.of(campaign.organisation_id).filter(
        uuid=uuid, kind=HeldKind.CONTACT, resolved_at=None
    )
    return bool(held.update(resolved_at=at, resolution=reason))
