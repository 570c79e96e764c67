"""Which column of a file about money holds what: guessed by heading, or as told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from campaigns.importers.layouts.base import plain_header
from campaigns.importers.tables import FileFacts, Table, file_facts, open_table
from campaigns.rules.refusals import Refusal

MOST_COLUMNS = 200
PROBLEMS_SHOWN = 50
BLOCK = 1 << 20
# What stands where a sign could not be read.
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
Found = TypeVar("Found")


class MoneyFileRefused(Refusal):
    """The file cannot be loaded as it is, or as its columns are understood."""


@dataclass(frozen=True)
class Columns:
    """What is looked for in one kind of file.

    `asked` has for each of our names how people are asked for it; `headings` by which
    headings it goes, the likeliest first, as `plain_header` has them; `lacks` says in a
    sentence what is missing of these names, or nothing; `too_long` that it has more
    rows than `most_rows`. `may_be_reversed`: money out may stand without a minus.
    """

    asked: Mapping[str, str]
    headings: Mapping[str, Sequence[str]]
    lacks: Callable[[Mapping[str, object]], str]
    most_rows: int
    too_long: str
    may_be_reversed: bool = False

    def guessed(self, header: Sequence[str]) -> dict[str, str]:
        """Our names to the file's; each column is taken once."""
        theirs = {plain_header(text): text for text in reversed(header) if text.strip()}
        found: dict[str, str] = {}
        for name, headings in self.headings.items():
            for heading in headings:
                if heading in theirs and theirs[heading] not in found.values():
                    found[name] = theirs[heading]
                    break
        return found

    def places(
        self, header: Sequence[str], columns: Mapping[str, str]
    ) -> dict[str, int]:
        """Where each named column stands. Refused: too few of them."""
        at = {text: place for place, text in reversed(list(enumerate(header)))}
        known = {name: text for name, text in columns.items() if name in self.asked}
        places = {name: at[text] for name, text in known.items() if text in at}
        if missing := self.lacks(places):
            raise MoneyFileRefused("columns", missing)
        return places


class BadCell(Refusal):
    """A row that cannot be read: why, in words that quote nothing of it."""


@dataclass
class Problems:
    """Rows that cannot be read: how many, and the first of them with their lines."""

    count: int = 0
    shown: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, message: str) -> None:
        self.count += 1
        if len(self.shown) < PROBLEMS_SHOWN:
            self.shown.append((line, message))

    def refuse_any(self) -> None:
        if self.count:
            line, message = self.shown[0]
            more = self.count - 1
            rows = "row" if more == 1 else "rows"
            others = f" Nor can {more:,} other {rows}." if more else ""
            raise MoneyFileRefused(
                "bad_row", f"Line {line:,} cannot be read: {message}{others}"
            )


def open_money_table(path: Path, columns: Columns) -> tuple[Table, str]:
    """The table and the file's SHA-256. Refused: what is no table of such columns."""
    facts = file_facts(path)
    _refuse_nul(path, facts)
    names = {heading for those in columns.headings.values() for heading in those}
    table = open_table(path, facts, names=names)
    if len(table.header) > MOST_COLUMNS:
        raise MoneyFileRefused(
            "too_many_columns",
            f"Its header has {len(table.header):,} columns: {MOST_COLUMNS} at most.",
        )
    return table, facts.sha256


def _refuse_nul(path: Path, facts: FileFacts) -> None:
    """A sum in which a byte was lost is another sum."""
    if facts.encoding.startswith("utf-16"):
        return
    line = 1
    with path.open("rb") as file:
        if file.read(4) == b"PK\x03\x04":
            return
        file.seek(0)
        while block := file.read(BLOCK):
            before, nul, _ = block.partition(b"\0")
            line += before.count(b"\n")
            if nul:
                raise MoneyFileRefused(
                    "nul",
                    f"Line {line:,} holds a NUL byte, so the file is damaged: have it "
                    "made again.",
                )


class Row:
    """The cells of one row by our names; nothing where the file has no such column."""

    def __init__(self, cells: Sequence[str], places: Mapping[str, int]) -> None:
        self._cells, self._places = cells, places

    def __getitem__(self, name: str) -> str:
        place = self._places.get(name)
        if place is None or place >= len(self._cells):
            return ""
        return " ".join(self._cells[place].split())

    def __bool__(self) -> bool:
        return any(self[name] for name in self._places)


@dataclass
class ReadRows(Generic[Found]):
    """A file as it is understood, and what is wrong with it.

    `still` counts the rows that are about no money, such as an opening balance.
    """

    sha256: str
    rows: list[Found] = field(default_factory=list)
    still: int = 0
    problems: Problems = field(default_factory=Problems)


def read_rows(
    path: Path,
    columns: Columns,
    told: Mapping[str, str],
    take: Callable[[int, Row], Found | None],
) -> ReadRows[Found]:
    """Every row as `take` understands it with its line, in the order of the file; what
    cannot be read is told, not skipped in silence.

    Refused: what is no table, too few columns, or more rows than it may have.
    """
    table, sha256 = open_money_table(path, columns)
    places = columns.places(table.header, told)
    read: ReadRows[Found] = ReadRows(sha256)
    for line, cells in table.rows():
        row = Row(cells, places)
        if not row:
            continue
        if len(read.rows) + read.problems.count >= columns.most_rows:
            raise MoneyFileRefused("too_long", columns.too_long)
        try:
            _refuse_ragged(cells, len(table.header))
            _refuse_unreadable(cells)
            found = take(line, row)
        except BadCell as refusal:
            read.problems.add(line, refusal.message)
            continue
        if found is None:
            read.still += 1
        else:
            read.rows.append(found)
    return read


def _refuse_ragged(cells: Sequence[str], columns: int) -> None:
    """A comma that should be in quotes shifts every sum behind it."""
    if any(cell.strip() for cell in cells[columns:]):
        raise BadCell(
            "ragged", f"It has {len(cells)} columns where the header has {columns}."
        )


def _refuse_unreadable(cells: Sequence[str]) -> None:
    """A formula is no sum yet, and text in a wrong encoding is not what was written."""
    for place, cell in enumerate(cells, 1):
        if cell.lstrip().startswith("="):
            raise BadCell(
                "formula",
                f"column {place} holds a formula: save the file with its values.",
            )
        if UNREADABLE in cell:
            raise BadCell(
                "encoding",
                f"column {place} holds signs in no encoding we know: save it as UTF-8.",
            )
