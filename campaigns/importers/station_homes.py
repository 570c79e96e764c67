"""What the homes of a stations file say of our polling districts."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db import connection

from campaigns.models import Council, Organisation
from campaigns.rules.polling_stations import Place


class Home(NamedTuple):
    """A home of a file: its UPRN without leading zeros and its postcode, either of
    which may be empty, and where it votes."""

    uprn: str
    postcode: str
    place: Place


# A home is known by its UPRN; by its postcode only where our copy of the register has
# no UPRN for it, and every home of that postcode votes at one place.
DISTRICTS = """
WITH told AS (
    SELECT * FROM unnest(%(uprns)s::text[], %(postcodes)s::text[], %(places)s::int[])
        AS told (uprn, postcode, place)
), by_uprn AS (
    SELECT uprn, min(place) AS place FROM told
    WHERE uprn <> '' GROUP BY uprn HAVING min(place) = max(place)
), by_postcode AS (
    SELECT postcode, min(place) AS place FROM told
    WHERE postcode <> '' GROUP BY postcode HAVING min(place) = max(place)
)
SELECT d.code, coalesce(u.place, p.place) AS place, count(*)
FROM campaigns_address a
JOIN campaigns_pollingdistrict d ON d.id = a.polling_district_id
     AND d.until_edition_id IS NULL
LEFT JOIN by_uprn u ON u.uprn = ltrim(a.uprn, '0')
LEFT JOIN by_postcode p ON p.postcode = a.postcode AND a.uprn = ''
WHERE a.organisation_id = %(organisation)s AND a.council_id = %(council)s
  AND coalesce(u.place, p.place) IS NOT NULL
GROUP BY 1, 2
"""


def districts_of_homes(
    homes: Sequence[Home], *, organisation: Organisation, council: Council
) -> Iterator[tuple[str, Place, int]]:
    """How many homes of each of our districts vote at each place."""
    places = list(dict.fromkeys(home.place for home in homes))
    at = {place: number for number, place in enumerate(places)}
    parameters: dict[str, Any] = {
        "organisation": organisation.pk,
        "council": council.pk,
        "uprns": [home.uprn for home in homes],
        "postcodes": [home.postcode for home in homes],
        "places": [at[home.place] for home in homes],
    }
    with connection.cursor() as cursor:
        cursor.execute(DISTRICTS, parameters)
        for code, place, number in cursor.fetchall():
            yield code, places[place], number
