"""What differs between two versions of a return, line by line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from campaigns.reports.return_form import (
    TEXT,
    Column,
    Line,
    Section,
    SpendingReturn,
    shown,
)

# Places in the list, which move when a line comes before them.
PLACES = frozenset(("number", "item"))
# Sections whose lines are told by their first word alone.
SINGLE = frozenset(("particulars", "summary"))


@dataclass(frozen=True, slots=True)
class Change:
    """One line that was added, removed, or says something else now.

    `what` tells which; `said` holds for each column that differs its label, what stood
    there and what stands there now.
    """

    kind: str
    what: str
    said: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class SectionChanges:
    code: str
    title: str
    changes: tuple[Change, ...]


def return_changes(
    before: SpendingReturn, after: SpendingReturn
) -> tuple[SectionChanges, ...]:
    """The sections that differ, in the order of the return. A line is told by the row
    that it comes from, so that its place in the list is no change. What only one of
    two forms of returns can say is none either."""
    old = {section.code: section for section in before.sections}
    if before.form == after.form:
        pairs = [(old.pop(one.code, None), one) for one in after.sections]
    else:
        pairs = [(old[one.code], one) for one in _told(old, after)]
        old = {}
    found = [
        SectionChanges(new.code, new.title, tuple(_changes(was, new)))
        for was, new in (*pairs, *((gone, _emptied(gone)) for gone in old.values()))
    ]
    return tuple(section for section in found if section.changes)


def _told(before: Mapping[str, Section], after: SpendingReturn) -> Iterator[Section]:
    """What the later one says in the sections and columns that both have."""
    for section in after.sections:
        if was := before.get(section.code):
            codes = {column.code for column in was.columns}
            keys = {line.key for line in was.lines}
            yield replace(
                section,
                columns=tuple(one for one in section.columns if one.code in codes),
                lines=tuple(
                    line
                    for line in section.lines
                    if section.code not in SINGLE or line.key in keys
                ),
            )


def _emptied(section: Section) -> Section:
    return Section(section.code, section.title, section.columns, ())


def _changes(before: Section | None, after: Section) -> Iterator[Change]:
    old = {line.key: line for line in before.lines} if before else {}
    for line in after.lines:
        was = old.pop(line.key, None)
        if was is None:
            yield Change("added", _name(after, line), _said(after, None, line))
        elif said := _said(after, was, line):
            yield Change("changed", _name(after, line), said)
    for line in old.values():
        yield Change("removed", _name(after, line), _said(after, line, None))


def _name(section: Section, line: Line) -> str:
    """By whom and what for, or whatever its first words are."""
    texts = [
        line.values[column.code]
        for column in section.shown_columns
        if column.kind == TEXT and column.code not in PLACES
    ]
    return ", ".join(filter(None, texts[: 1 if section.code in SINGLE else 2]))


def _said(
    section: Section, before: Line | None, after: Line | None
) -> tuple[tuple[str, str, str], ...]:
    pairs = (
        (column.label, _text(column, before), _text(column, after))
        for column in section.columns
        if column.code not in PLACES
    )
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _text(column: Column, line: Line | None) -> str:
    return shown(column, line) if line is not None else ""
