"""Tables for spreadsheets: CSV and XLSX, streamed, safe to open, and watermarked.

The watermark is the name of one more, empty, column: the first line of the file says
who took it, when and why, every row stays a row, and a program that reads columns by
name never notices. See docs/decisions/0025-watermarked-tables.md.
"""

import csv
import io
from collections.abc import Generator, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

import psycopg
import xlsxwriter
from django.db import connection
from xlsxwriter.worksheet import Worksheet

from campaigns.clock import UK
from campaigns.rules.spreadsheets import safe_cell
from campaigns.times import clock

if TYPE_CHECKING:
    from campaigns.access import Actor

Cell = str | int | float | date | datetime | None

XLSX_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
ROWS_A_BLOCK = 500


def watermark(*, by: "Actor", at: datetime, reason: str) -> str:
    """`Taken by Olive Organiser on 23 April 2024 at 10 am: for the printer`."""
    return f"Taken by {by.label} on {moment(at)}: {reason}"


def moment(at: datetime) -> str:
    """`23 April 2024 at 10 am`, as the clock on the wall says it."""
    local = at.astimezone(UK)
    return f"{local.day} {local:%B %Y} at {clock(local)}"


def csv_blocks(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, mark: str
) -> Generator[bytes, None, int]:
    """The table as blocks of CSV (UTF-8); returns how many rows there were."""
    number = 0
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([*map(safe_cell, columns), safe_cell(mark)])
    for number, row in enumerate(rows, start=1):
        writer.writerow([*map(_text, row), ""])
        if number % ROWS_A_BLOCK == 0:
            yield _taken_from(buffer)
    yield _taken_from(buffer)
    return number


def csv_blocks_of_query(
    query: str, parameters: Mapping[str, Any], *, columns: Sequence[str], mark: str
) -> Generator[bytes, None, int]:
    """The answer of a query as CSV that PostgreSQL writes; returns how many rows.

    The query puts its own text columns through `safe_sql`.
    """
    yield from csv_blocks(columns, (), mark=mark)
    with connection.cursor() as cursor:
        bare = cursor.cursor
        composed = psycopg.ClientCursor(bare.connection).mogrify(
            f"COPY (SELECT *, NULL FROM ({query}) AS file) TO STDOUT (FORMAT csv)",  # noqa: S608 (ours)
            parameters,
        )
        with bare.copy(composed) as copy:
            rows = iter(copy)
            while block := b"".join(islice(rows, ROWS_A_BLOCK)):
                yield block
        return int(bare.rowcount)


def write_csv(out: IO[bytes], blocks: Generator[bytes, None, int]) -> int:
    """Write a streamed table into a file; returns how many rows it has."""
    while True:
        try:
            out.write(next(blocks))
        except StopIteration as end:
            return int(end.value)


def write_xlsx(
    out: IO[bytes],
    *,
    sheet: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    mark: str,
) -> int:
    """Write one sheet row by row in constant memory; returns how many rows."""
    number = 0
    with xlsxwriter.Workbook(out, XLSX_OPTIONS) as book:
        page = book.add_worksheet(sheet[:31])
        page.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for at, column in enumerate([*columns, mark]):
            page.write_string(0, at, column, bold)
        for number, row in enumerate(rows, start=1):
            for at, cell in enumerate(row):
                _write_cell(page, number, at, cell)
    return number


def _write_cell(page: Worksheet, row: int, column: int, cell: Cell) -> None:
    """Text stays as it is: a string cell of a workbook is never computed."""
    if isinstance(cell, int | float):
        page.write_number(row, column, cell)
    elif cell:
        text = cell if isinstance(cell, str) else cell.isoformat()
        page.write_string(row, column, text)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe_cell(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _taken_from(buffer: io.StringIO) -> bytes:
    block = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return block
