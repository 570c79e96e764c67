"""Whom a phone may show: those behind the doors of its round, as they stand now."""

from typing import Final

from canvassing.reports.household_wishes import who_asked_is_there

# Hidden, anonymous, gone from the register or from the address: none of them is here.
# The door's wish stands for everybody behind it, so that nobody there is shown.
SHOWN: Final = """
canvassing_rounddoor d
JOIN campaigns_elector e ON e.organisation_id = d.organisation_id
     AND e.address_id = d.address_id
JOIN canvassing_electorstanding s ON s.organisation_id = d.organisation_id
     AND s.campaign_id = %(campaign)s::bigint AND s.elector_id = e.id
     AND s.address_id = d.address_id
     AND s.is_current AND NOT s.is_anonymous AND s.household_no_contact & 1 = 0
"""
# Whoever asked us not to record their views: none is shown either.
OBJECTS: Final = """EXISTS (
    SELECT FROM canvassing_viewsobjection v
    WHERE v.organisation_id = s.organisation_id AND v.elector_id = s.elector_id
      AND v.lifted_at IS NULL)"""
# The note that stands on each door's building, and since when its household asked us
# not to knock.
DOORS: Final = f"""
canvassing_rounddoor d
JOIN campaigns_address a ON a.id = d.address_id
LEFT JOIN LATERAL (
    SELECT n.text FROM canvassing_buildingnote n
    WHERE n.organisation_id = d.organisation_id AND n.council_id = a.council_id
      AND n.building_key = a.building_key
    ORDER BY n.said_at DESC, n.id DESC LIMIT 1) note ON true
LEFT JOIN LATERAL (
    SELECT min(o.said_at) AS since FROM canvassing_donotcontact o
    WHERE o.organisation_id = d.organisation_id AND o.address_id = d.address_id
      AND o.scope = 'household' AND o.lifted_at IS NULL
      AND o.channel IN ('', 'door')
      AND (o.campaign_id IS NULL OR o.campaign_id = d.campaign_id)
      AND {who_asked_is_there("o")}) wish ON true
"""  # noqa: S608 - of constants of ours
OF_ROUND: Final = """
d.organisation_id = %(organisation)s::bigint AND d.round_id = %(round)s::bigint
"""
