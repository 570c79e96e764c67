"""Write what a file changes: electors, and the spans of their entries.

Works on `arrival` and `pairing`; leaves `result` (line, elector_id, entry_id, is_new)
and `changed_elector` (elector_id) for those who need to know.
"""

from dataclasses import dataclass
from datetime import datetime

from campaigns.actions.register_steps import Step

NUMBER = "{0}.prefix || '-' || {0}.number || CASE {0}.suffix WHEN '' THEN '' ELSE '/' || {0}.suffix END"  # noqa: E501
DROP = "DROP TABLE IF EXISTS arrival, result, altered, departing, changed_elector"
PLACED = """
FROM staged_line AS staged
LEFT JOIN home_address USING (home)
JOIN campaigns_pollingdistrict AS district
  ON district.organisation_id = %(organisation)s AND district.council_id = %(council)s
 AND district.code = staged.prefix AND district.until_edition_id IS NULL
WHERE staged.change <> 'delete'
"""
ARRIVAL = f"""
CREATE TEMP TABLE arrival AS
SELECT staged.*, home_address.address_id, district.id AS polling_district_id {PLACED};
ANALYZE arrival;
"""
RESULT = """
CREATE TEMP TABLE result AS
SELECT arrival.*, pairing.entry_id, pairing.elector_id IS NULL AS is_new,
       coalesce(pairing.elector_id, nextval('campaigns_elector_id_seq')) AS elector_id
FROM arrival LEFT JOIN pairing USING (line);
DROP TABLE arrival;
ANALYZE result;
"""
# Of a full register, what its open entries print was read to match it.
ENTRY_KNOWN = """
(SELECT elector_id, entry_id AS id, prefix, number, suffix, markers, surname, forename,
        entry_attains_on AS attains_on, entry_address_id AS address_id,
        entry_polling_district_id AS polling_district_id
 FROM known) AS entry ON entry.elector_id = result.elector_id
"""
ENTRY_LOOKED_UP = """
campaigns_registerentry AS entry
  ON entry.organisation_id = %(organisation)s AND entry.elector_id = result.elector_id
"""
# Entries whose printed facts are no longer the file's.
ALTERED = """
CREATE TEMP TABLE altered AS
SELECT result.line, result.elector_id, result.entry_id,
       (entry.prefix, entry.number, entry.suffix)
    <> (result.prefix, result.number, result.suffix) AS is_renumbered,
       entry.address_id IS DISTINCT FROM result.address_id AS is_moved,
       (entry.markers, entry.surname, entry.forename)
    <> (result.markers, coalesce(result.printed_surname, result.surname),
        coalesce(result.printed_forename, result.forename))
       OR entry.attains_on IS DISTINCT FROM result.attains_on AS is_changed,
       (entry.address_id, entry.polling_district_id)
       IS DISTINCT FROM (result.address_id, result.polling_district_id) AS is_elsewhere
FROM result
JOIN {entry} AND entry.id = result.entry_id
WHERE (entry.prefix, entry.number, entry.suffix, entry.markers, entry.surname,
       entry.forename)
   <> (result.prefix, result.number, result.suffix, result.markers,
       coalesce(result.printed_surname, result.surname),
       coalesce(result.printed_forename, result.forename))
   OR (entry.attains_on, entry.address_id, entry.polling_district_id)
      IS DISTINCT FROM
      (result.attains_on, result.address_id, result.polling_district_id)
"""
CLOSE = """
UPDATE campaigns_registerentry AS entry SET until_edition_id = %(edition)s
FROM (SELECT elector_id, entry_id FROM altered
      UNION ALL SELECT elector_id, entry_id FROM departing) AS over
WHERE entry.organisation_id = %(organisation)s
  AND entry.elector_id = over.elector_id AND entry.id = over.entry_id
"""
DEPART = """
UPDATE campaigns_elector AS elector SET on_register = false, changed_at = %(at)s
WHERE elector.id = ANY (ARRAY(SELECT elector_id FROM departing))
"""
OPEN_ALL = """
INSERT INTO campaigns_registerentry (
    organisation_id, council_id, elector_id, from_edition_id, polling_district_id,
    address_id, prefix, number, suffix, markers, attains_on, surname, forename)
SELECT %(organisation)s, %(council)s, result.elector_id, %(edition)s,
       result.polling_district_id, result.address_id, result.prefix, result.number,
       result.suffix, result.markers, result.attains_on,
       coalesce(result.printed_surname, result.surname),
       coalesce(result.printed_forename, result.forename)
FROM result
"""
OPEN = f"""{OPEN_ALL}
LEFT JOIN altered ON altered.line = result.line
WHERE result.entry_id IS NULL OR altered.line IS NOT NULL
"""
ADD_ALL = f"""
INSERT INTO campaigns_elector (
    id, organisation_id, council_id, address_id, polling_district_id, elector_number,
    title, forename, middle_names, surname, name_key, markers, attains_on,
    supplier_id, is_anonymous, changed_at)
SELECT result.elector_id, %(organisation)s, %(council)s, result.address_id,
       result.polling_district_id, {NUMBER.format("result")}, result.title,
       result.forename, result.middle_names, result.surname, result.name_key,
       result.markers, result.attains_on, result.supplier_id,
       result.is_anonymous, %(at)s
FROM result
"""  # noqa: S608 (no text but our own)
ADD = f"{ADD_ALL} WHERE result.is_new"
# Nobody of a first register is known: electors and entries in one pass over it, in the
# order of the file, so that neighbours are read together ever after.
ADD_FIRST = f"""
WITH result AS MATERIALIZED (
    SELECT placed.*, nextval('campaigns_elector_id_seq') AS elector_id
    FROM (SELECT staged.*, home_address.address_id, district.id AS polling_district_id
          {PLACED} ORDER BY staged.line) AS placed
), elector AS ({ADD_ALL}), entry AS ({OPEN_ALL})
INSERT INTO changed_elector SELECT elector_id FROM result
"""  # noqa: S608 (no text but our own)
# Only what differs is written. What a file does not say (a title, the supplier's id)
# is no reason to forget it.
REWRITE = f"""
UPDATE campaigns_elector AS elector
SET address_id = result.address_id,
    polling_district_id = result.polling_district_id,
    elector_number = {NUMBER.format("result")},
    title = coalesce(nullif(result.title, ''), elector.title),
    forename = result.forename, middle_names = result.middle_names,
    surname = result.surname, name_key = result.name_key,
    markers = result.markers, attains_on = result.attains_on,
    supplier_id = coalesce(nullif(result.supplier_id, ''), elector.supplier_id),
    on_register = true, changed_at = %(at)s
FROM result
WHERE NOT result.is_new AND elector.id = result.elector_id
  AND ((elector.elector_number, elector.forename, elector.middle_names,
        elector.surname, elector.markers, elector.on_register)
    <> ({NUMBER.format("result")}, result.forename, result.middle_names,
        result.surname, result.markers, true)
    OR (elector.attains_on, elector.address_id, elector.polling_district_id)
       IS DISTINCT FROM
       (result.attains_on, result.address_id, result.polling_district_id)
    OR (result.title <> '' AND result.title <> elector.title)
    OR (result.supplier_id <> '' AND result.supplier_id <> elector.supplier_id))
"""  # noqa: S608 (no text but our own)
# A new number alone changes nothing that others keep of a person, unless copies of this
# council differ in whom they serve.
CHANGED = """
CREATE TEMP TABLE changed_elector AS
SELECT result.elector_id FROM result
LEFT JOIN altered USING (line)
WHERE result.entry_id IS NULL OR altered.is_changed OR altered.is_elsewhere
   OR (altered.line IS NOT NULL AND EXISTS (
       SELECT FROM campaigns_registeredition AS edition
       WHERE edition.organisation_id = %(organisation)s
         AND edition.council_id = %(council)s
         AND (edition.supplied_to = 'candidate' OR edition.destroyed_at IS NOT NULL)))
UNION ALL
SELECT elector_id FROM departing;
ANALYZE changed_elector;
"""
HOMES = """
SELECT count(*) FROM
(SELECT address_id FROM home_address
 WHERE home IN (SELECT home FROM staged_line) GROUP BY 1) AS home
"""
TOUCHED_HOMES = """
DROP TABLE IF EXISTS touched_home;
CREATE TEMP TABLE touched_home AS
SELECT address_id FROM arrival WHERE address_id IS NOT NULL
UNION
SELECT elector.address_id
FROM campaigns_elector AS elector
JOIN (SELECT elector_id FROM departing UNION ALL SELECT elector_id FROM pairing) AS one
  ON one.elector_id = elector.id
WHERE elector.address_id IS NOT NULL
"""
OCCUPIED = """
SELECT count(*) FROM touched_home
WHERE EXISTS (SELECT FROM campaigns_elector AS elector
              WHERE elector.organisation_id = %(organisation)s
                AND elector.address_id = touched_home.address_id
                AND elector.on_register)
"""
TALLY = """
SELECT (SELECT count(*) FROM result WHERE entry_id IS NULL),
       count(*) FILTER (WHERE is_changed), count(*) FILTER (WHERE is_moved),
       count(*) FILTER (WHERE is_renumbered), (SELECT count(*) FROM departing)
FROM altered
"""


@dataclass(frozen=True)
class Tally:
    """Electors of one import by what became of them; and homes won or lost."""

    added: int
    changed: int
    moved: int
    renumbered: int
    ended: int


def merge_first(step: Step, *, at: datetime) -> Tally:
    """Add everybody of a council's first register."""
    changed = "CREATE TEMP TABLE changed_elector (elector_id bigint)"
    added = step.run(DROP, changed, ADD_FIRST, at=at)
    step.run("ANALYZE changed_elector")
    return Tally(added, 0, 0, 0, 0)


def prepare_arrivals(step: Step) -> None:
    step.run(DROP, ARRIVAL)


def merge(step: Step, *, at: datetime) -> Tally:
    """End, rewrite and add: only what differs is written."""
    entry = ENTRY_KNOWN if step.is_full else ENTRY_LOOKED_UP
    step.run(RESULT, ALTERED.format(entry=entry), "ANALYZE altered")
    tally = Tally(*step.rows(TALLY)[0])
    step.run(CLOSE, DEPART, REWRITE, ADD, at=at)
    step.run(OPEN, CHANGED)
    return tally


def count_touched_homes(step: Step, *, before: bool) -> int:
    """Of the homes that this file touches, how many have somebody on the register.

    Ask before and after the merge: the difference is what the file changed.
    """
    if before:
        step.run(TOUCHED_HOMES, "ANALYZE touched_home")
    return int(step.value(OCCUPIED))


def count_households(step: Step) -> int:
    """Homes with somebody in them, of a full register."""
    return int(step.value(HOMES))
