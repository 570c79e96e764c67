"""From a header to what each column says: supplier's layout, mapping or aliases."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from campaigns.importers.layouts import LAYOUTS, Layout
from campaigns.importers.layouts.aliases import ALIASES
from campaigns.importers.layouts.base import FIELDS, plain_header
from campaigns.importers.tables import FileFacts, Table, open_table
from campaigns.rules.refusals import Refusal


class HeaderRefused(Refusal):
    """The columns do not say enough to be a register."""


@dataclass(frozen=True)
class Recognised:
    """A layout, and for each of its fields the places of its columns in this file."""

    layout: Layout
    places: Mapping[str, tuple[int, ...]]

    def place(self, name: str) -> int | None:
        places = self.places.get(name)
        return places[0] if places else None


def open_register(path: Path, facts: FileFacts) -> Table:
    """A table whose columns have names, also where its supplier prints none."""
    table = open_table(path, facts)
    for layout in LAYOUTS:
        if layout.begins_with(table.header):
            table.has_no_header(named=layout.unprinted_header)
            break
    return table


def header_digest(header: Sequence[str]) -> str:
    """The key under which an organiser's own mapping of this header is remembered."""
    return hashlib.sha256("\x1f".join(map(plain_header, header)).encode()).hexdigest()


def supplier_layout(header: Sequence[str]) -> Recognised | None:
    headers = frozenset(map(plain_header, header))
    for layout in LAYOUTS:
        if layout.fits(headers):
            return Recognised(layout, _places(layout.columns, header))
    return None


def mapped_layout(header: Sequence[str], mapping: Mapping[str, object]) -> Recognised:
    """As an organiser says: field -> header, or list of headers for `address`.

    Refused: fields or headers that do not exist, or too few to be a register.
    """
    columns = {}
    known = set(map(plain_header, header))
    for name, named in mapping.items():
        names = [named] if isinstance(named, str) else list(map(str, named or ()))  # type: ignore[call-overload]
        missing = [n for n in names if plain_header(n) not in known]
        if name not in FIELDS or missing:
            wrong = name if name not in FIELDS else missing[0]
            raise HeaderRefused("columns", f"There is no column or field {wrong!r}.")
        columns[name] = tuple(map(plain_header, names))
    return _complete("mapped", "Columns as told", columns, header)


def aliased_layout(header: Sequence[str]) -> Recognised:
    """By what columns are commonly called. Refused, naming the columns, if unclear."""
    return _complete("aliases", "Columns by their names", ALIASES, header)


def _complete(
    code: str, name: str, columns: Mapping[str, tuple[str, ...]], header: Sequence[str]
) -> Recognised:
    layout = Layout(code=code, name=name, kind="full", columns=columns, signature=())
    recognised = Recognised(layout, _places(columns, header))
    has = recognised.places
    numbered = "reference" in has or ("prefix" in has and "number" in has)
    named = "surname" in has or "whole_name" in has
    if not (numbered and named and "address" in has):
        shown = ", ".join(filter(None, (h.strip() for h in header)))[:200]
        raise HeaderRefused(
            "columns",
            "This is not a register layout we know; "
            f"say which columns hold number, name and address: {shown}",
        )
    return recognised


def _places(
    columns: Mapping[str, tuple[str, ...]], header: Sequence[str]
) -> dict[str, tuple[int, ...]]:
    at = {
        plain_header(text): place for place, text in reversed(list(enumerate(header)))
    }
    found = {
        name: tuple(at[column] for column in names if column in at)
        for name, names in columns.items()
    }
    return {name: places for name, places in found.items() if places}
