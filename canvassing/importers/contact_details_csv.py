"""Phone numbers and e-mail addresses from a CSV or Excel file, streamed in batches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from uuid import uuid4

from django.db import transaction

from campaigns.access import Actor
from campaigns.clock import UK, day_of
from campaigns.importers.tables import file_facts, open_table
from campaigns.models import Campaign, Council, RegisterEdition
from canvassing.actions.contact_details import file_contact_details
from canvassing.actions.contact_import import find_electors
from canvassing.actions.contacts import refuse_strangers
from canvassing.importers.contacts_csv import (
    ContactsFileRefused,
    places_of,
    refuse_unless_it_names_electors,
)
from canvassing.importers.row_batches import (
    Problem,
    RowsImported,
    in_batches,
    lines_of,
    names_of,
)
from canvassing.rules.contact_detail_rows import (
    COLUMNS,
    ROW_REASONS,
    VALUES,
    DetailRow,
    read_detail_row,
)
from canvassing.rules.contact_details import ContactDetailItem
from canvassing.rules.contact_rows import ROW_REASONS as WHO_REASONS

REASONS = {**WHO_REASONS, **ROW_REASONS}
MIDDAY = time(12)


@dataclass(frozen=True)
class Terms:
    """What holds for the whole file: where its details are from, and the privacy notice
    that people were given, where its rows say when."""

    source: str
    notice: str = ""


def import_contact_details(
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
    """File every detail once, however often the file is loaded; a doubtful row is told
    by its line and never guessed at. With `only_check` nothing is written.

    Refused before anything is written: what is not a whole table, or has no column for
    the elector or for a detail; no source.
    """
    refuse_strangers(by=by, campaign=campaign)
    if not terms.source.strip():
        raise ContactsFileRefused("no_source", "Say where the details are from.")
    table = open_table(path, file_facts(path), names=names_of(COLUMNS))
    places = places_of(table.header, {}, COLUMNS)
    refuse_unless_it_names_electors(places)
    if not VALUES.keys() & places.keys():
        raise ContactsFileRefused("no_detail", "No column holds numbers or addresses.")
    total = lines_of(table)
    imported = RowsImported()
    for batch in in_batches(table, places, read=read_detail_row, reasons=REASONS):
        imported.lines += len(batch)
        with transaction.atomic():
            _take(
                batch,
                imported,
                terms,
                by=by,
                at=clock(),
                campaign=campaign,
                council=council,
                edition=edition,
            )
            transaction.set_rollback(only_check)
        progress(imported.lines, total)
    imported.problems.sort()
    return imported


def _take(
    batch: Sequence[DetailRow | Problem],
    imported: RowsImported,
    terms: Terms,
    *,
    by: Actor,
    at: datetime,
    campaign: Campaign,
    council: Council,
    edition: RegisterEdition | None,
) -> None:
    rows = [row for row in batch if isinstance(row, DetailRow)]
    for row in batch:
        if not isinstance(row, DetailRow):
            imported.note(*row)
    lines: list[int] = []
    items: list[ContactDetailItem] = []
    found = find_electors(rows, campaign, council, edition)
    for row, (elector_id, reason) in zip(rows, found, strict=True):
        if elector_id is None:
            imported.note(row.line, REASONS[reason])
        else:
            theirs = _items(row, elector_id, terms, at=at)
            items += theirs
            lines += [row.line] * len(theirs)
    verdicts = file_contact_details(items, by=by, at=at, campaign=campaign)
    imported.count(lines, verdicts)


def _items(
    row: DetailRow, elector_id: int, terms: Terms, *, at: datetime
) -> list[ContactDetailItem]:
    """Consent is as old as the day on which the detail was obtained."""
    obtained_on = row.obtained_on or day_of(at)
    said_at = datetime.combine(obtained_on, MIDDAY, UK) if row.obtained_on else at
    return [
        ContactDetailItem(
            uuid=uuid4(),
            elector_id=elector_id,
            what=what,
            value=value,
            source=terms.source,
            obtained_on=obtained_on,
            said_at=said_at,
            channels=row.channels_of(what),
            wording=f"As recorded by {terms.source}",
            notice=terms.notice if row.notice_given_on else "",
            notice_given_on=row.notice_given_on,
        )
        for what, value in row.values
    ]
