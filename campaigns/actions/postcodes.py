"""What waited for postcodes: addresses with no place, districts with no ward."""

from django.db import connection

from campaigns.access import system
from campaigns.actions.estimated_limits import telling_of_estimates
from campaigns.actions.register_districts import place_districts
from campaigns.actions.register_steps import Step
from campaigns.clock import now
from campaigns.models import Organisation
from campaigns.registry import registry

PLACE_ADDRESSES = """
UPDATE campaigns_address AS address
SET latitude = point.latitude, longitude = point.longitude
FROM campaigns_postcodepoint AS point
WHERE point.postcode = address.postcode
  AND (address.latitude, address.longitude)
      IS DISTINCT FROM (point.latitude, point.longitude)
"""
WAITING = """
SELECT organisation_id, council_id, max(from_edition_id), array_agg(id)
FROM campaigns_pollingdistrict
WHERE until_edition_id IS NULL AND ward_id IS NULL
GROUP BY organisation_id, council_id
"""
NOW_PLACED = """
DROP TABLE IF EXISTS changed_elector;
CREATE TEMP TABLE changed_elector AS
SELECT elector.id AS elector_id
FROM campaigns_elector AS elector
JOIN campaigns_pollingdistrict AS district ON district.id = elector.polling_district_id
WHERE elector.organisation_id = %(organisation)s AND district.ward_id IS NOT NULL
  AND district.id = ANY(%(districts)s)
"""


def place_what_waits() -> None:
    """For every organisation: points are public, whatever rests on them is not. Of a
    campaign whose limit rests on other electors then, `telling_of_estimates` tells."""
    with connection.cursor() as cursor:
        cursor.execute(PLACE_ADDRESSES)
        cursor.execute(WAITING)
        waiting = cursor.fetchall()
    theirs = Organisation.objects.in_bulk(
        [organisation for organisation, *_ in waiting]
    )
    for organisation, council, edition, districts in waiting:
        with telling_of_estimates(
            organisation_id=organisation,
            council_id=council,
            because="postcodes",
            by=system(theirs[organisation]),
            at=now(theirs[organisation]),
        ):
            step = Step(organisation, council, edition or 0, is_full=True)
            place_districts(step)
        step.run(NOW_PLACED, "ANALYZE changed_elector", districts=districts)
        for hook in registry.electors_changed:
            hook(organisation_id=organisation, table="changed_elector")
