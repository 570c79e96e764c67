"""No cell of ours is taken for a formula, nor a file for what it is not."""

import pytest

from campaigns.rules.file_types import CSV, UNKNOWN, WORKBOOK, content_type
from campaigns.rules.spreadsheets import FORMULA_STARTS, safe_cell


@pytest.mark.parametrize("start", FORMULA_STARTS, ids=repr)
def test_what_would_be_computed_becomes_text(start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "Ivy", "O'Brien", "12 Quarry Lane", " =1"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


@pytest.mark.parametrize(
    ("first_bytes", "found"),
    [
        (b"%PDF-1.4", "application/pdf"),
        (b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml", WORKBOOK),
        (b"PK\x03\x04" + b"\0" * 26 + b"holiday.jpg", "application/zip"),
        (b"\xd0\xcf\x11\xe0 old workbook", "application/vnd.ms-excel"),
        ("\ufeffElector Number".encode(), CSV),
        ("Elector Number".encode("utf-16"), CSV),
        (b"\x7fELF\0\0", UNKNOWN),
        (b"", CSV),
    ],
)
def test_a_file_is_what_its_first_bytes_say(first_bytes: bytes, found: str) -> None:
    assert content_type(first_bytes) == found
