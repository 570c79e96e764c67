"""Phone numbers and e-mail addresses from a CSV or Excel file, streamed in batches."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import islice
from pathlib import Path
from uuid import uuid4

from django.db import transaction

from campaigns.access import Actor
from campaigns.clock import UK, day_of
from campaigns.importers.tables import Table, file_facts, open_table
from campaigns.models import Campaign, Council, RegisterEdition
from canvassing.actions.contact_details import file_contact_details
from canvassing.actions.contact_import import find_electors
from canvassing.actions.contacts import refuse_strangers
from canvassing.importers.contacts_csv import (
    ContactsFileRefused,
    places_of,
    refuse_unless_it_names_electors,
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
from canvassing.rules.contact_rows import RowRefused
from canvassing.rules.contacts import Answer

BATCH = 1000
MOST_PROBLEMS = 1000
REASONS = {**WHO_REASONS, **ROW_REASONS}
MIDDAY = time(12)

Problem = tuple[int, str]


@dataclass(frozen=True)
class Terms:
    """What holds for the whole file: where its details are from, and the privacy notice
    that people were given, where its rows say when."""

    source: str
    notice: str = ""


@dataclass
class DetailsImported:
    """How many rows the file has, and what became of the numbers and addresses in them.

    `problems` has the line and the reason of each that was not taken, up to 1,000;
    `doubtful` counts them all.
    """

    lines: int = 0
    filed: int = 0
    already_filed: int = 0
    doubtful: int = 0
    problems: list[Problem] = field(default_factory=list)

    def note(self, line: int, reason: str) -> None:
        self.doubtful += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append((line, reason))


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
) -> DetailsImported:
    """File every detail once, however often the file is loaded; a doubtful row is told
    by its line and never guessed at. With `only_check` nothing is written.

    Refused before anything is written: what is not a whole table, or has no column for
    the elector or for a detail; no source.
    """
    refuse_strangers(by=by, campaign=campaign)
    if not terms.source.strip():
        raise ContactsFileRefused("no_source", "Say where the details are from.")
    table = open_table(path, file_facts(path), names=_names())
    places = places_of(table.header, {}, COLUMNS)
    refuse_unless_it_names_electors(places)
    if not VALUES.keys() & places.keys():
        raise ContactsFileRefused("no_detail", "No column holds numbers or addresses.")
    total = sum(1 for _, cells in table.rows() if any(cells))
    imported = DetailsImported()
    for batch in _batches(_rows(table, places)):
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
    imported: DetailsImported,
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
    for line, verdict in zip(lines, verdicts, strict=True):
        if verdict.answer is Answer.HELD:
            imported.note(line, verdict.reason)
    counts = Counter(verdict.answer for verdict in verdicts)
    imported.filed += counts[Answer.FILED]
    imported.already_filed += counts[Answer.ALREADY_FILED]


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


def _names() -> frozenset[str]:
    return frozenset(name for names in COLUMNS.values() for name in names)


def _rows(table: Table, places: Mapping[str, int]) -> Iterator[DetailRow | Problem]:
    for line, cells in table.rows():
        if not any(cells):
            continue
        named = {
            name: cells[place] if place < len(cells) else ""
            for name, place in places.items()
        }
        try:
            yield read_detail_row(line, named)
        except RowRefused as refusal:
            yield line, REASONS[refusal.code]


def _batches(
    rows: Iterator[DetailRow | Problem],
) -> Iterator[list[DetailRow | Problem]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
