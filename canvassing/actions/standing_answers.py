"""The part of standing that follows from contacts: what they last said, and when.

A contact that a correction has taken the place of says nothing any more. Of the others
the greatest (effective_at, received_at, id) wins, so that the order in which they
arrive does not matter. What a code means for a pledge is worked out once a code by
`canvassing.rules.intentions`, and joined here.
"""
# ruff: noqa: S608 - the statements are put together from constants of this module

from collections.abc import Iterable
from typing import Any

from django.db import connection

from campaigns.models import Campaign
from canvassing.actions.standing_facts import OF_CAMPAIGN, run_and_log
from canvassing.rules.intentions import Codes

LATEST_FIRST = "ORDER BY effective_at DESC, received_at DESC, id DESC"


def _latest(column: str, having: str = "true") -> str:
    return f"(array_agg({column} {LATEST_FIRST}) FILTER (WHERE {having}))[1]"


WINNERS = {
    "intention_id": _latest("intention_id", "intention_id IS NOT NULL"),
    "intention_contact_id": _latest("id", "intention_id IS NOT NULL"),
    "intention_at": "max(effective_at) FILTER (WHERE intention_id IS NOT NULL)",
    "strength": _latest("strength", "intention_id IS NOT NULL"),
    "second_preference_id": _latest(
        "second_preference_id", "second_preference_id IS NOT NULL"
    ),
    "pledged": f"coalesce({_latest('pledge', 'pledge IS NOT NULL')}, false)",
    "pledge_contact_id": _latest("id", "pledge IS NOT NULL"),
    "last_contact_id": _latest("id"),
    "last_contact_at": "max(effective_at)",
    "last_spoken_at": "max(effective_at) FILTER (WHERE spoken)",
}
COLUMNS = ", ".join(WINNERS)

MOVE = f"""
WITH code AS (
    SELECT * FROM unnest(
        %(codes)s::bigint[], %(pledges)s::boolean[], %(strengths)s::smallint[],
        %(spoken)s::boolean[]
    ) AS code (id, pledge, strength, spoken)
), live AS (
    SELECT t.elector_id, c.id, c.effective_at, c.received_at, c.intention_id,
           c.second_preference_id, code.strength,
           coalesce(c.pledge, code.pledge) AS pledge,
           c.outcome_id = ANY(%(spoken_outcomes)s::bigint[])
               AND coalesce(code.spoken, true) AS spoken
    FROM {{touched}} AS t (elector_id)
    LEFT JOIN canvassing_contact c ON c.organisation_id = %(organisation)s
         AND c.campaign_id = %(campaign)s AND c.elector_id = t.elector_id
         AND c.outcome_id IS NOT NULL
         AND NOT EXISTS (
             SELECT FROM canvassing_contact later
             WHERE later.organisation_id = %(organisation)s
               AND later.corrects = c.uuid)
    LEFT JOIN code ON code.id = c.intention_id
), expected AS (
    SELECT elector_id, {", ".join(f"{how} AS {name}" for name, how in WINNERS.items())}
    FROM live
    GROUP BY elector_id
), different AS MATERIALIZED (
    SELECT x.*
    FROM expected x
    JOIN canvassing_electorstanding s ON s.elector_id = x.elector_id AND {OF_CAMPAIGN}
    WHERE ({", ".join(f"s.{name}" for name in WINNERS)})
          IS DISTINCT FROM ({", ".join(f"x.{name}" for name in WINNERS)})
    ORDER BY x.elector_id
    FOR NO KEY UPDATE OF s
)
UPDATE canvassing_electorstanding s
SET ({COLUMNS}) = ROW ({", ".join(f"x.{name}" for name in WINNERS)})
FROM different x
WHERE s.elector_id = x.elector_id AND {OF_CAMPAIGN}
"""


def refresh_answers(
    campaign: Campaign, *, codes: Codes, electors: Iterable[int]
) -> None:
    """Bring the rows of these electors in step with their contacts."""
    touched = "unnest(%(electors)s::bigint[])"
    _run(campaign, codes, touched, electors=sorted(electors))


def refresh_answers_of_table(
    campaign: Campaign, *, codes: Codes, table: str, repaired: str = ""
) -> None:
    """The same for a temporary table of `elector_id`.

    The ids of the rows that differed go into the table `repaired`, if one is named.
    """
    _run(campaign, codes, table, repaired=repaired)


def _run(
    campaign: Campaign,
    codes: Codes,
    touched: str,
    *,
    repaired: str = "",
    **parameters: Any,
) -> None:
    meanings = list(codes.intentions.values())
    parameters |= {
        "organisation": campaign.organisation_id,
        "campaign": campaign.pk,
        "codes": [meaning.id for meaning in meanings],
        "pledges": [meaning.pledge for meaning in meanings],
        "strengths": [meaning.strength for meaning in meanings],
        "spoken": [meaning.counts_as_spoken for meaning in meanings],
        "spoken_outcomes": codes.spoken_outcomes,
    }
    with connection.cursor() as cursor:
        run_and_log(cursor, MOVE.format(touched=touched), parameters, repaired)
