"""Tables: every row a row, no cell a formula, and who took them in the first line."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.db import connection

from campaigns.access import Actor
from campaigns.exporters.base import (
    csv_blocks,
    csv_blocks_of_query,
    watermark,
    write_csv,
    write_xlsx,
)
from campaigns.rules.spreadsheets import FORMULA_STARTS, safe_cell, safe_sql
from tests.cast import NOW

MARK = "Taken by Olive Organiser"
ATTACK = '=HYPERLINK("http://example.org";"Ivy")'


def read(blocks: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(blocks.decode(), newline="")))


def test_a_watermark_says_who_when_and_why() -> None:
    actor = Actor("user", 1, "Olive Organiser")

    assert watermark(by=actor, at=NOW, reason="for the printer") == (
        "Taken by Olive Organiser on 23 April 2024 at 10 am: for the printer"
    )


def test_a_csv_has_a_row_for_each_row_and_an_empty_column_for_its_mark() -> None:
    out = io.BytesIO()

    rows = write_csv(
        out, csv_blocks(("name", "born"), [("Ivy", date(1950, 3, 1))] * 1201, mark=MARK)
    )

    found = read(out.getvalue())
    assert rows == 1201
    assert len(found) == 1202
    assert found[0] == ["name", "born", MARK]
    assert found[-1] == ["Ivy", "1950-03-01", ""]


def test_a_csv_written_in_python_computes_nothing() -> None:
    blocks = csv_blocks(("=name",), [(ATTACK,)], mark="=mark")

    assert read(b"".join(blocks)) == [["'=name", "'=mark"], [f"'{ATTACK}", ""]]


@pytest.mark.django_db
def test_a_csv_written_by_the_database_computes_nothing() -> None:
    texts = [f"{start}1" for start in FORMULA_STARTS] + ["Wałęsa", "", 'say "Ahoj"']
    query = f"SELECT {safe_sql('text')} FROM unnest(%s::text[]) AS text"
    out = io.BytesIO()

    rows = write_csv(
        out, csv_blocks_of_query(query, [texts], columns=("name",), mark=MARK)
    )

    assert rows == len(texts)
    assert [row[0] for row in read(out.getvalue())[1:]] == list(map(safe_cell, texts))
    assert connection.in_atomic_block


def test_a_workbook_holds_text_as_text() -> None:
    out = io.BytesIO()

    rows = write_xlsx(
        out,
        sheet="Bilston North and a ward name too long for a tab",
        columns=("number", "name", "empty"),
        rows=[(7, ATTACK, None), (8, "http://example.org", "")],
        mark=MARK,
    )

    page = openpyxl.load_workbook(out).active
    assert rows == 2
    assert [cell.value for cell in page[1]] == ["number", "name", "empty", MARK]
    assert [cell.data_type for cell in page[2]][:2] == ["n", "s"]
    assert page["B2"].value == ATTACK
    assert page["B3"].hyperlink is None
