"""Lines of one file that contradict each other, and whether it is this council's."""

from dataclasses import dataclass

from campaigns.actions.register_steps import Step
from campaigns.rules.refusals import Refusal

ENOUGH = 20  # postcodes of a file before they say anything about its council
SAME = "This line is a duplicate of line {0}."
CLASH = "This number is already that of line {0}, under another name."

REPEATED = """
DELETE FROM staged_line AS staged
USING (SELECT prefix, number, suffix, change = 'delete' AS ends, min(line) AS first
       FROM staged_line
       GROUP BY prefix, number, suffix, change = 'delete' HAVING count(*) > 1) AS twice,
      staged_line AS kept
WHERE staged.prefix = twice.prefix AND staged.number = twice.number
  AND staged.suffix = twice.suffix AND (staged.change = 'delete') = twice.ends
  AND staged.line <> twice.first AND kept.line = twice.first
RETURNING staged.line, kept.line, staged.name_key = kept.name_key
"""
POSTCODE_COUNCILS = """
SELECT council.id, council.name, count(*)
FROM (SELECT DISTINCT postcode FROM staged_home) AS given
JOIN campaigns_postcodepoint AS point USING (postcode)
JOIN campaigns_council AS council ON council.id = point.council_id
GROUP BY council.id, council.name ORDER BY count(*) DESC, council.id
"""
LOADED_COUNCILS = """
SELECT council.id, council.name, count(DISTINCT given.postcode)
FROM (SELECT DISTINCT postcode FROM staged_home WHERE postcode <> '') AS given
JOIN campaigns_address AS address
  ON address.organisation_id = %(organisation)s AND address.postcode = given.postcode
JOIN campaigns_council AS council ON council.id = address.council_id
GROUP BY council.id, council.name ORDER BY 3 DESC, council.id
"""
GIVEN = "SELECT count(DISTINCT postcode) FROM staged_home WHERE postcode <> ''"
HAS_LOADED = """
SELECT EXISTS (SELECT FROM campaigns_address
WHERE organisation_id = %(organisation)s AND council_id = %(council)s)
"""


@dataclass(frozen=True)
class Rejected:
    """A line that cannot go in; its text is read again where it is not at hand."""

    line: int
    code: str
    message: str
    raw: str | None = None


class CouncilRefused(Refusal):
    """The file is another council's register."""


def reject_repeated(step: Step) -> list[Rejected]:
    """Take out lines whose number an earlier line of the file has."""
    return [
        Rejected(line, "duplicate", SAME.format(kept))
        if same
        else Rejected(line, "number_clash", CLASH.format(kept))
        for line, kept, same in step.rows(REPEATED)
    ]


def refuse_other_council(step: Step, *, name: str) -> None:
    """By where its postcodes lie, or else by whose register has them already."""
    found = step.rows(POSTCODE_COUNCILS)
    if sum(count for _, _, count in found) < ENOUGH:
        found = _by_what_is_loaded(step, name=name)
    if found and found[0][0] != step.council:
        raise CouncilRefused(
            "wrong_council",
            f"This is not a register of {name}: "
            f"most of its postcodes are in {found[0][1]}.",
        )


def _by_what_is_loaded(step: Step, *, name: str) -> list[tuple[int, str, int]]:
    given = int(step.value(GIVEN))
    if given < ENOUGH:
        return []
    found = step.rows(LOADED_COUNCILS)
    known = sum(count for _, _, count in found)
    if known * 5 < given and step.value(HAS_LOADED):
        raise CouncilRefused(
            "wrong_council",
            f"This is not a register of {name}: hardly any of its postcodes are on "
            "the register that is loaded.",
        )
    return found if known * 2 > given else []
