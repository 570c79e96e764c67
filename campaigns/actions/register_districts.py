"""Polling districts of a council: opened and closed by its files, and their wards."""

from campaigns.actions.register_steps import Step

OPEN_NEW = """
INSERT INTO campaigns_pollingdistrict (
    organisation_id, council_id, code, name, ward_source, from_edition_id)
SELECT %(organisation)s, %(council)s, prefix, '', 'unknown', %(edition)s
FROM staged_line WHERE change <> 'delete'
GROUP BY prefix ORDER BY prefix COLLATE "C"
ON CONFLICT (organisation_id, council_id, code) WHERE until_edition_id IS NULL
DO NOTHING
"""
CLOSE_GONE = """
UPDATE campaigns_pollingdistrict AS district SET until_edition_id = %(edition)s
WHERE organisation_id = %(organisation)s AND council_id = %(council)s
  AND until_edition_id IS NULL
  AND NOT EXISTS (SELECT FROM staged_line WHERE staged_line.prefix = district.code)
"""
# Each district's postcodes, weighed by their homes, among the wards of its council.
BY_POSTCODES = """
WITH district AS (
    SELECT id FROM campaigns_pollingdistrict
    WHERE organisation_id = %(organisation)s AND council_id = %(council)s
      AND until_edition_id IS NULL AND ward_source IN ('unknown', 'postcodes')
      AND (from_edition_id = %(edition)s OR ward_id IS NULL)
), fallen AS (
    SELECT address.polling_district_id AS district_id, point.ward_id,
           count(*) AS homes
    FROM campaigns_address AS address
    JOIN district ON district.id = address.polling_district_id
    JOIN campaigns_postcodepoint AS point ON point.postcode = address.postcode
    JOIN campaigns_ward AS ward ON ward.id = point.ward_id
     AND ward.council_id = %(council)s
    WHERE address.organisation_id = %(organisation)s
      AND address.council_id = %(council)s
    GROUP BY address.polling_district_id, point.ward_id
), majority AS (
    SELECT DISTINCT ON (district_id) district_id, ward_id,
           homes / sum(homes) OVER (PARTITION BY district_id) AS share
    FROM fallen ORDER BY district_id, homes DESC, ward_id
)
UPDATE campaigns_pollingdistrict AS polling_district
SET ward_id = majority.ward_id, ward_share = majority.share, ward_source = 'postcodes'
FROM majority WHERE majority.district_id = polling_district.id
"""


def open_districts(step: Step) -> None:
    """New codes open a district; a full register closes those it no longer has."""
    step.run(OPEN_NEW)
    if step.is_full:
        step.run(CLOSE_GONE)


def place_districts(step: Step) -> None:
    """Put districts whose ward nobody has told into the ward of most of their homes."""
    if step.value("SELECT EXISTS (SELECT FROM campaigns_postcodepoint)"):
        step.run(BY_POSTCODES)
