"""Stream a file's clean lines into temporary tables of this connection.

Temporary tables are unlogged and belong to the session: an import that dies leaves
nothing behind. Lines go in by COPY in chunks, so that memory stays flat, progress
shows and a cancel is noticed.
"""

import csv
import gc
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from campaigns.actions.register_lines import Rejected
from campaigns.importers.cleaning import (
    Cleaner,
    CleanHome,
    CleanLine,
    LineRejected,
    Warned,
)
from campaigns.importers.recognise import Recognised
from campaigns.importers.tables import CUT_OFF, FileFacts, Table, TableRefused

CHUNK = 4_000  # lines
KEPT_WARNINGS = 1_000

TABLES = """
CREATE TEMP TABLE staged_line (
    line integer, change text, prefix text, number text, suffix text, title text,
    surname text, forename text, middle_names text, name_key text,
    printed_surname text, printed_forename text, markers text, attains_on date,
    supplier_id text, is_anonymous boolean, home integer);
CREATE TEMP TABLE staged_home (
    home integer, prefix text, uprn text, postcode text, key text, building_key text,
    street_key text, flat text, number text, street text, locality text,
    printed text, doorstep bigint);
"""
DROP = "DROP TABLE IF EXISTS staged_line, staged_home"
# In CSV, which the standard library writes fastest; an empty cell of these columns is
# an empty text, of the others NULL.
TEXTS = """
change, prefix, number, suffix, title, surname, forename, middle_names, name_key,
markers, supplier_id"""
HOME_TEXTS = """
prefix, uprn, postcode, key, building_key, street_key, flat, number, street, locality,
printed"""
COPY_LINES = f"COPY staged_line FROM STDIN (FORMAT csv, FORCE_NOT_NULL ({TEXTS}))"
COPY_HOMES = f"COPY staged_home FROM STDIN (FORMAT csv, FORCE_NOT_NULL ({HOME_TEXTS}))"

Progress = Callable[[int, int], None]


@dataclass
class Staged:
    """What was read: lines of electors, and those that could not be cleaned."""

    lines: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    warned: dict[str, int] = field(default_factory=dict)


def stage(
    table: Table,
    recognised: Recognised,
    *,
    facts: FileFacts,
    upsert: bool,
    progress: Progress,
) -> Staged:
    """Fill `staged_line` and `staged_home`. Refused: a file that is cut off.

    Title lines and repeated headers are passed over and counted nowhere.
    """
    cleaner = Cleaner(recognised, columns=len(table.header), upsert=upsert)
    staged = Staged()
    header = [cell.strip().lower() for cell in table.header]
    buffer: list[CleanLine] = []
    read = 0
    with connection.cursor() as cursor, _no_collecting():
        cursor.execute(DROP)
        cursor.execute(TABLES)
        for line, cells in table.rows():
            read += len(table.raw)
            try:
                buffer.append(cleaner.clean(line, cells))
            except LineRejected as rejection:
                if _is_no_line(cells, header):
                    continue
                staged.rejected.append(
                    Rejected(line, rejection.code, rejection.message, table.raw)
                )
            staged.lines += 1
            if len(buffer) >= CHUNK:
                _copy(cursor, buffer, cleaner.homes)
                _keep_warnings(staged, cleaner)
                progress(min(read, facts.size), facts.size)
        if table.unterminated:
            _refuse_if_last_line_is_broken(staged, cleaner, line)
        _copy(cursor, buffer, cleaner.homes)
        _keep_warnings(staged, cleaner)
    return staged


def _is_no_line(cells: list[str], header: list[str]) -> bool:
    """A blank line, a title such as `Date Published …`, or the header once more."""
    texts = [cell.strip() for cell in cells]
    filled = [text for text in texts if text]
    if len(filled) < 2:
        return not filled or " " in filled[0]
    return [text.lower() for text in filled] == [name for name in header if name]


def _copy(cursor: Any, lines: list[CleanLine], homes: list[CleanHome]) -> None:
    for statement, rows in ((COPY_LINES, lines), (COPY_HOMES, homes)):
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        with cursor.copy(statement) as copy:
            copy.write(text.getvalue())
        rows.clear()


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Nothing that staging makes is a cycle: looking for them costs a tenth of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _keep_warnings(staged: Staged, cleaner: Cleaner) -> None:
    for warning in cleaner.warnings:
        staged.warned[warning.code] = staged.warned.get(warning.code, 0) + 1
        if len(staged.warnings) < KEPT_WARNINGS:
            staged.warnings.append(warning)
    cleaner.warnings.clear()


def _refuse_if_last_line_is_broken(staged: Staged, cleaner: Cleaner, line: int) -> None:
    """A last line without a line end may have all its columns and half of one lost."""
    warned = any(w.line == line and w.code == "postcode" for w in cleaner.warnings)
    rejected = bool(staged.rejected) and staged.rejected[-1].line == line
    if warned or rejected:
        raise TableRefused(
            CUT_OFF, f"The file is cut off: its last line, {line}, is not complete."
        )
