"""A version of the return as a workbook, and as tables with its very content."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter
from xlsxwriter.format import Format

from campaigns.clock import UK
from campaigns.exporters.base import XLSX_OPTIONS, csv_blocks
from campaigns.models import ReturnVersion
from campaigns.reports.return_form import DAY, POUNDS, Section, SpendingReturn
from campaigns.reports.return_inspection import TITLE

ROWS = "made from"
WIDTHS = {POUNDS: 16, DAY: 18}
WIDE = 34  # characters


def heads_of(section: Section) -> list[str]:
    return [*(column.label or column.code for column in section.columns), ROWS]


def section_rows(section: Section) -> Iterator[Sequence[str]]:
    """Every column as programs read it, then the rows that a line was made from."""
    for line in section.lines:
        yield [*(line.values[one.code] for one in section.columns), " ".join(line.rows)]


def write_tables(
    out: IO[bytes],
    version: ReturnVersion,
    made: SpendingReturn,
    *,
    mark: str,
    notes: Sequence[str] = (),
    content: Mapping[str, Any] | None = None,
) -> None:
    """A zip with one CSV for each section of `made`, the `notes` on it, and the
    `content` that the version's digest is of."""
    stamp = version.made_at.astimezone(UK).timetuple()[:6]
    with ZipFile(out, "w") as package:

        def add(name: str, content: bytes) -> None:
            package.writestr(ZipInfo(name, stamp), content, ZIP_DEFLATED)

        if notes:
            add("notes.txt", "\n\n".join((TITLE, version.mark, *notes)).encode())
        for nth, section in enumerate(made.sections, start=1):
            blocks = csv_blocks(heads_of(section), section_rows(section), mark=mark)
            add(f"{nth:02}-{section.code}.csv", b"".join(blocks))
        if content is not None:
            whole = json.dumps(content, sort_keys=True, separators=(",", ":"))
            add("return.json", whole.encode())


def write_workbook(
    out: IO[bytes],
    version: ReturnVersion,
    made: SpendingReturn,
    *,
    mark: str,
    notes: Sequence[str] = (),
) -> None:
    """A sheet for each section, in the order of the return, after one for the `notes`;
    sums are added up by the workbook too."""
    with xlsxwriter.Workbook(out, XLSX_OPTIONS) as book:
        book.set_properties({"title": f"{version.mark}", "comments": mark})
        book.set_properties({"created": version.made_at.astimezone(UK)})
        formats = {
            "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1}),
            "title": book.add_format({"bold": True, "font_size": 13}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            POUNDS: book.add_format({"num_format": "£#,##0.00", "valign": "top"}),
            DAY: book.add_format({"num_format": "d mmmm yyyy", "valign": "top"}),
            "sum": book.add_format({"num_format": "£#,##0.00", "bold": True, "top": 1}),
        }
        if notes:
            _note_sheet(book, (TITLE, version.mark, *notes), formats)
        for section in made.sections:
            _sheet(book, section, formats, mark=mark)


def _note_sheet(
    book: xlsxwriter.Workbook, notes: Sequence[str], formats: dict[str, Format]
) -> None:
    sheet = book.add_worksheet(TITLE)
    sheet.set_column(0, 0, WIDE * 3)
    for row, note in enumerate(notes):
        sheet.write_string(row, 0, note, formats["text" if row else "title"])


def _sheet(
    book: xlsxwriter.Workbook,
    section: Section,
    formats: dict[str, Format],
    *,
    mark: str,
) -> None:
    sheet = book.add_worksheet(section.code.capitalize())
    sheet.freeze_panes(2, 0)
    sheet.write_string(0, 0, f"{section.title}{'' if section.lines else ': nil'}")
    sheet.write_string(0, len(section.columns) + 1, mark)
    for at, head in enumerate(heads_of(section)):
        sheet.write_string(1, at, head, formats["head"])
    for at, column in enumerate(section.columns):
        sheet.set_column(at, at, WIDTHS.get(column.kind, WIDE))
    for row, values in enumerate(section_rows(section), start=2):
        for at, value in enumerate(values):
            kind = section.columns[at].kind if at < len(section.columns) else "text"
            if not value:
                continue
            if kind == POUNDS:
                sheet.write_number(row, at, float(value), formats[POUNDS])
            elif kind == DAY:
                sheet.write_datetime(row, at, date.fromisoformat(value), formats[DAY])
            else:
                sheet.write_string(row, at, value, formats["text"])
    last = len(section.lines) + 1
    for at, column in enumerate(section.columns):
        if column.is_summed and section.lines:
            sum_ = float(section.total(column.code))
            first = xlsxwriter.utility.xl_rowcol_to_cell(2, at)
            end = xlsxwriter.utility.xl_rowcol_to_cell(last, at)
            sheet.write_formula(
                last + 1, at, f"=SUM({first}:{end})", formats["sum"], sum_
            )
