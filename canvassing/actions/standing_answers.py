"""The part of standing that follows from contacts: what they last said, and when.

A contact that a correction has taken the place of says nothing any more, and one of
somebody who objects to our keeping their views says nothing of those. Of the others
the greatest (effective_at, id) wins, so that the order in which they arrive does not
matter. What a code means for a pledge is worked out once a code by
`canvassing.rules.intentions`, and joined here.
"""
# ruff: noqa: S608 - the statements are put together from constants of this module

from collections.abc import Iterable
from typing import Any

from django.db import connection

from campaigns.models import Campaign
from campaigns.planned import array_of
from canvassing.actions.standing_facts import LOCK, OF_CAMPAIGN, run_and_log
from canvassing.rules.intentions import Codes

LATEST_FIRST = "ORDER BY effective_at DESC, id DESC"


def _latest(column: str, having: str = "true") -> str:
    return f"(array_agg({column} {LATEST_FIRST}) FILTER (WHERE {having}))[1]"


def _latest_time(having: str = "true") -> str:
    return f"max(effective_at) FILTER (WHERE {having})"


INTENTION = "intention_id IS NOT NULL"
SECOND = "second_preference_id IS NOT NULL"
PLEDGE = "pledge IS NOT NULL"
POSTED = "posted IS NOT NULL"
WINNERS = {
    "intention_id": _latest("intention_id", INTENTION),
    "intention_contact_id": _latest("id", INTENTION),
    "strength": _latest("strength", INTENTION),
    "intention_at": _latest_time(INTENTION),
    "second_preference_id": _latest("second_preference_id", SECOND),
    "second_preference_at": _latest_time(SECOND),
    "pledged": f"coalesce({_latest('pledge', PLEDGE)}, false)",
    "pledge_contact_id": _latest("id", PLEDGE),
    "pledge_at": _latest_time(PLEDGE),
    "posted": f"coalesce({_latest('posted', POSTED)}, false)",
    "posted_at": _latest_time(POSTED),
    "last_contact_id": _latest("id"),
    "last_contact_at": _latest_time(),
    "last_spoken_at": _latest_time("spoken"),
}
# What each elector's contacts in `live` say together.
SELECT_WINNERS = f"""
    SELECT elector_id, {", ".join(f"{how} AS {name}" for name, how in WINNERS.items())}
    FROM live
    GROUP BY elector_id
"""
# Columns that move together, under the last of them: when it was said.
TOLD_AT = {
    "intention_at": ("intention_id", "intention_contact_id", "strength"),
    "second_preference_at": ("second_preference_id",),
    "pledge_at": ("pledged", "pledge_contact_id"),
    "posted_at": ("posted",),
    "last_contact_at": ("last_contact_id",),
    "last_spoken_at": (),
}
# For a batch that has just been filed, whose ids are greater than all before: `x` goes
# before what stands in `s` unless that was said later.
MOVE_WHERE_LATER = ", ".join(
    [
        f"{column} = CASE WHEN x.{told_at} >= coalesce(s.{told_at}, '-infinity')"
        f" THEN x.{column} ELSE s.{column} END"
        for told_at, columns in TOLD_AT.items()
        for column in columns
    ]
    + [f"{told_at} = greatest(x.{told_at}, s.{told_at})" for told_at in TOLD_AT]
)

# What each intention means, and what a contact `c` says of whether they were spoken to.
CODE = """
code AS (
    SELECT * FROM unnest(
        %(codes)s::bigint[], %(pledges)s::boolean[], %(strengths)s::smallint[],
        %(spoken)s::boolean[]
    ) AS code (id, pledge, strength, spoken)
)
"""
WAS_SPOKEN = """
    c.outcome_id = ANY(%(spoken_outcomes)s::bigint[]) AND coalesce(code.spoken, true)
"""

# Who objected to several of us has each contact twice here: the latest is the same.
MOVE = f"""
WITH {CODE}, live AS (
    SELECT t.elector_id, c.id, c.effective_at, c.posted,
           CASE WHEN o.id IS NULL THEN c.intention_id END AS intention_id,
           CASE WHEN o.id IS NULL THEN c.second_preference_id END
               AS second_preference_id,
           code.strength,
           CASE WHEN o.id IS NULL THEN coalesce(c.pledge, code.pledge) END AS pledge,
           {WAS_SPOKEN} AS spoken
    FROM {{touched}} AS t (elector_id)
    LEFT JOIN canvassing_contact c ON c.organisation_id = %(organisation)s
         AND c.campaign_id = %(campaign)s AND c.elector_id = t.elector_id
         AND c.outcome_id IS NOT NULL
         AND NOT EXISTS (
             SELECT FROM canvassing_contact later
             WHERE later.organisation_id = %(organisation)s
               AND later.corrects = c.uuid)
    LEFT JOIN code ON code.id = c.intention_id
    LEFT JOIN canvassing_viewsobjection o ON o.organisation_id = %(organisation)s
         AND o.elector_id = t.elector_id AND o.lifted_at IS NULL
), expected AS (
    {SELECT_WINNERS}
)
UPDATE canvassing_electorstanding s
SET ({", ".join(WINNERS)}) = ROW ({", ".join(f"x.{name}" for name in WINNERS)})
FROM expected x
WHERE s.elector_id = x.elector_id AND {OF_CAMPAIGN}
  AND ({", ".join(f"s.{name}" for name in WINNERS)})
      IS DISTINCT FROM ({", ".join(f"x.{name}" for name in WINNERS)})
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
    parameters |= {
        "organisation": campaign.organisation_id,
        "campaign": campaign.pk,
        **meanings_of(codes),
    }
    with connection.cursor() as cursor:
        cursor.execute(LOCK.format(touched=touched, span=""), parameters)
        run_and_log(cursor, MOVE.format(touched=touched), parameters, repaired)


def meanings_of(codes: Codes) -> dict[str, Any]:
    """What `CODE` and `WAS_SPOKEN` ask for."""
    meanings = codes.intentions.values()
    return {
        "codes": array_of([meaning.id for meaning in meanings]),
        "pledges": array_of([meaning.pledge for meaning in meanings]),
        "strengths": array_of([meaning.strength for meaning in meanings]),
        "spoken": array_of([meaning.counts_as_spoken for meaning in meanings]),
        "spoken_outcomes": array_of(codes.spoken_outcomes),
    }
