"""Give electors the facts of the entry they have left when a copy is destroyed."""

from datetime import datetime
from typing import Any

from django.db import connection

from campaigns.actions.register_merge import NUMBER
from campaigns.rules.names import name_key, split_given, tidy

CHUNK = 5_000
# Entries keep no title and no supplier's id. Where another fact falls back, nobody can
# tell whose those were, and they go; where none does, the facts are those of a copy
# that is left, and the id by which its supplier knows the elector is kept for the next.
FALL_BACK = f"""
DROP TABLE IF EXISTS renamed;
CREATE TEMP TABLE renamed (elector_id bigint, surname text, forename text);
WITH left_over AS (
    SELECT entry.*, {NUMBER.format("entry")} AS elector_number
    FROM (SELECT DISTINCT elector_id FROM changed_elector) AS changed
    CROSS JOIN LATERAL (
        SELECT * FROM campaigns_registerentry AS entry
        WHERE entry.organisation_id = %(organisation)s
          AND entry.elector_id = changed.elector_id
        ORDER BY entry.id DESC LIMIT 1) AS entry
), fallen AS (
    UPDATE campaigns_elector AS elector
    SET address_id = left_over.address_id, markers = left_over.markers,
        polling_district_id = left_over.polling_district_id,
        elector_number = left_over.elector_number, title = '', supplier_id = '',
        attains_on = left_over.attains_on, changed_at = %(at)s
    FROM left_over
    WHERE elector.id = left_over.elector_id
      AND (elector.address_id, elector.polling_district_id, elector.elector_number,
           elector.markers, elector.attains_on)
          IS DISTINCT FROM
          (left_over.address_id, left_over.polling_district_id,
           left_over.elector_number, left_over.markers, left_over.attains_on)
    RETURNING elector.id
)
INSERT INTO renamed
SELECT elector.id, left_over.surname, left_over.forename
FROM left_over JOIN campaigns_elector AS elector ON elector.id = left_over.elector_id
WHERE elector.surname <> left_over.surname
   OR concat_ws(' ', elector.forename, nullif(elector.middle_names, ''))
   <> left_over.forename
"""  # noqa: S608 (no text but our own)
NEXT = """
DELETE FROM renamed WHERE elector_id IN (SELECT elector_id FROM renamed LIMIT %s)
RETURNING elector_id, surname, forename
"""
RENAME = """
UPDATE campaigns_elector AS elector
SET surname = named.surname, forename = named.forename,
    middle_names = named.middle_names, name_key = named.name_key, title = '',
    supplier_id = '', changed_at = %s
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[])
     AS named (id, surname, forename, middle_names, name_key)
WHERE elector.id = named.id AND elector.name_key <> named.name_key
"""


def fall_back(*, organisation: int, at: datetime) -> None:
    """Of the electors in `changed_elector`; who has no entry left is passed over."""
    with connection.cursor() as cursor:
        cursor.execute(FALL_BACK, {"organisation": organisation, "at": at})
        while True:
            cursor.execute(NEXT, [CHUNK])
            rows = cursor.fetchall()
            if not rows:
                return
            columns = zip(*(_named(*row) for row in rows), strict=True)
            cursor.execute(RENAME, [at, *(list(column) for column in columns)])


def _named(elector: int, surname: str, given: str) -> tuple[Any, ...]:
    forename, middle_names = split_given(tidy(given))
    return (
        *(elector, tidy(surname), forename, middle_names),
        name_key(surname, forename, middle_names),
    )
