"""What the files of a return say: words of a PDF, sums of a workbook, rows of a CSV."""

import csv
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from pypdf import PageObject, PdfReader


def pages_of(pdf: bytes) -> list[PageObject]:
    return list(PdfReader(BytesIO(pdf)).pages)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pages_of(pdf)).split())


def sums_of(workbook: bytes) -> dict[str, str]:
    """The sheet Summary: what, and its pounds to the penny."""
    sheet = load_workbook(BytesIO(workbook), data_only=True)["Summary"]
    return {
        str(what): str(Decimal(str(amount)).quantize(Decimal("0.01")))
        for what, amount, *_ in sheet.iter_rows(min_row=3, values_only=True)
        if what
    }


def tables_of(package: bytes) -> dict[str, list[dict[str, str]]]:
    """The rows of each CSV by the code of its section, under the heads that it has."""
    with ZipFile(BytesIO(package)) as found:
        return {
            name[3:-4]: list(
                csv.DictReader(StringIO(found.read(name).decode("utf-8-sig")))
            )
            for name in found.namelist()
            if name.endswith(".csv")
        }


def lines_of(told: dict[str, Any], section: str, *columns: str) -> list[Any]:
    """Of a return as REST tells it: these columns of the lines of one section."""
    (found,) = (one for one in told["content"]["sections"] if one["code"] == section)
    return [
        tuple(line["values"][column] for column in columns) for line in found["lines"]
    ]
