"""Write what a file changes: electors, and the spans of their entries.

Works on `arrival` and `pairing`; leaves `result` (line, elector_id, entry_id, is_new)
and `changed_elector` (elector_id) for those who need to know.
"""

from dataclasses import dataclass
from datetime import datetime

from campaigns.actions.register_steps import Step

NUMBER = "{0}.prefix || '-' || {0}.number || CASE {0}.suffix WHEN '' THEN '' ELSE '/' || {0}.suffix END"  # noqa: E501
ARRIVAL = """
DROP TABLE IF EXISTS arrival, result, altered, departing, changed_elector;
CREATE TEMP TABLE arrival AS
SELECT staged.*, home_address.address_id, district.id AS polling_district_id
FROM staged_line AS staged
LEFT JOIN home_address USING (home)
JOIN campaigns_pollingdistrict AS district
  ON district.organisation_id = %(organisation)s AND district.council_id = %(council)s
 AND district.code = staged.prefix AND district.until_edition_id IS NULL
WHERE staged.change <> 'delete';
ANALYZE arrival;
"""
RESULT = """
CREATE TEMP TABLE result AS
SELECT arrival.line,
       coalesce(pairing.elector_id, nextval('campaigns_elector_id_seq')) AS elector_id,
       pairing.entry_id, pairing.elector_id IS NULL AS is_new
FROM arrival LEFT JOIN pairing USING (line);
ANALYZE result;
"""
# Entries whose printed facts are no longer the file's.
ALTERED = """
CREATE TEMP TABLE altered AS
SELECT result.line, result.entry_id,
       (entry.prefix, entry.number, entry.suffix)
    <> (arrival.prefix, arrival.number, arrival.suffix) AS is_renumbered,
       entry.address_id <> arrival.address_id AS is_moved,
       (entry.markers, entry.surname, entry.forename)
    <> (arrival.markers, coalesce(arrival.printed_surname, arrival.surname),
        coalesce(arrival.printed_forename, arrival.forename))
       OR entry.attains_on IS DISTINCT FROM arrival.attains_on AS is_changed
FROM result
JOIN arrival USING (line)
JOIN campaigns_registerentry AS entry ON entry.id = result.entry_id
WHERE (entry.prefix, entry.number, entry.suffix, entry.markers, entry.surname,
       entry.forename)
   <> (arrival.prefix, arrival.number, arrival.suffix, arrival.markers,
       coalesce(arrival.printed_surname, arrival.surname),
       coalesce(arrival.printed_forename, arrival.forename))
   OR (entry.attains_on, entry.address_id, entry.polling_district_id)
      IS DISTINCT FROM
      (arrival.attains_on, arrival.address_id, arrival.polling_district_id)
"""
CLOSE = """
UPDATE campaigns_registerentry AS entry SET until_edition_id = %(edition)s
FROM (SELECT entry_id FROM altered UNION ALL SELECT entry_id FROM departing) AS over
WHERE entry.id = over.entry_id
"""
DEPART = """
UPDATE campaigns_elector AS elector SET on_register = false, changed_at = %(at)s
FROM departing WHERE elector.id = departing.elector_id
"""
OPEN = """
INSERT INTO campaigns_registerentry (
    organisation_id, council_id, elector_id, from_edition_id, polling_district_id,
    address_id, prefix, number, suffix, markers, attains_on, surname, forename)
SELECT %(organisation)s, %(council)s, result.elector_id, %(edition)s,
       arrival.polling_district_id, arrival.address_id, arrival.prefix, arrival.number,
       arrival.suffix, arrival.markers, arrival.attains_on,
       coalesce(arrival.printed_surname, arrival.surname),
       coalesce(arrival.printed_forename, arrival.forename)
FROM result JOIN arrival USING (line)
WHERE result.entry_id IS NULL
   OR EXISTS (SELECT FROM altered WHERE altered.line = result.line)
"""
ELECTORS = f"""
INSERT INTO campaigns_elector (
    id, organisation_id, council_id, address_id, polling_district_id, elector_number,
    title, forename, middle_names, surname, name_key, markers, attains_on,
    supplier_id, is_anonymous, changed_at)
SELECT result.elector_id, %(organisation)s, %(council)s, arrival.address_id,
       arrival.polling_district_id, {NUMBER.format("arrival")}, arrival.title,
       arrival.forename, arrival.middle_names, arrival.surname, arrival.name_key,
       arrival.markers, arrival.attains_on, arrival.supplier_id,
       arrival.is_anonymous, %(at)s
FROM result JOIN arrival USING (line)
WHERE result.is_new
"""
# Only what differs is written. What a file does not say (a title, the supplier's id)
# is no reason to forget it.
REWRITE = f"""
UPDATE campaigns_elector AS elector
SET address_id = arrival.address_id,
    polling_district_id = arrival.polling_district_id,
    elector_number = {NUMBER.format("arrival")},
    title = coalesce(nullif(arrival.title, ''), elector.title),
    forename = arrival.forename, middle_names = arrival.middle_names,
    surname = arrival.surname, name_key = arrival.name_key,
    markers = arrival.markers, attains_on = arrival.attains_on,
    supplier_id = coalesce(nullif(arrival.supplier_id, ''), elector.supplier_id),
    on_register = true, changed_at = %(at)s
FROM result JOIN arrival USING (line)
WHERE NOT result.is_new AND elector.id = result.elector_id
  AND ((elector.elector_number, elector.forename, elector.middle_names,
        elector.surname, elector.markers, elector.on_register)
    <> ({NUMBER.format("arrival")}, arrival.forename, arrival.middle_names,
        arrival.surname, arrival.markers, true)
    OR (elector.attains_on, elector.address_id, elector.polling_district_id)
       IS DISTINCT FROM
       (arrival.attains_on, arrival.address_id, arrival.polling_district_id)
    OR (arrival.title <> '' AND arrival.title <> elector.title)
    OR (arrival.supplier_id <> '' AND arrival.supplier_id <> elector.supplier_id))
"""
CHANGED = """
CREATE TEMP TABLE changed_elector AS
SELECT elector_id FROM result
LEFT JOIN altered USING (line)
WHERE result.entry_id IS NULL OR altered.line IS NOT NULL
UNION ALL
SELECT elector_id FROM departing;
ANALYZE changed_elector;
"""
TOUCHED_HOMES = """
DROP TABLE IF EXISTS touched_home;
CREATE TEMP TABLE touched_home AS
SELECT arrival.address_id FROM arrival WHERE address_id IS NOT NULL
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


def prepare_arrivals(step: Step) -> None:
    step.run(ARRIVAL)


def merge(step: Step, *, at: datetime) -> Tally:
    """End, rewrite and add: only what differs is written."""
    step.run(RESULT, ALTERED, "ANALYZE altered")
    tally = Tally(*step.rows(TALLY)[0])
    if tally.changed or tally.moved or tally.renumbered or tally.ended:
        step.run(CLOSE)
    step.run(DEPART, REWRITE, ELECTORS, at=at)
    step.run(OPEN, CHANGED)
    return tally


def count_households(step: Step, *, before: bool) -> int:
    """Of the homes that this file touches, how many have somebody on the register.

    Ask before and after the merge: the difference is what the file changed. A first
    register touches every home and has nobody before.
    """
    if before:
        step.run(TOUCHED_HOMES, "ANALYZE touched_home")
    return int(step.value(OCCUPIED))
