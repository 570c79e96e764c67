"""How long each volunteer knocked on doors, and on how many, from what was recorded."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from campaigns.models import Campaign

# From joining a round to leaving it; where nobody said that they left, to the last
# contact that they spoke or recorded, and never beyond the round's own time. A board
# runner's contacts are counted for whoever spoke.
# On paper, the time of the session that the card is of: once, and not again where a
# phone of theirs has counted it.
SPENT: Final = """
WITH stay AS (
    SELECT k.volunteer_id, k.issue_id, k.joined_at, k.left_at,
           least(i.closed_at, i.expires_at) AS ended_at, i.organisation_id,
           i.campaign_id, i.round_id
    FROM canvassing_roundknocker k
    JOIN canvassing_roundissue i ON i.id = k.issue_id
    WHERE i.organisation_id = %(organisation)s AND i.campaign_id = %(campaign)s
      AND k.volunteer_id = ANY(%(volunteers)s::bigint[])
      AND k.joined_at >= %(since)s AND k.joined_at < %(until)s
), done AS (
    SELECT stay.volunteer_id, stay.issue_id, stay.joined_at,
           least(coalesce(stay.left_at, max(c.effective_at)), stay.ended_at)
               AS ended_at,
           count(DISTINCT e.address_id) FILTER (WHERE c.id IS NOT NULL) AS doors
    FROM stay
    LEFT JOIN canvassing_rounddoor d ON d.organisation_id = stay.organisation_id
         AND d.round_id = stay.round_id
    LEFT JOIN campaigns_elector e ON e.organisation_id = d.organisation_id
         AND e.address_id = d.address_id
    LEFT JOIN canvassing_contact c ON c.organisation_id = stay.organisation_id
         AND c.campaign_id = stay.campaign_id AND c.elector_id = e.id
         AND c.spoke_id = stay.volunteer_id AND c.outcome_id IS NOT NULL
         AND c.channel <> 'paper'
         AND c.effective_at BETWEEN stay.joined_at
             AND coalesce(stay.left_at, stay.ended_at)
    WHERE c.id IS NOT NULL OR stay.left_at IS NOT NULL
    GROUP BY stay.volunteer_id, stay.issue_id, stay.joined_at, stay.left_at,
             stay.ended_at
), paper AS (
    SELECT c.spoke_id AS volunteer_id, s.starts_at AS joined_at,
           coalesce(s.ends_at, s.starts_at) AS ended_at,
           count(DISTINCT e.address_id) AS doors,
           EXISTS (
               SELECT FROM canvassing_roundknocker k
               JOIN canvassing_roundissue i ON i.id = k.issue_id
               WHERE i.session_id = s.id AND k.volunteer_id = c.spoke_id
           ) AS is_counted
    FROM canvassing_contact c
    JOIN canvassing_canvasssession s ON s.id = c.session_id
    JOIN campaigns_elector e ON e.organisation_id = c.organisation_id
         AND e.id = c.elector_id
    WHERE c.organisation_id = %(organisation)s AND c.campaign_id = %(campaign)s
      AND c.effective_at >= %(since)s AND c.effective_at < %(until)s
      AND c.channel = 'paper' AND c.outcome_id IS NOT NULL
      AND c.spoke_id = ANY(%(volunteers)s::bigint[])
    GROUP BY c.spoke_id, s.id
), outing AS (
    SELECT volunteer_id, joined_at, ended_at, doors, 1 AS rounds FROM done
    UNION ALL
    SELECT volunteer_id, joined_at,
           CASE WHEN is_counted THEN joined_at ELSE ended_at END,
           doors, CASE WHEN is_counted THEN 0 ELSE 1 END
    FROM paper
)
SELECT volunteer_id,
       coalesce(sum(greatest(ended_at - joined_at, interval '0')), interval '0'),
       sum(doors)::bigint, sum(rounds)::bigint
FROM outing
GROUP BY volunteer_id
"""


@dataclass(frozen=True, slots=True)
class KnockerHours:
    """One volunteer's time on rounds, the doors they called on, and how many rounds:
    with a phone or beside one, or at how many sessions on paper."""

    spent: timedelta
    doors: int
    rounds: int


def knocker_hours(
    volunteers: Collection[int],
    *,
    campaign: Campaign,
    since: datetime,
    until: datetime,
) -> dict[int, KnockerHours]:
    """By the volunteer's id, of the campaign's rounds that they joined in this time;
    whoever did nothing on any is not there. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            SPENT,
            {
                "organisation": campaign.organisation_id,
                "campaign": campaign.pk,
                "volunteers": list(volunteers),
                "since": since,
                "until": until,
            },
        )
        return {
            volunteer: KnockerHours(spent, doors, rounds)
            for volunteer, spent, doors, rounds in cursor.fetchall()
        }
