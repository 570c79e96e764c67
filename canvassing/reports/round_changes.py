"""What has changed on a round since a phone last asked: one statement, put into JSON by
the database, as two thousand phones ask every twenty seconds.

What the others recorded is found by when it was received, with a minute's overlap, as
transactions end out of order. People and doors come whole as soon as anything of them
is other than the digest in the cursor says: nothing of them can be missed.
"""
# ruff: noqa: S608 - the statement is put together from constants of ours

import json
import re
from datetime import UTC, datetime
from typing import Final

from campaigns.planned import planned_cursor
from canvassing.access import state_now
from canvassing.reports.known_phones import KnownPhone
from canvassing.reports.round_people import DOORS, OBJECTS, OF_ROUND, SHOWN

BETWEEN: Final = "~"
EVER: Final = "-infinity"
DIGEST: Final = re.compile("[0-9a-f]{32}")

# What is false is NULL, and left out.
CHANGES: Final = f"""
WITH who AS MATERIALIZED (
    SELECT s.elector_id AS id, s.pledged, s.voted_at IS NOT NULL AS voted,
           s.no_contact & 1 = 1 AS do_not_knock, s.posted,
           {OBJECTS} AS no_opinions
    FROM {SHOWN}
    WHERE {OF_ROUND}
), door AS MATERIALIZED (
    SELECT d.address_id AS address, nullif(note.text, '') AS note, wish.since
    FROM {DOORS}
    WHERE {OF_ROUND} AND (note.text <> '' OR wish.since IS NOT NULL)
), digest AS MATERIALIZED (
    SELECT md5(concat(
        (SELECT string_agg(concat_ws(' ', id, pledged, voted, do_not_knock,
                                     posted, no_opinions), ',' ORDER BY id)
         FROM who),
        ';',
        (SELECT string_agg(concat_ws(' ', address, since, note), ','
                           ORDER BY address) FROM door))) AS now
), contact AS (
    SELECT json_strip_nulls(json_build_object(
               'uuid', c.uuid, 'elector', c.elector_id, 'corrects', c.corrects,
               'at', c.effective_at, 'outcome', o.code,
               'intention', CASE WHEN NOT who.no_opinions THEN i.code END,
               'pledged', CASE WHEN NOT who.no_opinions THEN c.pledge END,
               'posted', c.posted, 'by', coalesce(v.name, c.by_label))) AS said,
           c.id
    FROM who
    JOIN canvassing_contact c ON c.organisation_id = %(organisation)s::bigint
         AND c.campaign_id = %(campaign)s::bigint AND c.elector_id = who.id
         AND c.received_at > %(since)s::timestamptz - interval '1 minute'
    LEFT JOIN canvassing_outcomecode o ON o.id = c.outcome_id
    LEFT JOIN canvassing_intentioncode i ON i.id = c.intention_id
    LEFT JOIN volunteers_volunteer v ON v.id = c.spoke_id
)
SELECT json_build_object(
    'server_now', %(at)s::timestamptz,
    'cursor', %(cursor)s::text || digest.now,
    'state', 'out',
    'contacts', coalesce((SELECT json_agg(said ORDER BY id) FROM contact), '[]'),
    'knockers', coalesce((
        SELECT json_agg(json_strip_nulls(json_build_object(
            'uuid', k.uuid, 'name', v.name, 'address', k.address_id,
            'sent_at', k.sent_at, 'left', k.left_at,
            'under_18', v.is_under_18 OR NULL,
            'phones', (SELECT nullif(count(*), 0) FROM canvassing_fieldphone
                       WHERE issue_id = k.issue_id AND volunteer_id = v.id
                         AND closed_at IS NULL))) ORDER BY k.id)
        FROM canvassing_roundknocker k
        JOIN volunteers_volunteer v ON v.id = k.volunteer_id
        WHERE k.issue_id = %(issue)s::bigint), '[]'),
    'electors', CASE WHEN digest.now <> %(digest)s::text THEN coalesce((
        SELECT json_agg(json_strip_nulls(json_build_object(
            'id', id, 'pledged', pledged OR NULL,
            'voted', voted OR NULL,
            'do_not_knock', do_not_knock OR NULL,
            'posted', posted OR NULL,
            'no_opinions', no_opinions OR NULL)) ORDER BY id)
        FROM who), '[]') END,
    'doors', CASE WHEN digest.now <> %(digest)s::text THEN coalesce((
        SELECT json_agg(json_strip_nulls(json_build_object(
            'address', address, 'note', note,
            'do_not_knock', (since AT TIME ZONE 'Europe/London')::date))
            ORDER BY address)
        FROM door), '[]') END)::text
FROM digest
"""


def round_changes(phone: KnownPhone, *, since: str, at: datetime) -> str:
    """The answer as JSON. `since` is the cursor of the last answer, or of the round;
    one that we never gave brings everything once more."""
    moment, digest = _read(since)
    with planned_cursor() as cursor:
        cursor.execute(
            CHANGES,
            {
                "organisation": phone.organisation_id,
                "campaign": phone.campaign_id,
                "round": phone.round_id,
                "issue": phone.issue_id,
                "since": moment,
                "at": at,
                "cursor": first_cursor(at),
                "digest": digest,
            },
        )
        answer: str = cursor.fetchone()[0]
        return answer


def no_changes(phone: KnownPhone, *, since: str, at: datetime) -> str:
    """What a phone is told whose round is not on it any more, or which somebody under
    18 has alone: that, and no names."""
    return json.dumps(
        {
            "server_now": at.isoformat(),
            "cursor": since,
            "state": state_now(phone.closed_because, phone.expires_at, at=at),
            "left_alone": phone.is_left_alone,
            "contacts": [],
            "knockers": [],
            "electors": None,
            "doors": None,
        }
    )


def first_cursor(at: datetime) -> str:
    """A cursor that knows of no people yet: the next answer brings them all."""
    return f"{at.isoformat()}{BETWEEN}"


def _read(since: str) -> tuple[str, str]:
    """A cursor's instant and digest; `EVER` and "" for what no cursor of ours holds."""
    moment, _, digest = since.partition(BETWEEN)
    try:
        instant = datetime.fromisoformat(moment)
        when = instant.astimezone(UTC).isoformat() if instant.tzinfo else EVER
    except (ValueError, OverflowError):
        when = EVER
    return when, digest if DIGEST.fullmatch(digest) else ""
