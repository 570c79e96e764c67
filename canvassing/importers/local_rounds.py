"""Read a local party's own rounds from its list of streets, CSV or Excel."""

from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from campaigns.access import Actor
from campaigns.importers.layouts.base import plain_header
from campaigns.importers.tables import Table, file_facts, open_table
from campaigns.models import Council, Organisation, Street
from canvassing.actions.local_rounds import write_local_rounds
from canvassing.rules.local_round_rows import (
    COLUMNS,
    RowRefused,
    StretchRow,
    read_stretch,
)
from canvassing.rules.rounds import RoundsRefused

NAMES: Final = frozenset(name for names in COLUMNS.values() for name in names)
MOST_LINES: Final = 50_000
MOST_BYTES: Final = 5 * 1024**2
SHOWN: Final = 3


@dataclass(frozen=True)
class UnknownStreet:
    """A street that the council's register does not have; `perhaps` one that it has
    and that is written much the same."""

    line: int
    street: str
    perhaps: str


@dataclass(frozen=True)
class LocalRoundsRead:
    """`new` and `changed` rounds; the rest of `rounds` were so before."""

    rounds: int
    stretches: int
    new: int
    changed: int
    unknown_streets: list[UnknownStreet]


def import_local_rounds(
    path: Path, *, organisation: Organisation, council: Council, by: Actor, at: datetime
) -> LocalRoundsRead:
    """A street that nobody knows is kept, for a later register may have it, and
    reported. Refused, with nothing changed: a table without columns for round and
    street, one that is too long, and any line that cannot be read.
    """
    lines = _read(path)
    rounds: dict[str, list[StretchRow]] = {}
    for _, row in lines:
        rounds.setdefault(row.round, []).append(row)
    new, changed = write_local_rounds(
        rounds, organisation=organisation, council=council, by=by, at=at
    )
    return LocalRoundsRead(
        rounds=len(rounds),
        stretches=len(lines),
        new=new,
        changed=changed,
        unknown_streets=_unknown(lines, organisation, council),
    )


def _read(path: Path) -> list[tuple[int, StretchRow]]:
    if path.stat().st_size > MOST_BYTES:
        raise RoundsRefused("too_large", f"{path.name} is larger than 5 MB.")
    table = open_table(path, file_facts(path), names=NAMES)
    columns = _columns(table, path)
    rows: list[tuple[int, StretchRow]] = []
    wrong: list[str] = []
    for line, cells in table.rows():
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) >= MOST_LINES:
            raise RoundsRefused(
                "too_many", f"{path.name} has more than {MOST_LINES:,} lines."
            )
        said = {name: cells[at] for name, at in columns.items() if at < len(cells)}
        try:
            rows.append((line, read_stretch(said)))
        except RowRefused as refusal:
            wrong.append(f"line {line}: {refusal.message}")
    if wrong:
        raise RoundsRefused("lines", _sentence(path, wrong))
    if not rows:
        raise RoundsRefused("empty", f"{path.name} has no lines below its header.")
    return rows


def _columns(table: Table, path: Path) -> dict[str, int]:
    places = {plain_header(text): at for at, text in enumerate(table.header)}
    found = {
        column: places[name]
        for column, names in COLUMNS.items()
        for name in reversed(names)
        if name in places
    }
    if not {"round", "street"} <= found.keys():
        raise RoundsRefused(
            "columns", f"{path.name} has no columns for round and street."
        )
    return found


def _sentence(path: Path, wrong: list[str]) -> str:
    more = f" And {len(wrong) - SHOWN} more lines." if len(wrong) > SHOWN else ""
    return f"Nothing of {path.name} was read in. " + " ".join(wrong[:SHOWN]) + more


def _unknown(
    lines: list[tuple[int, StretchRow]], organisation: Organisation, council: Council
) -> list[UnknownStreet]:
    streets = Street.objects.of(organisation).filter(council=council)
    known = dict(streets.values_list("key", "name"))
    found: dict[str, UnknownStreet] = {}
    for line, row in lines:
        if row.street_key not in known and row.street_key not in found:
            [perhaps] = get_close_matches(row.street_key, known, n=1) or [""]
            found[row.street_key] = UnknownStreet(
                line, row.street, known.get(perhaps, "")
            )
    return list(found.values())
