"""Who asked not to be contacted, from a CSV or Excel file, streamed in batches."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

from django.db import transaction

from campaigns.access import Actor
from campaigns.importers.tables import file_facts, open_table
from campaigns.models import Campaign, Council, RegisterEdition
from canvassing.actions.contact_import import (
    find_electors,
    find_homes,
    find_in_postcodes,
)
from canvassing.actions.opt_outs import file_opt_outs
from canvassing.importers.contacts_csv import ContactsFileRefused, places_of
from canvassing.importers.row_batches import (
    Problem,
    RowsImported,
    in_batches,
    lines_of,
    names_of,
)
from canvassing.rules.contact_rows import ROW_REASONS as WHO_REASONS
from canvassing.rules.opt_outs import (
    COLUMNS,
    ROW_REASONS,
    OptOut,
    OptOutRow,
    read_opt_out_row,
)

REASONS: Final = {**WHO_REASONS, **ROW_REASONS}


@dataclass(frozen=True)
class Terms:
    """What holds where a row does not say: where the file is from, and whether its
    wishes are for good or for this election."""

    source: str
    for_good: bool = True


def import_opt_outs(
    path: Path,
    *,
    terms: Terms,
    by: Actor,
    clock: Callable[[], datetime],
    campaign: Campaign,
    council: Council,
    edition: RegisterEdition | None = None,
    only_check: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> RowsImported:
    """File every wish once, however often the file is loaded; a doubtful row is told by
    its line and never guessed at. With `only_check` nothing is written.

    Refused before anything is written: what is not a whole table, or has no column that
    tells whose wish it is; no source.
    """
    if not terms.source.strip():
        raise ContactsFileRefused("no_source", "Say where the list is from.")
    table = open_table(path, file_facts(path), names=names_of(COLUMNS))
    places = places_of(table.header, {}, COLUMNS)
    _refuse_unless_it_tells_whose(places)
    total = lines_of(table)
    imported = RowsImported()
    for batch in in_batches(table, places, read=read_opt_out_row, reasons=REASONS):
        imported.lines += len(batch)
        with transaction.atomic():
            items, lines = _items(batch, imported, terms, campaign, council, edition)
            verdicts = file_opt_outs(items, by=by, at=clock(), campaign=campaign)
            transaction.set_rollback(only_check)
        imported.count(lines, verdicts)
        progress(imported.lines, total)
    imported.problems.sort()
    return imported


def _refuse_unless_it_tells_whose(places: Mapping[str, int]) -> None:
    if not {"number", "address", "address1", "postcode"} & places.keys():
        raise ContactsFileRefused(
            "no_elector", "No column holds elector numbers, addresses or postcodes."
        )


def _items(
    batch: Sequence[OptOutRow | Problem],
    imported: RowsImported,
    terms: Terms,
    campaign: Campaign,
    council: Council,
    edition: RegisterEdition | None,
) -> tuple[list[OptOut], list[int]]:
    """One for each channel of each row that is certain, and the line of each."""
    rows = []
    for row in batch:
        if isinstance(row, OptOutRow):
            rows.append(row)
        else:
            imported.note(*row)
    items: list[OptOut] = []
    lines: list[int] = []
    for row, elector_id, reason in _whose(rows, campaign, council, edition):
        if elector_id is None:
            imported.note(row.line, REASONS[reason])
            continue
        items += [_item(row, elector_id, channel, terms) for channel in row.channels]
        lines += [row.line] * len(row.channels)
    return items, lines


def _whose(
    rows: Sequence[OptOutRow],
    campaign: Campaign,
    council: Council,
    edition: RegisterEdition | None,
) -> list[tuple[OptOutRow, int | None, str]]:
    """Each row with its elector, or somebody of its household; or None and why."""
    in_postcodes = [row for row in rows if row.tells_no_street]
    homes = [row for row in rows if row.names_a_home]
    people = [row for row in rows if not (row.tells_no_street or row.names_a_home)]
    named = [(row.name_key, row.postcode) for row in in_postcodes]
    found = [
        *find_electors(people, campaign, council, edition),
        *find_in_postcodes(named, campaign, council),
    ]
    there = find_homes([row.address_key for row in homes], campaign, council)
    return [
        *((row, *one) for row, one in zip(people + in_postcodes, found, strict=True)),
        *(
            (row, one, "nobody_registered")
            for row, one in zip(homes, there, strict=True)
        ),
    ]


def _item(row: OptOutRow, elector_id: int, channel: str, terms: Terms) -> OptOut:
    return OptOut(
        uuid=uuid4(),
        elector_id=elector_id,
        scope=row.scope,
        channel=channel,
        source=row.source or terms.source,
        for_good=terms.for_good if row.for_good is None else row.for_good,
        said_on=row.said_on,
    )
