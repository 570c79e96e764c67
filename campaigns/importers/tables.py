"""Read a table as it comes: CSV or TSV in any usual encoding, or an Excel workbook.

Streams: no more than one record is held. Everything about the file itself that is
wrong (not a table, cut off in the middle) is refused here in one sentence.
"""

import codecs
import csv
import hashlib
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from campaigns.importers.layouts.base import plain_header
from campaigns.rules.refusals import Refusal

BLOCK = 1 << 20
PREAMBLE = 40  # lines that may stand before a header
MIN_COLUMNS = 3
DELIMITERS = ",\t;|"
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CUT_OFF = "cut_off"
SMALL_WORKBOOK = 64 * 1024**2  # bytes unpacked, up to which nobody asks
MOST_UNPACKED = 60  # times its size; real workbooks unpack to ten or twenty times
NOT_A_WORKBOOK = (
    zipfile.BadZipFile,
    InvalidFileException,
    KeyError,
    ValueError,
    OSError,
)


class TableRefused(Refusal):
    """The file is not a whole table."""


@dataclass(frozen=True)
class FileFacts:
    """What one pass over the bytes tells: size, SHA-256 and the encoding that fits."""

    size: int
    sha256: str
    encoding: str


def file_facts(path: Path) -> FileFacts:
    digest, size = hashlib.sha256(), 0
    utf8 = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = True
    head = b""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            head = head or block[:4096]
            digest.update(block)
            size += len(block)
            if is_utf8:
                is_utf8 = _decodes(utf8, block)
    return FileFacts(size, digest.hexdigest(), _encoding(head, is_utf8=is_utf8))


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes) -> bool:
    try:
        decoder.decode(block)
    except UnicodeDecodeError:
        return False
    return True


def _encoding(head: bytes, *, is_utf8: bool) -> str:
    for bom, encoding in BOMS:
        if head.startswith(bom):
            return encoding
    if head.count(0) > len(head) // 3:
        return "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"
    return "utf-8" if is_utf8 else "cp1252"


class Table(ABC):
    """The records of a file below its header.

    `header` is the first record with as many columns as a table has; `preamble` the
    text of the lines before it; `lines_before` counts the lines above the first of
    `rows`. While `rows` runs, `raw` is the text of the record just given, and
    `unterminated` says that the file ended in it without a line end.
    """

    header: list[str]
    preamble: list[str]
    lines_before: int
    raw: str
    unterminated: bool = False

    @abstractmethod
    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Line number (of the record's last line, from 1) and its cells."""

    def has_no_header(self, *, named: Sequence[str]) -> None:
        """What was taken for its header is its first record; its columns are these."""
        more = range(len(named) + 1, len(self.header) + 1)
        self.header = [*named, *(f"column {place}" for place in more)]
        self.lines_before -= 1

    def texts(self) -> Iterator[tuple[int, str]]:
        """Line number and text, without taking the record apart where that is dear."""
        return ((line, self.raw) for line, _ in self.rows())


def open_table(
    path: Path, facts: FileFacts, *, names: Collection[str] = frozenset()
) -> Table:
    """`names`, as `plain_header` has them: one of these is a header also of a narrow
    table. Refused: an empty file, one that is not a table, or one that is cut off.
    """
    if not facts.size:
        raise TableRefused("empty", f"{path.name} is empty.")
    with path.open("rb") as file:
        magic = file.read(8)
    if magic.startswith(b"PK\x03\x04"):
        return WorkbookTable(path, names)
    if magic.startswith((b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\x1f\x8b", b"{")):
        raise TableRefused("not_a_table", f"{path.name} is not a CSV or Excel table.")
    return TextTable(path, facts.encoding, names)


class TextTable(Table):
    """Comma, tab, semicolon or bar separated text."""

    def __init__(self, path: Path, encoding: str, names: Collection[str]) -> None:
        self.path, self.encoding = path, encoding
        self._lines: list[str] = []
        with self._open() as file:
            self.preamble, header = _find_header(file, path, names)
        self.delimiter = _delimiter(header)
        self.lines_before = len(self.preamble) + 1
        self.header = next(csv.reader([header], delimiter=self.delimiter))

    def _open(self) -> IO[str]:
        # cp1252 leaves five bytes undefined; a register is not lost for one of them.
        errors = "strict" if self.encoding.startswith("utf-8") else "replace"
        return self.path.open(encoding=self.encoding, errors=errors, newline="")

    @property
    def raw(self) -> str:  # type: ignore[override]
        return "".join(self._lines)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        with self._open() as file:
            for _ in range(self.lines_before):
                next(file)
            reader = csv.reader(self._tapped(file), delimiter=self.delimiter)
            try:
                for cells in reader:
                    self.unterminated = not self._lines[-1].endswith(("\n", "\r"))
                    # An open quote takes in the line end, and all that follows.
                    if self.unterminated or (cells and cells[-1].endswith("\n")):
                        begins = reader.line_num - len(self._lines) + 1
                        self._refuse_if_cut(cells, begins + self.lines_before)
                    yield reader.line_num + self.lines_before, cells
                    self._lines.clear()
            except (csv.Error, UnicodeDecodeError) as error:
                at = reader.line_num + self.lines_before
                raise TableRefused(
                    CUT_OFF, f"{self.path.name} is cut off or broken near line {at}."
                ) from error

    def texts(self) -> Iterator[tuple[int, str]]:
        with self._open() as file:
            yield from enumerate(file, 1)

    def _tapped(self, file: IO[str]) -> Iterator[str]:
        keep = self._lines.append
        for line in file:
            line = line.replace("\xa0", " ")
            if "\0" in line:
                line = line.replace("\0", "")
            keep(line)
            yield line

    def _refuse_if_cut(self, cells: list[str], begins: int) -> None:
        try:
            list(csv.reader(self._lines, delimiter=self.delimiter, strict=True))
            whole = len(cells) >= len(self.header) or not any(cells)
        except csv.Error:
            whole = False
        if not whole:
            raise TableRefused(
                CUT_OFF,
                f"{self.path.name} is cut off: what begins in line {begins:,} has no"
                " end.",
            )


def _find_header(
    file: IO[str], path: Path, names: Collection[str]
) -> tuple[list[str], str]:
    preamble: list[str] = []
    for _ in range(PREAMBLE):
        line = file.readline(BLOCK)
        if not line:
            break
        delimiter = _delimiter(line)
        if line.count(delimiter) >= MIN_COLUMNS - 1 or _is_named(
            line.split(delimiter), names
        ):
            return preamble, line.replace("\xa0", " ").replace("\0", "")
        preamble.append(line)
    raise TableRefused("not_a_table", f"{path.name} is not a CSV or Excel table.")


def _is_named(cells: Sequence[str], names: Collection[str]) -> bool:
    return any(plain_header(cell) in names for cell in cells)


def _delimiter(line: str) -> str:
    return max(DELIMITERS, key=line.count)


class WorkbookTable(Table):
    """The first sheet of an Excel workbook."""

    def __init__(self, path: Path, names: Collection[str]) -> None:
        self.path = path
        self.preamble = []
        try:
            _refuse_bomb(path)
            # By handle: openpyxl judges a path by its ending, an upload has any name.
            book = openpyxl.load_workbook(path.open("rb"), read_only=True)
            self._sheet = book.worksheets[0]
        except NOT_A_WORKBOOK as error:
            raise TableRefused(
                "not_a_table", f"{path.name} is not a whole Excel workbook."
            ) from error
        self.header = self._find_header(names)
        self.lines_before = len(self.preamble) + 1

    def _find_header(self, names: Collection[str]) -> list[str]:
        for texts in self._records(max_row=PREAMBLE):
            wide = len(texts) - texts.count("") >= MIN_COLUMNS
            if wide or _is_named(texts, names):
                return texts
            self.preamble.append(" ".join(filter(None, texts)))
        raise TableRefused(
            "not_a_table", f"The first sheet of {self.path.name} holds no table."
        )

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        first = self.lines_before + 1
        for line, texts in enumerate(self._records(min_row=first), first):
            self.raw = ",".join(texts)
            yield line, texts

    def _records(self, **bounds: int) -> Iterator[list[str]]:
        try:
            for cells in self._sheet.iter_rows(**bounds, values_only=True):
                yield [cell_text(cell) for cell in cells]
        except (ParseError, zlib.error, EOFError, *NOT_A_WORKBOOK) as error:
            raise TableRefused(
                CUT_OFF, f"{self.path.name} is cut off or broken in its first sheet."
            ) from error


def _refuse_bomb(path: Path) -> None:
    """No register unpacks to so much; what is packed says its size, and no more is
    ever unpacked than that."""
    with zipfile.ZipFile(path) as packed:
        unpacked = sum(entry.file_size for entry in packed.infolist())
    if unpacked > max(SMALL_WORKBOOK, MOST_UNPACKED * path.stat().st_size):
        raise TableRefused(
            "too_large_unpacked", f"{path.name} unpacks to more than any register does."
        )


def cell_text(cell: object) -> str:
    """As the supplier's CSV would have it: `14/09/2006`, and 5 rather than 5.0."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\xa0", " ").replace("\0", "")


def raw_lines(path: Path, facts: FileFacts, wanted: set[int]) -> dict[int, str]:
    """The text of these lines, by a second look at the file."""
    if not wanted:
        return {}
    table = open_table(path, facts)
    return {line: text for line, text in table.texts() if line in wanted}
