"""Who of a full register is already known: exact matches in SQL, the rest by rule.

Works on `arrival` (the file's lines with their address and district) and `known` (who
is on the register of this council now). Leaves `pairing` (line, elector_id, entry_id)
for the certain ones and `perhaps` for those that a person must decide.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from django.db import connection
from rapidfuzz.distance import JaroWinkler

from campaigns.actions.register_steps import Step
from campaigns.rules.matching import Match, Person, Verdict, match_household

COMMON = 2_000  # given names are common when one elector in so many has them
FETCH = 5_000
ENOUGH = 20_000  # pairs that tell whether a register kept its numbers

TABLES = """
DROP TABLE IF EXISTS known, pairing, perhaps;
CREATE TEMP TABLE pairing (line integer, elector_id bigint, entry_id bigint);
CREATE TEMP TABLE perhaps (
    line integer, elector_id bigint, kind text, score double precision, evidence text);
"""
KNOWN = """
CREATE TEMP TABLE known AS
SELECT elector.id AS elector_id, entry.id AS entry_id, entry.prefix, entry.number,
       entry.suffix, elector.address_id, elector.polling_district_id,
       elector.name_key, elector.title, elector.attains_on, elector.supplier_id,
       elector.is_anonymous, entry.markers, entry.surname, entry.forename,
       entry.attains_on AS entry_attains_on, entry.address_id AS entry_address_id,
       entry.polling_district_id AS entry_polling_district_id
FROM campaigns_registerentry AS entry
JOIN campaigns_elector AS elector ON elector.id = entry.elector_id
WHERE entry.organisation_id = %(organisation)s AND entry.council_id = %(council)s
  AND entry.until_edition_id IS NULL
"""
# The supplier's own id is proof, even of a move, unless the whole name is another's.
BY_SUPPLIER_ID = """
SELECT arrival.line, known.elector_id, known.entry_id
FROM arrival
JOIN known ON known.supplier_id = arrival.supplier_id
WHERE arrival.supplier_id <> '' AND NOT arrival.is_anonymous AND NOT known.is_anonymous
  AND (split_part(arrival.name_key, ' ', 1) = split_part(known.name_key, ' ', 1)
    OR split_part(arrival.name_key, ' ', 2) = split_part(known.name_key, ' ', 2))
  AND NOT EXISTS (SELECT FROM pairing WHERE pairing.line = arrival.line)
  AND NOT EXISTS (SELECT FROM pairing WHERE pairing.elector_id = known.elector_id)
"""
BY_NAME_AND_ADDRESS = """
SELECT arrival.line, known.elector_id, known.entry_id
FROM arrival
JOIN known ON known.address_id = arrival.address_id
          AND known.name_key = arrival.name_key
WHERE NOT arrival.is_anonymous AND NOT known.is_anonymous
  AND (arrival.attains_on IS NULL OR arrival.attains_on = known.attains_on)
  AND NOT (%(ids_hold)s AND arrival.supplier_id <> '' AND known.supplier_id <> '')
  AND NOT EXISTS (SELECT FROM pairing WHERE pairing.line = arrival.line)
  AND NOT EXISTS (SELECT FROM pairing WHERE pairing.elector_id = known.elector_id)
"""
# Overseas and special electors have no address: the same name in the same ward.
WITHOUT_ADDRESS = """
SELECT arrival.line, known.elector_id, known.entry_id
FROM arrival
JOIN known ON known.name_key = arrival.name_key
JOIN campaigns_pollingdistrict AS district ON district.id = arrival.polling_district_id
JOIN campaigns_pollingdistrict AS before ON before.id = known.polling_district_id
WHERE arrival.address_id IS NULL AND known.address_id IS NULL
  AND NOT arrival.is_anonymous AND NOT known.is_anonymous
  AND (district.ward_id = before.ward_id OR district.code = before.code)
  AND NOT EXISTS (SELECT FROM pairing WHERE pairing.line = arrival.line)
  AND NOT EXISTS (SELECT FROM pairing WHERE pairing.elector_id = known.elector_id)
"""
# Somebody who left and is back at the same address under the same name.
RETURNED = """
SELECT arrival.line, elector.id, NULL::bigint
FROM arrival
JOIN campaigns_elector AS elector
  ON elector.organisation_id = %(organisation)s AND elector.council_id = %(council)s
 AND NOT elector.on_register AND elector.name_key = arrival.name_key
 AND elector.address_id = arrival.address_id
WHERE NOT arrival.is_anonymous AND NOT elector.is_anonymous
  AND elector.merged_into_id IS NULL
  AND (arrival.attains_on IS NULL OR arrival.attains_on = elector.attains_on)
  AND NOT EXISTS (SELECT FROM pairing WHERE pairing.line = arrival.line)
  AND NOT EXISTS (SELECT FROM pairing WHERE pairing.elector_id = elector.id)
"""
# Where numbers were kept, an anonymous entry is known by its number, and only there.
NUMBERS_KEPT = """
SELECT count(*) > 0 AND count(*) FILTER (
    WHERE (known.prefix, known.number, known.suffix)
        = (arrival.prefix, arrival.number, arrival.suffix)) > 0.9 * count(*)
FROM (SELECT line, elector_id FROM pairing LIMIT %(enough)s) AS paired
JOIN known USING (elector_id)
JOIN arrival USING (line)
"""
ANONYMOUS_BY_NUMBER = """
INSERT INTO pairing
SELECT arrival.line, known.elector_id, known.entry_id
FROM arrival
JOIN known USING (prefix, number, suffix)
WHERE arrival.is_anonymous AND known.is_anonymous
"""
# Else a ward with as many anonymous entries as before has, as far as anybody can tell,
# the same ones. Nothing is ever recorded about them, so nothing can go astray.
ANONYMOUS_BY_WARD = """
WITH fresh AS (
    SELECT coalesce(ward_id, -district.id) AS ward, line,
           row_number() OVER ward AS nth, count(*) OVER (PARTITION BY
               coalesce(ward_id, -district.id)) AS together
    FROM arrival
    JOIN campaigns_pollingdistrict AS district
      ON district.id = arrival.polling_district_id
    WHERE arrival.is_anonymous
    WINDOW ward AS (PARTITION BY coalesce(ward_id, -district.id)
                    ORDER BY prefix COLLATE "C", number::bigint, suffix)
), before AS (
    SELECT coalesce(ward_id, -district.id) AS ward, elector_id, entry_id,
           row_number() OVER ward AS nth, count(*) OVER (PARTITION BY
               coalesce(ward_id, -district.id)) AS together
    FROM known
    JOIN campaigns_pollingdistrict AS district
      ON district.id = known.polling_district_id
    WHERE known.is_anonymous
    WINDOW ward AS (PARTITION BY coalesce(ward_id, -district.id)
                    ORDER BY prefix COLLATE "C", number::bigint, suffix)
)
INSERT INTO pairing
SELECT fresh.line, before.elector_id, before.entry_id
FROM fresh JOIN before USING (ward, nth, together)
"""
# Two people who cannot be told apart are not paired by chance.
PAIR = """
WITH found (line, elector_id, entry_id) AS MATERIALIZED ({found}),
several_electors AS (SELECT line FROM found GROUP BY line HAVING count(*) > 1),
several_lines AS (SELECT elector_id FROM found GROUP BY elector_id HAVING count(*) > 1)
INSERT INTO pairing
SELECT * FROM found
WHERE NOT EXISTS (SELECT FROM several_electors WHERE several_electors.line = found.line)
  AND NOT EXISTS (SELECT FROM several_lines
                  WHERE several_lines.elector_id = found.elector_id)
"""
COMMON_NAMES = """
WITH given AS (
    SELECT substr(name_key, strpos(name_key, ' ') + 1) AS names, count(*) AS people
    FROM arrival GROUP BY 1
), forename AS (
    SELECT split_part(names, ' ', 1) AS names, sum(people) AS people
    FROM given GROUP BY 1
)
SELECT names FROM (TABLE given UNION ALL TABLE forename) AS name
WHERE people * %(common)s > (SELECT count(*) FROM arrival)
"""
LEFT_OVER = """
WITH fresh AS (
    SELECT address_id, line AS ref, number, suffix, name_key, title, attains_on,
           markers, concat_ws(' ', coalesce(printed_forename, forename),
                              coalesce(printed_surname, surname)) AS printed
    FROM arrival
    WHERE address_id IS NOT NULL AND NOT is_anonymous
      AND NOT (%(ids_hold)s AND supplier_id <> '')
      AND NOT EXISTS (SELECT FROM pairing WHERE pairing.line = arrival.line)
), gone AS (
    SELECT known.address_id, known.elector_id AS ref, known.number, known.suffix,
           name_key, title, known.attains_on, markers,
           concat_ws(' ', forename, surname) AS printed
    FROM known
    WHERE known.address_id IS NOT NULL AND NOT is_anonymous
      AND NOT (%(ids_hold)s AND supplier_id <> '')
      AND NOT EXISTS (SELECT FROM pairing WHERE pairing.elector_id = known.elector_id)
), home AS (
    SELECT address_id FROM fresh INTERSECT SELECT address_id FROM gone
), stayed AS (
    SELECT DISTINCT address_id FROM known
    JOIN home USING (address_id) JOIN pairing USING (elector_id)
)
SELECT address_id, stayed.address_id IS NOT NULL, is_older, ref, name_key, title,
       attains_on, markers, printed
FROM (SELECT true AS is_older, gone.* FROM gone
      UNION ALL SELECT false, fresh.* FROM fresh) AS person
JOIN home USING (address_id)
LEFT JOIN stayed USING (address_id)
ORDER BY address_id, is_older, number::bigint, suffix
"""
# It joins and sorts a dozen times in one statement, and each time may take so much.
ITS_MEMORY = "SET LOCAL work_mem = '1MB'"
# Where most of the supplier's ids are found again, another id is another person.
IDS_HOLD = """
SELECT count(*) > 0 AND (SELECT count(*) FROM pairing) * 2 > count(*)
FROM known WHERE supplier_id <> ''
"""
ENTRIES_OF_PAIRS = """
UPDATE pairing SET entry_id = known.entry_id
FROM known
WHERE pairing.entry_id IS NULL AND known.elector_id = pairing.elector_id
"""


DEPARTING = """
CREATE TEMP TABLE departing AS
SELECT elector_id, entry_id FROM known
WHERE NOT EXISTS (SELECT FROM pairing WHERE pairing.elector_id = known.elector_id)
"""


def match_full(step: Step) -> None:
    """Also leaves `departing`: who is on the register and not in the file."""
    step.run(TABLES, KNOWN, "ANALYZE known")
    if step.value("SELECT EXISTS (SELECT FROM known)"):
        _match(step)
    step.run(DEPARTING, "ANALYZE departing")


def _match(step: Step) -> None:
    pair(step, BY_SUPPLIER_ID)
    ids_hold = bool(step.value(IDS_HOLD))
    pair(step, BY_NAME_AND_ADDRESS, ids_hold=ids_hold)
    step.run("ANALYZE pairing")
    pair(step, WITHOUT_ADDRESS)
    kept = step.value(NUMBERS_KEPT, enough=ENOUGH)
    step.run(ANONYMOUS_BY_NUMBER if kept else ANONYMOUS_BY_WARD)
    match_left_over(step, ids_hold=ids_hold)
    step.run(ENTRIES_OF_PAIRS)
    pair(step, RETURNED)
    step.run("ANALYZE pairing")


def pair(step: Step, found: str, **more: object) -> None:
    """Pair those whom this query finds, each line with one elector only."""
    step.run(PAIR.format(found=found), **more)


def match_left_over(step: Step, *, ids_hold: bool = False) -> None:
    """Judge, home by home, those who share an address and are not yet matched."""
    common = {name for (name,) in step.rows(COMMON_NAMES, common=COMMON)}
    matches: list[Match] = []
    for older, newer, others_stayed in _homes(step, ids_hold):
        matches += match_household(
            older,
            newer,
            similarity=JaroWinkler.similarity,
            others_stayed=others_stayed,
            is_common=common.__contains__,
        )
        if len(matches) >= FETCH:
            _keep(matches)
    _keep(matches)


def _homes(
    step: Step, ids_hold: bool
) -> Iterator[tuple[list[Person], list[Person], bool]]:
    before = step.value("SHOW work_mem")
    step.run(ITS_MEMORY, f"DECLARE left_over CURSOR FOR {LEFT_OVER}", ids_hold=ids_hold)
    for _, group in groupby(_fetched(step), key=itemgetter(0)):
        rows = list(group)
        older = [Person(*person) for _, _, is_older, *person in rows if is_older]
        newer = [Person(*person) for _, _, is_older, *person in rows if not is_older]
        yield older, newer, rows[0][1]
    step.run("CLOSE left_over", f"SET LOCAL work_mem = {before!r}")


def _fetched(step: Step) -> Iterator[tuple]:
    while rows := step.rows(f"FETCH {FETCH} FROM left_over"):
        yield from rows


def _keep(matches: list[Match]) -> None:
    with connection.cursor() as cursor:
        with cursor.copy("COPY pairing (line, elector_id) FROM STDIN") as copy:
            for match in matches:
                if match.verdict is Verdict.SAME:
                    copy.write_row((match.newer, match.older))
        with cursor.copy("COPY perhaps FROM STDIN") as copy:
            for match in matches:
                if match.verdict is Verdict.PERHAPS:
                    evidence = "\n".join(match.evidence)
                    copy.write_row(
                        (match.newer, match.older, match.kind, match.score, evidence)
                    )
    matches.clear()
