"""Where postcodes lie, from a table of points (public data)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from campaigns.actions.postcodes import place_what_waits
from campaigns.importers.tables import Table, file_facts, open_table
from campaigns.rules.postcodes import tidy_postcode
from campaigns.rules.refusals import Refusal

# What columns are called in the tables in use; of several wards the newest counts.
COLUMNS = {
    "postcode": r"postcode|pcds?",
    "latitude": r"lat(itude)?",
    "longitude": r"lon(g(itude)?)?",
    "council": r"lad_gss|oslaua|laua|lad\d\dcd|council",
    "ward": r"ward_(gss|\d{4})|osward|wd\d\dcd|ward",
}
STAGE = """
DROP TABLE IF EXISTS staged_point;
CREATE TEMP TABLE staged_point (
    postcode text, latitude float8, longitude float8, council text, ward text)
"""
COUNCILS = """
INSERT INTO campaigns_council (gss, name)
SELECT DISTINCT council, council FROM staged_point
WHERE council ~ '^[A-Z][0-9]{8}$' ON CONFLICT DO NOTHING
"""
WRITE = """
WITH point AS (
    SELECT DISTINCT ON (staged.postcode) staged.postcode, staged.latitude,
           staged.longitude, council.id AS council_id, ward.id AS ward_id
    FROM staged_point AS staged
    LEFT JOIN campaigns_council AS council ON council.gss = staged.council
    LEFT JOIN campaigns_ward AS ward ON ward.gss = staged.ward
    ORDER BY staged.postcode
), written AS (
    INSERT INTO campaigns_postcodepoint AS old
        (postcode, latitude, longitude, council_id, ward_id)
    SELECT * FROM point
    ON CONFLICT (postcode) DO UPDATE
    SET latitude = excluded.latitude, longitude = excluded.longitude,
        council_id = excluded.council_id, ward_id = excluded.ward_id
    WHERE (old.latitude, old.longitude, old.council_id, old.ward_id)
          IS DISTINCT FROM
          (excluded.latitude, excluded.longitude, excluded.council_id, excluded.ward_id)
    RETURNING xmax = 0 AS is_new
)
SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
"""


class PostcodesRefused(Refusal):
    """The file does not say where postcodes lie."""


@dataclass(frozen=True)
class PostcodesRead:
    read: int
    added: int
    changed: int


@transaction.atomic(durable=True)
def import_postcodes(path: Path) -> PostcodesRead:
    """Load or renew points; addresses and districts that waited for them are placed.

    Refused: a table without postcode, latitude and longitude.
    """
    table = open_table(path, file_facts(path))
    places = _places(table, path)
    read = 0
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        with cursor.copy("COPY staged_point FROM STDIN") as copy:
            for row in _points(table, places):
                copy.write_row(row)
                read += 1
        cursor.execute("ANALYZE staged_point")
        cursor.execute(COUNCILS)
        cursor.execute(WRITE)
        added, changed = cursor.fetchone()
    if added or changed:
        place_what_waits()
    return PostcodesRead(read, added, changed)


def _places(table: Table, path: Path) -> dict[str, int]:
    places = {
        name: max(
            (header.lower(), at)
            for at, header in enumerate(table.header)
            if re.fullmatch(pattern, header.lower())
        )[1]
        for name, pattern in COLUMNS.items()
        if any(re.fullmatch(pattern, header.lower()) for header in table.header)
    }
    if not {"postcode", "latitude", "longitude"} <= places.keys():
        raise PostcodesRefused(
            "columns",
            f"{path.name} has no columns for postcode, latitude and longitude.",
        )
    return places


def _points(
    table: Table, places: dict[str, int]
) -> Iterator[tuple[str, float, float, str, str]]:
    for _, cells in table.rows():
        text = {name: cells[at] for name, at in places.items() if at < len(cells)}
        postcode = tidy_postcode(text.get("postcode", ""))
        try:
            latitude, longitude = float(text["latitude"]), float(text["longitude"])
        except (KeyError, ValueError):
            continue
        if postcode:
            yield (
                postcode,
                latitude,
                longitude,
                text.get("council", ""),
                text.get("ward", ""),
            )
