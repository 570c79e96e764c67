"""Whom the lines of a monthly update mean, and which of them cannot be applied.

A line means the holder of its number if the name or the home agrees; else whoever has
the supplier's id; else the one person of that name at that address. Leaves `pairing`
and `departing`, as a full register does, and says which lines are rejected.
"""

from campaigns.actions.register_lines import Rejected
from campaigns.actions.register_matching import (
    BY_NAME_AND_ADDRESS,
    BY_SUPPLIER_ID,
    RETURNED,
    TABLES,
    match_left_over,
    pair,
)
from campaigns.actions.register_steps import Step

# Every line of the file with its address, and whom we know under its number.
MEANT = """
DROP TABLE IF EXISTS meant, departing;
CREATE TEMP TABLE meant AS
SELECT staged.line, staged.change, staged.prefix, staged.number, staged.suffix,
       staged.name_key, staged.supplier_id, staged.is_anonymous,
       home_address.address_id, entry.id AS entry_id, elector.id AS elector_id,
       elector.is_anonymous AS holder_is_anonymous, elector.address_id AS holder_home,
       elector.name_key AS holder_name,
       staged.is_anonymous = elector.is_anonymous AND (
           staged.is_anonymous
           OR split_part(staged.name_key, ' ', 1) = split_part(elector.name_key, ' ', 1)
           OR split_part(staged.name_key, ' ', 2) = split_part(elector.name_key, ' ', 2)
           OR (elector.address_id = home_address.address_id
               AND staged.change = 'amend')) AS agrees
FROM staged_line AS staged
LEFT JOIN home_address USING (home)
LEFT JOIN campaigns_registerentry AS entry
  ON entry.organisation_id = %(organisation)s AND entry.council_id = %(council)s
 AND entry.prefix = staged.prefix AND entry.number = staged.number
 AND entry.suffix = staged.suffix AND entry.until_edition_id IS NULL
LEFT JOIN campaigns_elector AS elector ON elector.id = entry.elector_id;
ANALYZE meant;
"""
# Someone whose number is now printed without a name, or the other way round, is never
# matched: the entry before ends and another begins.
CHANGED_VEIL = """
CREATE TEMP TABLE departing AS
SELECT elector_id, entry_id FROM meant
WHERE change = 'amend' AND holder_is_anonymous <> is_anonymous
"""
BY_NUMBER = """
INSERT INTO pairing
SELECT line, elector_id, entry_id FROM meant
WHERE change IN ('amend', 'delete') AND agrees
"""
ALREADY_THERE = """
INSERT INTO pairing
SELECT line, elector_id, entry_id FROM meant
WHERE change = 'add' AND holder_name = name_key AND holder_home = address_id
  AND NOT EXISTS (SELECT FROM pairing WHERE pairing.elector_id = meant.elector_id)
"""
BY_ID = """
INSERT INTO pairing
SELECT meant.line, elector.id, entry.id
FROM meant
JOIN campaigns_elector AS elector
  ON elector.organisation_id = %(organisation)s AND elector.council_id = %(council)s
 AND elector.supplier_id <> '' AND elector.supplier_id = meant.supplier_id
JOIN campaigns_registerentry AS entry
  ON entry.organisation_id = %(organisation)s AND entry.elector_id = elector.id
 AND entry.until_edition_id IS NULL
WHERE meant.supplier_id <> '' AND NOT meant.is_anonymous AND NOT elector.is_anonymous
  AND meant.change IN ('amend', 'delete')
  AND NOT EXISTS (SELECT FROM pairing WHERE pairing.line = meant.line)
  AND split_part(meant.name_key, ' ', 2) = split_part(elector.name_key, ' ', 2)
"""
BY_NAME = """
INSERT INTO pairing
SELECT meant.line, elector.id, entry.id
FROM meant
JOIN campaigns_elector AS elector
  ON elector.organisation_id = %(organisation)s
 AND elector.address_id = meant.address_id AND elector.name_key = meant.name_key
 AND elector.on_register
JOIN campaigns_registerentry AS entry
  ON entry.organisation_id = %(organisation)s AND entry.elector_id = elector.id
 AND entry.until_edition_id IS NULL
WHERE NOT meant.is_anonymous AND meant.change IN ('amend', 'delete')
  AND NOT EXISTS (SELECT FROM pairing WHERE pairing.line = meant.line)
"""
AMBIGUOUS = """
DELETE FROM pairing
WHERE line IN (SELECT line FROM pairing GROUP BY line HAVING count(*) > 1)
   OR elector_id IN
      (SELECT elector_id FROM pairing GROUP BY elector_id HAVING count(*) > 1)
"""
DEPARTING = """
INSERT INTO departing
SELECT DISTINCT pairing.elector_id, pairing.entry_id
FROM pairing JOIN meant USING (line) WHERE meant.change = 'delete'
"""
UNKNOWN_LEAVERS = """
SELECT line, entry_id IS NOT NULL FROM meant
WHERE change = 'delete'
  AND NOT EXISTS (SELECT FROM pairing WHERE pairing.line = meant.line)
"""
# The number is held by somebody else who neither leaves nor takes another number.
OTHERS_NUMBERS = """
DELETE FROM arrival USING meant
WHERE meant.line = arrival.line AND meant.entry_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM departing WHERE departing.entry_id = meant.entry_id)
  AND NOT EXISTS (
      SELECT FROM pairing JOIN arrival AS moving USING (line)
      WHERE pairing.elector_id = meant.elector_id
        AND (pairing.line = meant.line
             OR (moving.prefix, moving.number, moving.suffix)
             <> (meant.prefix, meant.number, meant.suffix)))
RETURNING arrival.line
"""
LINES_GONE = """
DELETE FROM pairing
WHERE NOT EXISTS (SELECT FROM arrival WHERE arrival.line = pairing.line)
"""
DELETED_LINES = "DELETE FROM pairing USING meant WHERE pairing.line = meant.line AND meant.change = 'delete'"  # noqa: E501
# Those who leave in this file, to be recognised among those it adds.
LEAVING = """
CREATE TEMP TABLE known AS
SELECT elector.id AS elector_id, departing.entry_id, ''::text AS prefix,
       '0'::text AS number, ''::text AS suffix, elector.address_id,
       elector.polling_district_id, elector.name_key, elector.title,
       elector.attains_on, elector.supplier_id, elector.is_anonymous,
       entry.markers, entry.surname, entry.forename
FROM departing
JOIN campaigns_elector AS elector ON elector.id = departing.elector_id
JOIN campaigns_registerentry AS entry
  ON entry.organisation_id = %(organisation)s
 AND entry.elector_id = departing.elector_id AND entry.id = departing.entry_id
WHERE NOT EXISTS (SELECT FROM pairing WHERE pairing.elector_id = elector.id);
ANALYZE known;
"""
ENTRIES_OF_PAIRS = """
UPDATE pairing SET entry_id = departing.entry_id
FROM departing
WHERE pairing.entry_id IS NULL AND departing.elector_id = pairing.elector_id
"""
STAYS_AFTER_ALL = """
DELETE FROM departing USING pairing WHERE pairing.elector_id = departing.elector_id
"""
NOT_ON_REGISTER = "Nobody of this number, or of this name there, is on the register."
ANOTHERS = "This number belongs to somebody else on the register."


def match_update(step: Step) -> list[Rejected]:
    """Returns the lines that cannot be applied."""
    step.run(TABLES, MEANT, CHANGED_VEIL, BY_NUMBER, ALREADY_THERE, BY_ID, BY_NAME)
    step.run(AMBIGUOUS, DEPARTING, "ANALYZE departing")
    rejected: list[Rejected] = [
        Rejected(line, "number_taken", ANOTHERS)
        if held
        else Rejected(line, "not_on_register", NOT_ON_REGISTER)
        for line, held in step.rows(UNKNOWN_LEAVERS)
    ]
    step.run(DELETED_LINES, "ANALYZE pairing")
    step.run(LEAVING)
    pair(step, BY_SUPPLIER_ID)
    pair(step, BY_NAME_AND_ADDRESS, ids_hold=False)
    pair(step, RETURNED)
    match_left_over(step)
    step.run(ENTRIES_OF_PAIRS)
    while taken := step.rows(OTHERS_NUMBERS):
        rejected += [Rejected(line, "number_taken", ANOTHERS) for (line,) in taken]
        step.run(LINES_GONE)
    step.run(STAYS_AFTER_ALL, "ANALYZE pairing")
    return rejected
