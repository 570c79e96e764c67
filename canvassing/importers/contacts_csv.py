"""Contacts from another tool's CSV or Excel file, streamed in batches."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from campaigns.access import Actor
from campaigns.importers.tables import Table, file_facts, open_table
from campaigns.models import Campaign, Council, RegisterEdition
from campaigns.rules.refusals import Refusal
from canvassing.actions.contact_import import hold_rows, record_rows, translation_for
from canvassing.actions.contacts import refuse_strangers
from canvassing.rules.contact_rows import (
    COLUMNS,
    ContactRow,
    RowRefused,
    plain,
    read_row,
)
from canvassing.rules.contacts import Answer

BATCH = 1000


class ContactsFileRefused(Refusal):
    """The file's columns do not say who said what, or when."""


@dataclass(frozen=True)
class ContactsImported:
    """How many rows the file has, and what became of them."""

    lines: int
    filed: int
    already_filed: int
    held: int


@dataclass(frozen=True, slots=True)
class _BadRow:
    line: int
    text: str
    refusal: RowRefused


def import_contacts(
    path: Path,
    *,
    by: Actor,
    at: datetime,
    campaign: Campaign,
    council: Council,
    edition: RegisterEdition | None = None,
    codes: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
) -> ContactsImported:
    """Record every row once, however often the file is loaded.

    `codes` maps the other tool's codes to ours, `columns` our names of columns (the
    keys of `COLUMNS`) to the file's headers where they are not known. Refused before
    anything is written: what is not a whole table, or has no column for the elector,
    for what was said, or for when.
    """
    refuse_strangers(by=by, campaign=campaign)
    table = open_table(path, file_facts(path))
    places = _places(table.header, columns or {})
    lines = sum(1 for _, cells in table.rows() if any(cells))
    translation = translation_for(campaign, codes or {})
    source = f"{campaign.slug}/{council.gss}"
    counts: Counter[Answer] = Counter()
    for batch in _batches(_rows(table, places, source)):
        bad = [row for row in batch if isinstance(row, _BadRow)]
        counts[Answer.HELD] += hold_rows(
            (_held(row, source) for row in bad), by=by, at=at, campaign=campaign
        )
        counts += record_rows(
            [row for row in batch if isinstance(row, ContactRow)],
            by=by,
            at=at,
            campaign=campaign,
            council=council,
            edition=edition,
            translation=translation,
        )
    return ContactsImported(lines, *(counts[answer] for answer in Answer))


def _places(header: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Where each column we know stands in the file."""
    at = {plain(name): place for place, name in reversed(list(enumerate(header)))}
    places: dict[str, int] = {}
    for column, names in COLUMNS.items():
        told = (plain(columns[column]),) if column in columns else names
        for name in told:
            if name in at:
                places.setdefault(column, at[name])
    missing = [columns[name] for name in columns if name not in places]
    if missing:
        raise ContactsFileRefused("no_column", f"There is no column {missing[0]!r}.")
    _refuse_unless_enough(places)
    return places


def _refuse_unless_enough(places: Mapping[str, int]) -> None:
    has_name = "name" in places or "surname" in places
    has_address = "address" in places or "address1" in places
    if "number" not in places and not (has_name and has_address):
        raise ContactsFileRefused(
            "no_elector", "No column holds elector numbers, or names and addresses."
        )
    if not {"outcome", "intention", "pledge"} & places.keys():
        raise ContactsFileRefused("no_answer", "There is no column of answers.")
    if "said_at" not in places:
        raise ContactsFileRefused("no_date", "There is no column of dates.")


def _rows(
    table: Table, places: Mapping[str, int], source: str
) -> Iterator[ContactRow | _BadRow]:
    for line, cells in table.rows():
        if not any(cells):
            continue
        named = {
            name: cells[place] if place < len(cells) else ""
            for name, place in places.items()
        }
        try:
            yield read_row(line, named, source=source)
        except RowRefused as refusal:
            yield _BadRow(line, ",".join(cells), refusal)


def _batches(
    rows: Iterator[ContactRow | _BadRow],
) -> Iterable[list[ContactRow | _BadRow]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _held(row: _BadRow, source: str) -> tuple[int, UUID, str, str, str]:
    uuid = uuid5(NAMESPACE_URL, f"{source}\n{row.text}")
    return row.line, uuid, row.text, row.refusal.code, row.refusal.message
