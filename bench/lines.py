"""The lines of a register read bare: for the floor's files, and to invent changes.

It knows no more of a layout than where its columns are, and cleans nothing.
"""

import csv
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from campaigns.importers.recognise import Recognised, supplier_layout
from campaigns.importers.tables import file_facts, open_table
from config.demo.layouts import LAYOUTS

KINDS = ("A", "M", "D")  # added, modified, deleted: as many of each
SURNAME_NOW = "Changedname"


class Line(NamedTuple):
    prefix: str
    number: int
    suffix: int
    title: str
    surname: str
    forename: str
    markers: str
    attains_on: str
    postcode: str
    address: tuple[str, ...]


def read_lines(path: Path) -> Iterator[Line]:
    """Every line of a full register whose number is one, each number once."""
    table = open_table(path, file_facts(path))
    recognised = supplier_layout(table.header)
    if recognised is None:
        raise SystemExit(f"{path} is not in a layout that suppliers use.")
    seen = set()
    for _, cells in table.rows():
        line = _line(cells, recognised)
        if line and line[:3] not in seen:
            seen.add(line[:3])
            yield line


def _line(cells: list[str], recognised: Recognised) -> Line | None:
    def text(name: str) -> str:
        place = recognised.place(name)
        return cells[place].strip() if place is not None else ""

    number, _, suffix = text("number").replace(".", "/").partition("/")
    suffix = suffix.lstrip("0") or text("suffix") or "0"
    if not number.isdecimal() or not suffix.isdecimal():
        return None
    surname, _, forename = text("whole_name").partition(" ")
    return Line(
        text("prefix"),
        int(number),
        int(suffix),
        text("title"),
        text("surname") or surname,
        f"{text('forename')} {text('middle')}".strip() or forename,
        text("markers"),
        text("attains_on"),
        " ".join(text("postcode").upper().split()),
        tuple(filter(None, (cells[at].strip() for at in recognised.places["address"]))),
    )


def write_typed(register: Path, out: Path, council: str) -> None:
    """The lines with the types and the columns of `bench.register_floor.TABLE`."""
    district, districts, home, homes = 0, {}, "", 0
    with out.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        for walk, line in enumerate(read_lines(register), 1):
            district = districts.setdefault(line.prefix, len(districts) + 1)
            printed = ", ".join(line.address)
            homes += printed != home
            home = printed
            table.writerow(
                (
                    council,
                    district,
                    line.prefix,
                    line.number,
                    line.suffix,
                    line.title,
                    line.surname,
                    line.forename,
                    f"{line.surname} {line.forename}".upper(),
                    line.markers,
                    _day(line.attains_on),
                    homes,
                    printed,
                    line.postcode,
                    walk,
                    hashlib.md5("|".join(map(str, line)).encode()).hexdigest(),  # noqa: S324
                )
            )


def _day(text: str) -> str:
    day = text.split("/")
    return "-".join(reversed(day)) if len(day) == 3 else ""


def write_changes(people: Iterable[Line], out: Path, *, wanted: int, of: int) -> None:
    """A monthly update that touches `wanted` of the first `of` people."""
    layout = LAYOUTS["eros-update"]
    with out.open("w", encoding=layout.encoding, newline="") as file:
        file.write(layout.preamble)
        table = csv.writer(file)
        table.writerow(layout.header.split(","))
        named = (line for line in people if line.surname and line.postcode)
        for at, line in enumerate(named):
            done = at * wanted // of
            if done < (at + 1) * wanted // of:
                table.writerow(_change(line, KINDS[done % len(KINDS)]))


def _change(line: Line, kind: str) -> list[object]:
    suffix = line.suffix + 7 if kind == "A" else line.suffix
    number = f"{line.number}/{suffix}" if suffix else line.number
    surname = line.surname if kind == "D" else SURNAME_NOW
    address = [*line.address, *[""] * 9][:9]
    names = (line.title, line.forename.partition(" ")[0], "", surname, "")
    tail = (line.attains_on, line.markers, *address, line.postcode, line.prefix, "", "")
    return [line.prefix, number, kind, *names, *tail]
