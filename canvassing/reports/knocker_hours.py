"""How long each volunteer knocked on the doors of a round, and on how many."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import connection

# Contacts at a round's doors that they spoke or recorded, with the day in the UK and
# when they had joined, or joined again with a phone, by then; never beyond leaving it
# or the round's own time. A board runner's contacts are counted for whoever spoke.
AT_ITS_DOORS: Final = """
    SELECT c.effective_at, e.address_id,
           (c.effective_at AT TIME ZONE 'Europe/London')::date AS day,
           coalesce((
               SELECT max(p.joined_at) FROM canvassing_fieldphone p
               WHERE p.issue_id = i.id AND p.volunteer_id = k.volunteer_id
                 AND p.joined_at <= c.effective_at
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
"""
# Each day by itself: from joining on that day, or the first door, to the last door, or
# to leaving where that soon followed. A phone signed out next morning adds no night.
STRETCHES: Final = f"""
    SELECT CASE WHEN (since AT TIME ZONE 'Europe/London')::date = day
                THEN since ELSE min(effective_at) END AS began_at,
           greatest(max(effective_at), CASE
               WHEN k.left_at <= max(effective_at) + interval '30 minutes'
               THEN least(k.left_at, i.closed_at, i.expires_at) END) AS ended_at
    FROM ({AT_ITS_DOORS}) knocked
    GROUP BY day, since
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
