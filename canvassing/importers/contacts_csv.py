"""Contacts from another tool's CSV or Excel file, streamed in batches."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from campaigns.access import Actor
from campaigns.importers.tables import Table, file_facts, open_table
from campaigns.models import Campaign, Council, RegisterEdition
from campaigns.rules.refusals import Refusal
from canvassing.actions.contact_import import (
    HeldRow,
    hold_rows,
    record_rows,
    translation_for,
)
from canvassing.actions.contact_mappings import Told, remember_mapping, told_of
from canvassing.actions.contacts import refuse_strangers
from canvassing.importers.row_batches import batches, lines_of, named_rows
from canvassing.rules.contact_rows import (
    COLUMNS,
    ContactRow,
    RowRefused,
    made_id,
    plain,
    read_row,
)


class ContactsFileRefused(Refusal):
    """The file's columns do not say who said what, or when."""


@dataclass(frozen=True)
class ContactsImported:
    """How many rows the file has, and what became of them."""

    lines: int
    filed: int = 0
    already_filed: int = 0
    held: int = 0
    nothing_said: int = 0
    let_go: int = 0


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be understood, and why."""

    line: int
    text: str
    uuid: UUID
    refusal: RowRefused


def import_contacts(
    path: Path,
    *,
    by: Actor,
    clock: Callable[[], datetime],
    campaign: Campaign,
    council: Council,
    edition: RegisterEdition | None = None,
    codes: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ContactsImported:
    """Record every row once, however often the file is loaded.

    `codes` maps the other tool's codes to ours, `columns` our names of columns (the
    keys of `COLUMNS`) to the file's headers. Both are remembered for the campaign's
    files with the same header, and add to what was told before. Each batch carries the
    time of `clock` as it is written, so that whoever keeps a copy misses none.

    Refused before anything is written: what is not a whole table, or has no column for
    the elector, for what was said, or for when; a code that the campaign does not have.
    """
    refuse_strangers(by=by, campaign=campaign)
    table = open_table(path, file_facts(path))
    told = told_of(table.header, campaign=campaign) | Told(columns or {}, codes or {})
    places = places_of(table.header, told.columns)
    refuse_unless_enough(places)
    lines = lines_of(table)
    if codes or columns:
        remember_mapping(table.header, told, by=by, at=clock(), campaign=campaign)
    translation = translation_for(campaign, told.codes)
    source = f"{campaign.slug}/{council.gss}"
    counts: Counter[str] = Counter()
    done = 0
    for batch in batches(rows_of(table, places, source)):
        at = clock()
        bad = [_held(row) for row in batch if isinstance(row, BadRow)]
        counts += hold_rows(bad, by=by, at=at, campaign=campaign)
        counts += record_rows(
            [row for row in batch if isinstance(row, ContactRow)],
            by=by,
            at=at,
            campaign=campaign,
            council=council,
            edition=edition,
            translation=translation,
        )
        done += len(batch)
        progress(done, lines)
    return ContactsImported(lines, **counts)


def places_of(
    header: Sequence[str],
    columns: Mapping[str, str],
    known: Mapping[str, Sequence[str]] = COLUMNS,
) -> dict[str, int]:
    """Where each column we know stands in the file.

    `known` is what other tools call each. Refused: a column that was told and is not
    there.
    """
    at = {plain(name): place for place, name in reversed(list(enumerate(header)))}
    places: dict[str, int] = {}
    for column, names in known.items():
        told = (plain(columns[column]),) if column in columns else names
        for name in told:
            if name in at:
                places.setdefault(column, at[name])
    for column, name in columns.items():
        if name and column not in places:
            raise ContactsFileRefused("no_column", f"There is no column {name!r}.")
    return places


def refuse_unless_it_names_electors(places: Mapping[str, int]) -> None:
    has_name = "name" in places or "surname" in places
    has_address = "address" in places or "address1" in places
    if "number" not in places and not (has_name and has_address):
        raise ContactsFileRefused(
            "no_elector", "No column holds elector numbers, or names and addresses."
        )


def refuse_unless_enough(places: Mapping[str, int]) -> None:
    """Refused: no column for the elector, for what was said, or for when."""
    refuse_unless_it_names_electors(places)
    if not {"outcome", "intention", "pledge"} & places.keys():
        raise ContactsFileRefused("no_answer", "There is no column of answers.")
    if "said_at" not in places:
        raise ContactsFileRefused("no_date", "There is no column of dates.")


def rows_of(
    table: Table, places: Mapping[str, int], source: str
) -> Iterator[ContactRow | BadRow]:
    for line, cells, named in named_rows(table, places):
        text = ",".join(cells)
        try:
            yield read_row(line, named, source=source, text=text)
        except RowRefused as refusal:
            yield BadRow(line, text, made_id(source, text), refusal)


def _held(row: BadRow) -> HeldRow:
    told = row.refusal
    return HeldRow(row.line, row.uuid, row.text, row.text, told.code, told.message)
