"""A version of the return as a workbook, and as tables with its very content."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter
from xlsxwriter.format import Format

from campaigns.clock import UK
from campaigns.exporters.base import XLSX_OPTIONS, csv_blocks
from campaigns.models import ReturnVersion
from campaigns.reports.return_form import DAY, POUNDS, Section, read_back

ROWS = "made from"
WIDTHS = {POUNDS: 16, DAY: 18}
WIDE = 34  # characters


def heads_of(section: Section) -> list[str]:
    return [*(column.label or column.code for column in section.columns), ROWS]


def section_rows(section: Section) -> Iterator[Sequence[str]]:
    """Every column as programs read it, then the rows that a line was made from."""
    for line in section.lines:
        yield [*(line.values[one.code] for one in section.columns), " ".join(line.rows)]


def write_tables(out: IO[bytes], version: ReturnVersion, *, mark: str) -> None:
    """A zip with one CSV for each section, and the content that the digest is of."""
    stamp = version.made_at.astimezone(UK).timetuple()[:6]
    with ZipFile(out, "w") as package:

        def add(name: str, content: bytes) -> None:
            package.writestr(ZipInfo(name, stamp), content, ZIP_DEFLATED)

        for nth, section in enumerate(read_back(version.content).sections, start=1):
            blocks = csv_blocks(heads_of(section), section_rows(section), mark=mark)
            add(f"{nth:02}-{section.code}.csv", b"".join(blocks))
        content = json.dumps(version.content, sort_keys=True, separators=(",", ":"))
        add("return.json", content.encode())


def write_workbook(out: IO[bytes], version: ReturnVersion, *, mark: str) -> None:
    """A sheet for each section, in the order of the return; sums are added up by the
    workbook too."""
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
        for section in read_back(version.content).sections:
            _sheet(book, section, formats, mark=mark)


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
