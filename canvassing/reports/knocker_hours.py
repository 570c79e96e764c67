"""How long each volunteer knocked on the doors of a round, and on how many."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import connection

from canvassing.rules import knocking

# As the database writes them.
LONGEST_PAUSE: Final = f"interval '{knocking.LONGEST_PAUSE}'"
WALKS_BACK: Final = f"interval '{knocking.WALKS_BACK}'"
# Contacts at a round's doors that they spoke or recorded, and when they had joined, or
# come back, by then; never while they were away, nor beyond leaving it or the round's
# own time. A board runner's contacts are counted for whoever spoke.
AT_ITS_DOORS: Final = """
    SELECT c.effective_at, e.address_id,
           coalesce((
               SELECT max(away.back_at) FROM canvassing_knockerpause away
               WHERE away.knocker_id = k.id AND away.back_at <= c.effective_at
           ), k.joined_at) AS since
    FROM canvassing_contact c
    JOIN campaigns_elector e ON e.organisation_id = c.organisation_id
         AND e.id = c.elector_id
    JOIN canvassing_rounddoor d ON d.organisation_id = c.organisation_id
         AND d.round_id = i.round_id AND d.address_id = e.address_id
    WHERE c.organisation_id = k.organisation_id AND c.spoke_id = k.volunteer_id
      AND c.campaign_id = i.campaign_id AND c.outcome_id IS NOT NULL
      AND c.channel <> 'paper'
      AND c.effective_at BETWEEN k.joined_at
          AND least(k.left_at, i.closed_at, i.expires_at)
      AND NOT EXISTS (
          SELECT FROM canvassing_knockerpause away WHERE away.knocker_id = k.id
            AND away.left_at < c.effective_at AND c.effective_at < away.back_at)
"""
# Doors one after another, with no long pause between them (`rules/knocking.py`).
ONE_AFTER_ANOTHER: Final = f"""
    SELECT effective_at, since,
           count(*) FILTER (WHERE after_a_pause) OVER (
               PARTITION BY since ORDER BY effective_at) AS nth
    FROM (
        SELECT effective_at, since, effective_at - lag(effective_at) OVER (
                   PARTITION BY since ORDER BY effective_at
               ) > {LONGEST_PAUSE} AS after_a_pause
        FROM ({AT_ITS_DOORS}) knocked
    ) paused
"""  # noqa: S608 - put together from constants of this module
STRETCHES: Final = f"""
    SELECT CASE WHEN first - since <= {LONGEST_PAUSE} THEN since ELSE first END
               AS began_at,
           coalesce((
               SELECT min(gone.at) FROM (
                   SELECT least(k.left_at, i.closed_at, i.expires_at) AS at
                   WHERE k.left_at IS NOT NULL
                   UNION ALL
                   SELECT away.left_at FROM canvassing_knockerpause away
                   WHERE away.knocker_id = k.id
               ) gone
               WHERE gone.at BETWEEN last AND last + {WALKS_BACK}
           ), last) AS ended_at
    FROM (
        SELECT since, min(effective_at) AS first, max(effective_at) AS last
        FROM ({ONE_AFTER_ANOTHER}) door
        GROUP BY since, nth
    ) stretch
"""  # noqa: S608 - put together from constants of this module
OF_ISSUES: Final = f"""
SELECT k.issue_id, k.volunteer_id, whole.spent, knocked.doors
FROM canvassing_roundknocker k
JOIN canvassing_roundissue i ON i.id = k.issue_id
CROSS JOIN LATERAL (
    SELECT sum(ended_at - began_at) AS spent FROM ({STRETCHES}) stretch
) whole
CROSS JOIN LATERAL (
    SELECT count(DISTINCT address_id) AS doors FROM ({AT_ITS_DOORS}) door
) knocked
WHERE k.issue_id = ANY(%s::bigint[]) AND whole.spent IS NOT NULL
"""  # noqa: S608 - put together from constants of this module


@dataclass(frozen=True, slots=True)
class KnockerHours:
    """One volunteer's time on a round, and the doors they called on."""

    spent: timedelta
    doors: int

    @property
    def how_long(self) -> str:
        """`45 minutes`, `1 hour`, `2.5 hours`; never nothing."""
        minutes = max(round(self.spent / timedelta(minutes=1)), 1)
        if minutes < 60:
            return f"{minutes} minute{'s' if minutes > 1 else ''}"
        hours = f"{minutes / 60:.1f}".removesuffix(".0")
        return f"{hours} hour{'s' if hours != '1' else ''}"


def knocker_hours(issues: Collection[int]) -> dict[tuple[int, int], KnockerHours]:
    """By the issue's id and the volunteer's; whoever did nothing is not there. One
    query."""
    with connection.cursor() as cursor:
        cursor.execute(OF_ISSUES, [list(issues)])
        return {
            (issue, volunteer): KnockerHours(spent, doors)
            for issue, volunteer, spent, doors in cursor.fetchall()
        }
