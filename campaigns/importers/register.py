"""Import a register file: read and stage it, then merge it in one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from campaigns.actions.register import ImportOutcome, RegisterFile, merge_register
from campaigns.actions.register_editions import (
    Supply,
    latest_edition,
    refuse_if_loaded,
    refuse_terms,
)
from campaigns.clock import UK
from campaigns.importers.recognise import (
    HeaderRefused,
    Recognised,
    aliased_layout,
    header_digest,
    mapped_layout,
    open_register,
    supplier_layout,
)
from campaigns.importers.staging import Progress, Staged, stage
from campaigns.importers.tables import Table, file_facts, raw_lines
from campaigns.models import ColumnMapping, Council, Organisation
from campaigns.rules.refusals import Refusal
from campaigns.rules.register_dates import (
    PublishedOn,
    date_in_titles,
    month_after,
    month_number,
)

if TYPE_CHECKING:
    from campaigns.access import Actor


class RegisterRefused(Refusal):
    """The file is not a register that can be loaded as asked."""


def nothing_to_tell(done: int, total: int) -> None:
    """The progress of an import nobody watches."""


def nothing_to_do(outcome: ImportOutcome) -> None:
    """Nobody waits for the import's transaction."""


def import_register(
    path: Path,
    *,
    organisation: Organisation,
    council: Council,
    by: "Actor",
    at: datetime,
    clock: Callable[[], datetime] | None = None,
    kind: str | None = None,
    published_on: date | None = None,
    supply: Supply | None = None,
    columns: Mapping[str, object] | None = None,
    file_name: str = "",
    progress: Progress = nothing_to_tell,
    before_commit: Callable[[ImportOutcome], None] = nothing_to_do,
    dry_run: bool = False,
) -> ImportOutcome:
    """Load one file of one council; all of it or nothing.

    `kind` is full or update, by default what the layout is; `columns` maps fields to
    headers for a layout nobody knows, and is remembered. `at` is when the file came;
    what is written carries the time of `clock`, by default the same, as the transaction
    opens, so that whoever keeps a copy misses nothing. Refused: terms of supply that
    name no campaign of ours where they must, a file that is cut off, not a register,
    another council's, older than what is loaded, or loaded before. `before_commit` is
    called in the same transaction, which has then happened or has not. Lines that
    cannot go in are kept with their reason; the others go in. Audit:
    `register.imported`.
    """
    supply = supply or Supply()
    refuse_terms(supply, organisation=organisation)
    file, header = _read(
        path,
        organisation=organisation,
        council=council,
        at=at,
        kind=kind,
        published_on=published_on,
        columns=columns,
        progress=progress,
    )
    with transaction.atomic(durable=True):
        if columns:
            remember_columns(header, columns, organisation=organisation, name=path.name)
        outcome = merge_register(
            replace(file, name=file_name or file.name),
            organisation=organisation,
            council=council,
            supply=supply,
            by=by,
            at=clock() if clock else at,
        )
        if dry_run:
            transaction.set_rollback(True)
            return replace(outcome, edition=None)
        before_commit(outcome)
    return outcome


def _read(
    path: Path,
    *,
    organisation: Organisation,
    council: Council,
    at: datetime,
    kind: str | None,
    published_on: date | None,
    columns: Mapping[str, object] | None,
    progress: Progress,
) -> tuple[RegisterFile, list[str]]:
    """Stage the file; returns what it is, and its header."""
    facts = file_facts(path)
    refuse_if_loaded(organisation=organisation, council=council, sha256=facts.sha256)
    table = open_register(path, facts)
    recognised = recognise(table.header, organisation=organisation, columns=columns)
    kind = _kind(kind, recognised)
    upsert = kind == "update" and recognised.layout.kind == "full"
    staged = stage(table, recognised, facts=facts, upsert=upsert, progress=progress)
    _refuse_no_register(staged, path)
    progress(facts.size, facts.size)
    file = RegisterFile(
        name=path.name,
        sha256=facts.sha256,
        layout=recognised.layout.code,
        kind=kind,
        dated=published(
            table, organisation=organisation, council=council, given=published_on, at=at
        ),
        lines=staged.lines,
        rejected=staged.rejected,
        warnings=[warning._asdict() for warning in staged.warnings],
        warned=staged.warned,
        raw_lines=partial(raw_lines, path, facts),
    )
    return file, table.header


def recognise(
    header: list[str],
    *,
    organisation: Organisation,
    columns: Mapping[str, object] | None = None,
) -> Recognised:
    """A supplier's layout, else columns as told now or once before, else by alias."""
    if columns:
        return mapped_layout(header, columns)
    told = ColumnMapping.objects.filter(
        organisation=organisation, header_digest=header_digest(header)
    ).first()
    return (
        supplier_layout(header)
        or (mapped_layout(header, told.columns) if told else None)
        or aliased_layout(header)
    )


def remember_columns(
    header: list[str],
    columns: Mapping[str, object],
    *,
    organisation: Organisation,
    name: str,
) -> ColumnMapping:
    mapping, _ = ColumnMapping.objects.update_or_create(
        organisation=organisation,
        header_digest=header_digest(header),
        defaults={"name": name[:100], "columns": dict(columns)},
    )
    return mapping


def published(
    table: Table,
    *,
    organisation: Organisation,
    council: Council,
    given: date | None,
    at: datetime,
) -> PublishedOn:
    """The day stated, else what the file says, else the day of import, assumed."""
    if given:
        return PublishedOn(given, assumed=False)
    today = at.astimezone(UK).date()
    if found := date_in_titles(table.preamble):
        return PublishedOn(found, assumed=False)
    month = _register_month(table)
    if month:
        latest = latest_edition(organisation=organisation, council=council)
        base = (
            PublishedOn(latest.published_on, latest.published_assumed)
            if latest
            else None
        )
        return month_after(month, base, today=today)
    return PublishedOn(today, assumed=True)


def _register_month(table: Table) -> int | None:
    recognised = supplier_layout(table.header)
    place = recognised.place("register_month") if recognised else None
    if place is None:
        return None
    _, cells = next(iter(table.rows()), (0, []))
    return month_number(cells[place]) if len(cells) > place else None


def _kind(asked: str | None, recognised: Recognised) -> str:
    has = recognised.layout.kind
    if asked == "full" and has == "update":
        raise RegisterRefused(
            "kind",
            f"This file is an update ({recognised.layout.name}), not a full register.",
        )
    return asked or has


def _refuse_no_register(staged: Staged, path: Path) -> None:
    if not staged.lines:
        raise RegisterRefused("no_lines", f"{path.name} has a header but no electors.")
    if len(staged.rejected) * 2 > staged.lines:
        first = staged.rejected[0]
        raise HeaderRefused(
            "not_a_register",
            f"{path.name} is not a register: {len(staged.rejected):,} of its "
            f"{staged.lines:,} lines cannot be read. Line {first.line}: "
            f"{first.message}",
        )
