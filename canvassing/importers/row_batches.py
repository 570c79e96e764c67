"""The rows of a file in batches, and what became of them, told by their lines."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, TypeVar

from campaigns.importers.tables import Table
from canvassing.rules.contact_rows import RowRefused
from canvassing.rules.contacts import Answer, Verdict

BATCH: Final = 1000
MOST_PROBLEMS: Final = 5000

Problem = tuple[int, str]
Row = TypeVar("Row")


@dataclass
class RowsImported:
    """How many rows the file has, and what became of what they say.

    `problems` has the line and the reason of each that was not taken, up to 5,000;
    `doubtful` counts them all.
    """

    lines: int = 0
    filed: int = 0
    already_filed: int = 0
    doubtful: int = 0
    problems: list[Problem] = field(default_factory=list)

    def note(self, line: int, reason: str) -> None:
        self.doubtful += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append((line, reason))

    def count(self, lines: Sequence[int], verdicts: Sequence[Verdict]) -> None:
        """What became of items, each of a line."""
        for line, verdict in zip(lines, verdicts, strict=True):
            if verdict.answer is Answer.HELD:
                self.note(line, verdict.reason)
        counts = Counter(verdict.answer for verdict in verdicts)
        self.filed += counts[Answer.FILED]
        self.already_filed += counts[Answer.ALREADY_FILED]


def names_of(columns: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """All that these columns may be called."""
    return frozenset(name for names in columns.values() for name in names)


def lines_of(table: Table) -> int:
    """How many rows say something."""
    return sum(1 for _, cells in table.rows() if any(cells))


def named_rows(
    table: Table, places: Mapping[str, int]
) -> Iterator[tuple[int, list[str], dict[str, str]]]:
    """Each row that says something: its line, its cells, and those by our names.
    `places` tells where each of our columns stands."""
    for line, cells in table.rows():
        if any(cells):
            named = {
                name: cells[place] if place < len(cells) else ""
                for name, place in places.items()
            }
            yield line, cells, named


def batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def in_batches(
    table: Table,
    places: Mapping[str, int],
    *,
    read: Callable[[int, Mapping[str, str]], Row],
    reasons: Mapping[str, str],
) -> Iterator[list[Row | Problem]]:
    """Each row that says something as `read` understands it, or its line and why not:
    `read` raises `RowRefused`, whose code is a key of `reasons`."""

    def rows() -> Iterator[Row | Problem]:
        for line, _cells, named in named_rows(table, places):
            try:
                yield read(line, named)
            except RowRefused as refusal:
                yield line, reasons[refusal.code]

    return batches(rows())
