"""How long each volunteer delivered leaflets, as it shows in what they ticked."""

from typing import Final

from canvassing.reports.knocker_hours import LONGEST_PAUSE

# When a street that is done was ticked first: putting its number right is no work.
TICKED: Final = """
    SELECT d.deliverer_id, d.campaign_id, p.id AS phone_id, p.joined_at,
           min(d.said_at) AS ticked_at
    FROM canvassing_leafletdelivery d
    JOIN canvassing_fieldphone p ON p.id = d.by_id AND d.by_kind = 'link'
    WHERE d.organisation_id = %(organisation)s
      AND d.deliverer_id = ANY(%(volunteers)s::bigint[])
    GROUP BY d.deliverer_id, d.campaign_id, p.id, d.leaflet_street_id, d.delivered_on
    HAVING bool_or(d.withdrawn_at IS NULL) AND min(d.said_at) >= %(since)s
"""
# As on the doors (`rules/knocking.py`), from joining where a street soon followed it;
# the link may be opened at home.
WITH_LEAFLETS: Final = f"""
SELECT deliverer_id, campaign_id,
       CASE WHEN min(ticked_at) - joined_at <= {LONGEST_PAUSE}
            THEN least(joined_at, min(ticked_at)) ELSE min(ticked_at) END,
       max(ticked_at)
FROM (
    SELECT *, count(*) FILTER (WHERE after_a_pause) OVER (
               PARTITION BY phone_id ORDER BY ticked_at) AS nth
    FROM (
        SELECT *, ticked_at - lag(ticked_at) OVER (
                   PARTITION BY phone_id ORDER BY ticked_at
               ) > {LONGEST_PAUSE} AS after_a_pause
        FROM ({TICKED}) ticked
    ) paused
) street
GROUP BY deliverer_id, campaign_id, phone_id, joined_at, nth
"""  # noqa: S608 - put together from constants of this module
