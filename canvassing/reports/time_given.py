"""When volunteers worked, as it shows in what they recorded: for their hours."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db import connection

from canvassing.reports.deliverer_hours import WITH_LEAFLETS
from canvassing.reports.knocker_hours import AT_ITS_DOORS, STRETCHES
from volunteers.rules.hours import TimeGiven

# On paper, the time of the session that the card is of; not where a phone of theirs has
# counted it. A call, from having the number to filing what came of it: leases go by the
# database's clock, and the outcome by the organisation's. At a stall, each day from
# joining it, or the first talk, to the last talk.
TIMES: Final = f"""
SELECT k.volunteer_id, i.campaign_id, stretch.began_at, stretch.ended_at
FROM canvassing_roundknocker k
JOIN canvassing_roundissue i ON i.id = k.issue_id
CROSS JOIN LATERAL ({STRETCHES}) stretch
WHERE k.organisation_id = %(organisation)s
  AND k.volunteer_id = ANY(%(volunteers)s::bigint[])
  AND i.expires_at >= %(since)s AND stretch.began_at >= %(since)s
UNION ALL
SELECT DISTINCT c.spoke_id, s.campaign_id, s.starts_at, coalesce(s.ends_at, s.starts_at)
FROM canvassing_contact c
JOIN canvassing_canvasssession s ON s.id = c.session_id
WHERE c.organisation_id = %(organisation)s
  AND c.spoke_id = ANY(%(volunteers)s::bigint[]) AND c.effective_at >= %(since)s
  AND c.channel = 'paper' AND c.outcome_id IS NOT NULL AND s.starts_at >= %(since)s
  AND NOT EXISTS (
      SELECT FROM canvassing_roundknocker k
      JOIN canvassing_roundissue i ON i.id = k.issue_id
      CROSS JOIN LATERAL ({AT_ITS_DOORS}) knocked
      WHERE i.session_id = s.id AND k.volunteer_id = c.spoke_id
  )
UNION ALL
SELECT k.caller_id, k.campaign_id, k.called_at - (k.closed_at - k.claimed_at),
       k.called_at
FROM canvassing_bankcaller b
JOIN canvassing_callclaim k ON k.organisation_id = b.organisation_id
     AND k.bank_id = b.bank_id AND k.caller_id = b.volunteer_id
WHERE b.organisation_id = %(organisation)s
  AND b.volunteer_id = ANY(%(volunteers)s::bigint[])
  AND k.closed_because = 'filed' AND k.called_at >= %(since)s
UNION ALL
SELECT talk.spoke_id, talk.campaign_id,
       CASE WHEN (h.joined_at AT TIME ZONE 'Europe/London')::date = talk.day
            THEN least(h.joined_at, talk.began_at) ELSE talk.began_at END,
       talk.ended_at
FROM (
    SELECT c.spoke_id, c.campaign_id, c.session_id,
           (c.effective_at AT TIME ZONE 'Europe/London')::date AS day,
           min(c.effective_at) AS began_at, max(c.effective_at) AS ended_at
    FROM canvassing_contact c
    WHERE c.organisation_id = %(organisation)s
      AND c.spoke_id = ANY(%(volunteers)s::bigint[]) AND c.effective_at >= %(since)s
      AND c.channel = 'stall' AND c.outcome_id IS NOT NULL
    GROUP BY c.spoke_id, c.campaign_id, c.session_id, day
) talk
LEFT JOIN canvassing_stalllink l ON l.session_id = talk.session_id
LEFT JOIN canvassing_stallhelper h ON h.link_id = l.id
     AND h.volunteer_id = talk.spoke_id
UNION ALL
{WITH_LEAFLETS}
"""  # noqa: S608 - put together from constants


def time_given(
    organisation_id: int, volunteers: Collection[int], since: datetime
) -> list[TimeGiven]:
    """Each day on a round, at a stall or with leaflets, card and call of theirs since
    then, of all campaigns; they may lie across one another. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            TIMES,
            {
                "organisation": organisation_id,
                "volunteers": list(volunteers),
                "since": since,
            },
        )
        return [TimeGiven(*row) for row in cursor.fetchall()]
