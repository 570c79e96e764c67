"""The shape of a candidate's return: sections of lines, which every edge can show.

It is plain text through and through, so that it can be frozen as JSON and read back
in years to come: a section carries its own columns, and pages, paper, tables and the
comparison of two versions know nothing else of it.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from campaigns.models import ExpenseCategory
from campaigns.rules.money import pounds

TEXT, POUNDS, DAY = "text", "pounds", "day"
NOTHING = Decimal("0.00")
# Columns with numbers that orders and receipts got as they were entered.
WORD_AND_NUMBER = re.compile(r"(\D*)(\d+)")
BY_ENTRY = frozenset(("order", "credited", "receipts"))


@dataclass(frozen=True, slots=True)
class Column:
    """`kind` is text, pounds (`1234.56`) or day (`2024-05-02`).

    A column `under` another is shown beneath it where there is little room.
    """

    code: str
    label: str
    kind: str = TEXT
    under: str = ""
    is_summed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a section. `values` by the codes of the columns; an empty one says
    nothing. `rows` name what it was made from, such as `expense:12`; `key`, the first
    of them, tells the same line in two versions.
    """

    key: str
    values: Mapping[str, str]
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as people read it, with what stands beneath it."""

    column: Column
    text: str
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One schedule of the return; with no lines it says `Nil`."""

    code: str
    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    note: str = ""

    @property
    def shown_columns(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if not column.under)

    @property
    def entries(self) -> list[tuple[Line, tuple[Cell, ...]]]:
        """Each line with its cells."""
        return [(line, self._cells(line)) for line in self.lines]

    def _cells(self, line: Line) -> tuple[Cell, ...]:
        return tuple(
            Cell(column, shown(column, line), tuple(self._notes(column, line)))
            for column in self.shown_columns
        )

    def _notes(self, column: Column, line: Line) -> list[tuple[str, str]]:
        under = (other for other in self.columns if other.under == column.code)
        return [(one.label, text) for one in under if (text := shown(one, line))]

    def total(self, code: str) -> Decimal:
        """Of one column, in pounds, added up anew each time."""
        return sum(
            (Decimal(line.values[code]) for line in self.lines if line.values[code]),
            NOTHING,
        )

    @property
    def totals(self) -> list[tuple[Column, str]]:
        """Each shown column with its sum, empty where none is meant."""
        return [
            (column, pounds(self.total(column.code)) if column.is_summed else "")
            for column in self.shown_columns
        ]

    @property
    def comes_to(self) -> str:
        """Its lines in one figure, the last of its sums; empty where it has none."""
        *_, last = ("", *(one.code for one in self.columns if one.is_summed))
        return pounds(self.total(last)) if last else ""

    @property
    def has_totals(self) -> bool:
        return bool(self.lines) and any(column.is_summed for column in self.columns)


@dataclass(frozen=True, slots=True)
class SpendingReturn:
    """A whole return as it stood on a day (`as_of`, such as `2024-05-28`).

    `form` counts the shapes that returns have had: the second has the papers, in the
    third claims stand by the numbers of their items, the fourth has what disputes
    were settled at, the fifth when an agent was appointed and what is due back.
    """

    as_of: str
    is_nil: bool
    warnings: tuple[str, ...]
    sections: tuple[Section, ...]
    form: int = 5

    def section(self, code: str) -> Section:
        return next(section for section in self.sections if section.code == code)

    @property
    def counted(self) -> Decimal:
        """What all heads of spending come to, in the (short) regulated period."""
        heads = (one for one in self.sections if one.code in ExpenseCategory)
        return sum((head.total("counted") for head in heads), NOTHING)

    @property
    def donated(self) -> Decimal:
        """The accepted donations that have to be named."""
        return self.section("donations").total("amount")

    @property
    def content(self) -> dict[str, Any]:
        """As JSON keeps it."""
        kept: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return kept

    @property
    def sha256(self) -> str:
        return digest(self.content)


def digest(content: Mapping[str, Any]) -> str:
    """The SHA-256 of a content, whatever the order of its keys."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read_back(content: Mapping[str, Any]) -> SpendingReturn:
    """The return that was kept as this content."""
    return SpendingReturn(
        as_of=content["as_of"],
        is_nil=content["is_nil"],
        warnings=tuple(content["warnings"]),
        sections=tuple(map(_section, content["sections"])),
        form=content["form"],
    )


def _section(kept: Mapping[str, Any]) -> Section:
    return Section(
        kept["code"],
        kept["title"],
        tuple(Column(**column) for column in kept["columns"]),
        tuple(
            Line(line["key"], line["values"], tuple(line["rows"]))
            for line in kept["lines"]
        ),
        kept["note"],
    )


def shown(column: Column, line: Line) -> str:
    """`£1,234.56`, `2 May 2024`, or the words themselves."""
    value = line.values[column.code]
    if not value or column.kind == TEXT:
        return value
    return pounds(Decimal(value)) if column.kind == POUNDS else in_words(value)


def numbers_of(sections: Iterable[Section]) -> dict[str, str]:
    """The numbers of their lines, by the row that each comes from."""
    return {
        line.key: line.values["number"]
        for section in sections
        for line in section.lines
    }


def in_words(day: str | date) -> str:
    """`2 May 2024` of a day or its ISO text."""
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{found.day} {found:%B %Y}"


def _by_number(text: str) -> tuple[tuple[str, int], ...]:
    return tuple((word, int(digits)) for word, digits in WORD_AND_NUMBER.findall(text))


def numbered(letter: str, lines: Sequence[Line], *, by: str) -> tuple[Line, ...]:
    """In the order of the column `by`, `B2` before `B10`, and then of all they say,
    with `A1`, `A2`, … in `number`: whatever the order in which the rows were entered.
    """

    def place(line: Line) -> tuple[Any, ...]:
        said = (text for code, text in line.values.items() if code not in BY_ENTRY)
        return (_by_number(line.values[by]), *said, line.rows)

    ordered = sorted(lines, key=place)
    return tuple(
        Line(line.key, {"number": f"{letter}{nth}", **line.values}, line.rows)
        for nth, line in enumerate(ordered, start=1)
    )
