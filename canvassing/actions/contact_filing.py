"""Write a batch of contacts in one statement, and hold those that cannot be filed."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from campaigns.access import Actor
from campaigns.models import Campaign
from canvassing.models import Contact, HeldItem
from canvassing.rules.contact_times import effective_time
from canvassing.rules.contacts import Answer, ContactContext, ContactItem, Verdict

KIND = "contact"

# A second contact with the same uuid, or a second correction of the same contact, is
# left out. What had been held with the very same content is no longer waiting.
FILE = """
WITH filed AS (
    INSERT INTO canvassing_contact (
        organisation_id, campaign_id, by_kind, by_id, by_label, received_at,
        uuid, content_hash, elector_id, channel, outcome_id, intention_id, pledge,
        second_preference_id, voted_last_time_id, note, session_id, spoke_id, corrects,
        said_at, effective_at, time_is_doubtful)
    SELECT %s, %s, %s, %s, %s, %s, item.*
    FROM unnest(
        %s::uuid[], %s::text[], %s::bigint[], %s::text[], %s::bigint[], %s::bigint[],
        %s::boolean[], %s::bigint[], %s::bigint[], %s::text[], %s::bigint[],
        %s::bigint[], %s::uuid[], %s::timestamptz[], %s::timestamptz[], %s::boolean[]
    ) AS item
    ON CONFLICT DO NOTHING
    RETURNING uuid, content_hash
), released AS (
    UPDATE canvassing_helditem h
    SET resolved_at = %s, resolution = 'Filed.'
    FROM filed
    WHERE h.organisation_id = %s AND h.kind = 'contact' AND h.uuid = filed.uuid
      AND h.content_hash = filed.content_hash AND h.resolved_at IS NULL
)
SELECT uuid FROM filed
"""


def file_contacts(
    items: Collection[ContactItem],
    *,
    context: ContactContext,
    by: Actor,
    at: datetime,
    campaign: Campaign,
    clock_offset: timedelta,
) -> set[UUID]:
    """Insert the items and return the uuids of those that were not there before."""
    if not items:
        return set()
    rows = (
        _row(item, context=context, at=at, clock_offset=clock_offset) for item in items
    )
    organisation = campaign.organisation_id
    with connection.cursor() as cursor:
        cursor.execute(
            FILE,
            [
                *(organisation, campaign.pk, by.kind, by.id, by.label, at),
                *(list(column) for column in zip(*rows, strict=True)),
                *(at, organisation),
            ],
        )
        return {uuid for (uuid,) in cursor.fetchall()}


def _row(
    item: ContactItem,
    *,
    context: ContactContext,
    at: datetime,
    clock_offset: timedelta,
) -> tuple[object, ...]:
    outcome = context.codes.outcomes.get(item.outcome)
    intention = context.codes.intentions.get(item.intention)
    last_vote = context.codes.intentions.get(item.voted_last_time)
    effective = effective_time(
        item.said_at, received_at=at, clock_offset=clock_offset, channel=item.channel
    )
    return (
        item.uuid,
        item.content_hash(),
        context.electors[item.elector_id].elector_id,
        item.channel,
        outcome and outcome.id,
        intention and intention.id,
        item.pledge,
        item.second_preference_id,
        last_vote and last_vote.id,
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


def hold_contacts(
    items: Sequence[ContactItem],
    verdicts: Sequence[Verdict],
    *,
    by: Actor,
    at: datetime,
    campaign: Campaign,
) -> None:
    """Keep every item that was not filed, once, for a person to look at."""
    rows = [
        HeldItem(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            kind=KIND,
            uuid=item.uuid,
            content_hash=item.content_hash(),
            payload=item.as_json(),
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
