"""A version of the return as anybody may see it: without where individual donors live.

It is made from the frozen version alone, which stays as it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from campaigns.models import DonorKind
from campaigns.reports.return_form import TEXT, Line, Section, SpendingReturn
from campaigns.rules.permissible_donations import DonorKind as LawfulDonor
from campaigns.rules.return_inspection import BY_WHOM, NOT_READ, leaves_out_address

TITLE = "Copy for public inspection"
LEFT_OUT = "left out of this copy"
NOTES = (
    "The addresses of donors who are individuals, or may be, are left out, and with "
    "them what was looked at of each, which may tell where they live.",
    BY_WHOM,
    NOT_READ,
    "The invoices and receipts are not in this copy: look through each of them by hand "
    "before anybody sees it.",
)
DONATIONS = ("donations", "returned")
# In fewer letters than these a whole address would be found within other words.
SHORTEST = 8


@dataclass(frozen=True, slots=True)
class InspectionCopy:
    """What stands in it, and what is said of it at its head."""

    made: SpendingReturn
    notes: tuple[str, ...] = NOTES


def inspection_copy(kept: SpendingReturn) -> InspectionCopy:
    """Leaves out the address of each individual donor, wherever it stands: with the
    donation, with the gift that it is as spending, and in the words of other lines.

    A gift of which the return names no donor may be an individual's: it is treated so.
    """
    people = [line for line in _donors(kept) if _is_person(line)]
    bodies = [line.values for line in _donors(kept) if not _is_person(line)]
    gifts = {
        line.values["item"]
        for line in kept.section("notional").lines
        if not _is_of_a_body(line, bodies)
    }
    told = {
        line.values["address"]
        for section in kept.sections
        for line in section.lines
        if line in people or _is_gift(line, gifts)
    } - {body["address"] for body in bodies}
    where = _anywhere(told)
    return InspectionCopy(
        replace(
            kept,
            sections=tuple(
                replace(one, lines=tuple(_lines_without(one, gifts, where)))
                for one in kept.sections
            ),
        )
    )


def _donors(kept: SpendingReturn) -> list[Line]:
    return [line for code in DONATIONS for line in kept.section(code).lines]


def _is_person(line: Line) -> bool:
    """By the words that the version keeps; a kind in other words may be a person."""
    kinds = {kind.label: LawfulDonor[kind.name] for kind in DonorKind}
    return leaves_out_address(kinds.get(line.values["kind"]))


def _is_of_a_body(gift: Line, bodies: Sequence[Mapping[str, str]]) -> bool:
    """Whether the return names its giver as a body, with this gift or with another."""
    number, giver = gift.values["donation"], gift.values["supplier"]
    return any(giver == one["donor"] or number == one["number"] for one in bodies)


def _is_gift(line: Line, gifts: set[str]) -> bool:
    """Whether it is one of these items, or the claim or the value of one."""
    item = line.values.get("item", line.values.get("number", ""))
    return "supplier" in line.values and item in gifts


def _anywhere(addresses: set[str]) -> re.Pattern[str] | None:
    long = sorted(one for one in addresses if len(one) >= SHORTEST)
    if not long:
        return None
    return re.compile("|".join(map(re.escape, long)), re.IGNORECASE)


def _lines_without(
    section: Section, gifts: set[str], where: re.Pattern[str] | None
) -> Iterator[Line]:
    for line in section.lines:
        values = dict(line.values)
        is_person = section.code in DONATIONS and _is_person(line)
        for code in ("address", "checked") if is_person else ("address",):
            if values.get(code) and (is_person or _is_gift(line, gifts)):
                values[code] = LEFT_OUT
        yield replace(line, values=_unsaid(values, section, where))


def _unsaid(
    values: dict[str, str], section: Section, where: re.Pattern[str] | None
) -> Mapping[str, str]:
    if where is None:
        return values
    texts = {column.code for column in section.columns if column.kind == TEXT}
    return {
        code: where.sub(LEFT_OUT, said) if code in texts else said
        for code, said in values.items()
    }
