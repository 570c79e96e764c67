"""What a supplier layout is: which column says what, and how the supplier says it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Change = Literal["", "add", "amend", "delete", "drop"]

# What a column can say about an elector. `address` stands for several columns.
FIELDS = {
    "prefix": "Polling district",
    "number": "Number within the district",
    "suffix": "Suffix of an inserted number",
    "reference": "Whole elector number, such as BW1-4/1",
    "title": "Title",
    "surname": "Surname",
    "forename": "Forename, with or without middle names",
    "middle": "Middle names or initials",
    "whole_name": "Whole name, surname first",
    "markers": "Franchise markers",
    "opt_out": "Open register opt-out",
    "attains_on": "Date of attainment",
    "postcode": "Postcode",
    "address": "Address lines, in order",
    "uprn": "UPRN",
    "supplier_id": "The supplier's own elector id",
    "change": "Kind of change",
    "created_month": "Month created",
    "changed_month": "Month changed",
    "deleted_month": "Month deleted",
    "register_month": "Month of the update",
}


@dataclass(frozen=True)
class Layout:
    """One supplier's file.

    `columns` gives for each field the header or headers it goes by, in the form of
    `plain_header`; a file has this layout when it has every column of `signature` and
    none of `lacks`. `change_of` reads the kind of change from the fields named in
    `change_fields`; `drop` means that the line cancels itself out.

    A file without a header is told by `begins`: what some cells of its first record
    look like, by their place from 0. Its columns are then called `unprinted_header`.
    """

    code: str
    name: str
    kind: Literal["full", "update"]
    columns: Mapping[str, tuple[str, ...]]
    signature: tuple[str, ...]
    lacks: tuple[str, ...] = ()
    change_fields: tuple[str, ...] = ()
    change_of: Callable[..., Change | None] | None = None
    unprinted_header: tuple[str, ...] = ()
    begins: Mapping[int, re.Pattern[str]] = field(default_factory=dict)
    notes: str = field(default="", compare=False)

    def fits(self, headers: frozenset[str]) -> bool:
        return headers.issuperset(self.signature) and headers.isdisjoint(self.lacks)

    def begins_with(self, record: Sequence[str]) -> bool:
        return len(record) >= len(self.unprinted_header) > 0 and all(
            pattern.fullmatch(record[place].strip())
            for place, pattern in self.begins.items()
        )


def plain_header(header: str) -> str:
    """`Date Of Attainment`, `dateofattainment` -> `dateofattainment`."""
    return re.sub(r"[^a-z0-9]", "", header.lower())


def numbered(*names: str, upto: int) -> tuple[str, ...]:
    """`address` up to 2 -> `address1`, `address2`; so for each of the names."""
    return tuple(f"{name}{n}" for name in names for n in range(1, upto + 1))


def by_letter(letters: Mapping[str, Change]) -> Callable[[str], Change | None]:
    """Suppliers use the same letters for different changes: each has its own table."""

    def change_of(letter: str) -> Change | None:
        return letters.get(letter.upper())

    return change_of
