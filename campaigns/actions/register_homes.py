"""Find or make the address of every home of a file.

A home is known by its UPRN where the file gives one, else by its normalised key, else
as another spelling of a dwelling already there: same postcode, number and flat, which
no other home of the file claims. Leaves `home_address` (home, address_id).
"""

from campaigns.actions.register_steps import Step

DROP = "DROP TABLE IF EXISTS dwelling, home_address"
NOT_YET_KNOWN = "NULL::bigint AS address_id, false AS is_new"
ALL_NEW = "nextval('campaigns_address_id_seq') AS address_id, true AS is_new"
# One row for each dwelling of the file, in the order of the file: so neighbours have
# neighbouring ids and rows. A home without UPRN is the one with it; two UPRNs under one
# text are two dwellings, the second known by its UPRN as well.
DWELLINGS = """
CREATE TEMP TABLE dwelling AS
SELECT home, key, uprn,
       CASE WHEN uprn <> '' AND nth > 1 THEN key || '|' || uprn ELSE key END AS own_key,
       {known_as}
FROM (
    SELECT * FROM (
        SELECT min(home) AS home, key, uprn,
               row_number() OVER (PARTITION BY key ORDER BY uprn DESC) AS nth
        FROM staged_home GROUP BY key, uprn) AS given
    WHERE uprn <> '' OR nth = 1
    ORDER BY home
) AS spelt
"""
DWELLINGS_WITHOUT_UPRN = """
CREATE TEMP TABLE dwelling AS
SELECT home, key, '' AS uprn, key AS own_key, {known_as}
FROM (SELECT min(home) AS home, key FROM staged_home GROUP BY key ORDER BY 1) AS spelt
"""
KNOWN_BY_UPRN = """
UPDATE dwelling SET address_id = address.id
FROM campaigns_address AS address
WHERE address.organisation_id = %(organisation)s AND address.council_id = %(council)s
  AND address.uprn <> '' AND address.uprn = dwelling.uprn
"""
KNOWN_BY_KEY = """
UPDATE dwelling SET address_id = address.id
FROM campaigns_address AS address
WHERE address.organisation_id = %(organisation)s AND address.council_id = %(council)s
  AND address.key = dwelling.own_key AND dwelling.address_id IS NULL
  AND (dwelling.uprn = '' OR address.uprn IN ('', dwelling.uprn))
"""
KNOWN_BY_ALIAS = """
UPDATE dwelling SET address_id = alias.address_id
FROM campaigns_addressalias AS alias
WHERE alias.organisation_id = %(organisation)s AND alias.council_id = %(council)s
  AND alias.key = dwelling.own_key AND dwelling.address_id IS NULL
"""
# Another text under a key that a dwelling with another UPRN holds.
KEY_TAKEN = """
UPDATE dwelling SET own_key = dwelling.own_key || '|' || dwelling.uprn
FROM campaigns_address AS address
WHERE address.organisation_id = %(organisation)s AND address.council_id = %(council)s
  AND address.key = dwelling.own_key AND dwelling.address_id IS NULL
"""
RESPELT = """
WITH candidate AS (
    SELECT dwelling.home, min(address.id) AS address_id
    FROM dwelling
    JOIN staged_home USING (home)
    JOIN campaigns_address AS address
      ON address.organisation_id = %(organisation)s
     AND address.postcode = staged_home.postcode
     AND address.council_id = %(council)s
     AND address.number = staged_home.number AND address.flat = staged_home.flat
    WHERE dwelling.address_id IS NULL AND staged_home.postcode <> ''
      AND staged_home.number <> ''
      AND (dwelling.uprn = '' OR address.uprn = '')
      AND (%(is_full)s OR split_part(address.key, '|', 4)
                        = split_part(dwelling.own_key, '|', 4))
    GROUP BY dwelling.home HAVING count(*) = 1
)
UPDATE dwelling SET address_id = candidate.address_id
FROM candidate
WHERE candidate.home = dwelling.home
  AND (SELECT count(*) FROM candidate AS other
       WHERE other.address_id = candidate.address_id) = 1
  AND NOT EXISTS (SELECT FROM dwelling AS claimed
                  WHERE claimed.address_id = candidate.address_id)
"""
REMEMBER_SPELLINGS = """
INSERT INTO campaigns_addressalias (organisation_id, council_id, address_id, key)
SELECT %(organisation)s, %(council)s, dwelling.address_id, dwelling.own_key
FROM dwelling
JOIN campaigns_address AS address ON address.id = dwelling.address_id
WHERE address.key <> dwelling.own_key
ON CONFLICT DO NOTHING
"""
ADOPT_UPRN = """
UPDATE campaigns_address AS address SET uprn = dwelling.uprn
FROM dwelling
WHERE address.id = dwelling.address_id AND address.uprn = '' AND dwelling.uprn <> ''
"""
NEW_ONES = """
UPDATE dwelling SET is_new = true, address_id = nextval('campaigns_address_id_seq')
WHERE address_id IS NULL
"""
STREETS = """
INSERT INTO campaigns_street (organisation_id, council_id, key, name)
SELECT %(organisation)s, %(council)s, street_key, min(street COLLATE "C")
FROM dwelling JOIN staged_home USING (home)
WHERE is_new
GROUP BY street_key ORDER BY street_key COLLATE "C"
ON CONFLICT DO NOTHING
"""
ADDRESSES = """
INSERT INTO campaigns_address (
    id, organisation_id, council_id, polling_district_id, uprn, key, building_key,
    flat, number, street, locality, postcode, printed, walk_position,
    latitude, longitude)
SELECT dwelling.address_id, %(organisation)s, %(council)s, district.id,
       dwelling.uprn, dwelling.own_key, home.building_key, home.flat, home.number,
       home.street, home.locality, home.postcode, home.printed,
       (street.id << 41) + home.doorstep, point.latitude, point.longitude
FROM dwelling
JOIN staged_home AS home USING (home)
JOIN campaigns_street AS street
  ON street.organisation_id = %(organisation)s AND street.council_id = %(council)s
 AND street.key = home.street_key
JOIN campaigns_pollingdistrict AS district
  ON district.organisation_id = %(organisation)s
 AND district.council_id = %(council)s
 AND district.code = home.prefix AND district.until_edition_id IS NULL
LEFT JOIN campaigns_postcodepoint AS point ON point.postcode = home.postcode
WHERE dwelling.is_new
ORDER BY dwelling.address_id
"""
MOVE_TO_DISTRICT = """
UPDATE campaigns_address AS address SET polling_district_id = district.id
FROM dwelling
JOIN staged_home AS home USING (home)
JOIN campaigns_pollingdistrict AS district
  ON district.organisation_id = %(organisation)s
 AND district.council_id = %(council)s
 AND district.code = home.prefix AND district.until_edition_id IS NULL
WHERE address.id = dwelling.address_id AND NOT dwelling.is_new
  AND address.polling_district_id IS DISTINCT FROM district.id
"""
ADDRESS_OF_HOMES = """
CREATE TEMP TABLE home_address AS
SELECT home.home, dwelling.address_id
FROM staged_home AS home
JOIN dwelling ON dwelling.key = home.key AND dwelling.uprn = home.uprn
"""
ADDRESS_OF_HOMES_SPELT = """
CREATE TEMP TABLE home_address AS
SELECT home.home, min(dwelling.address_id) AS address_id
FROM staged_home AS home
JOIN dwelling ON dwelling.key = home.key
             AND (dwelling.uprn = home.uprn OR home.uprn = '')
GROUP BY home.home
"""


def place_homes(step: Step) -> None:
    """Write the addresses that are new, and remember spellings that are."""
    has_uprn = step.value("SELECT EXISTS (SELECT FROM staged_home WHERE uprn <> '')")
    dwellings = DWELLINGS if has_uprn else DWELLINGS_WITHOUT_UPRN
    if _knows_addresses(step):
        step.run(DROP, dwellings.format(known_as=NOT_YET_KNOWN), "ANALYZE dwelling")
        _recognise(step)
        step.run(NEW_ONES, "ANALYZE dwelling", STREETS, ADDRESSES, MOVE_TO_DISTRICT)
    else:
        step.run(DROP, dwellings.format(known_as=ALL_NEW), "ANALYZE dwelling")
        step.run(STREETS, ADDRESSES)
    step.run(ADDRESS_OF_HOMES_SPELT if has_uprn else ADDRESS_OF_HOMES)
    step.run("ANALYZE home_address")


def _knows_addresses(step: Step) -> bool:
    return bool(
        step.value(
            "SELECT EXISTS (SELECT FROM campaigns_address"
            " WHERE organisation_id = %(organisation)s AND council_id = %(council)s)"
        )
    )


def _recognise(step: Step) -> None:
    step.run(KNOWN_BY_UPRN, KNOWN_BY_KEY, KNOWN_BY_ALIAS)
    step.run(KEY_TAKEN, RESPELT, REMEMBER_SPELLINGS, ADOPT_UPRN)
