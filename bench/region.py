"""The registers that are measured: made here or given, and a tenth of them.

A folder holds for each council `full_`, `update_`, `next_`, `truth_` and `postcodes_`
files and a manifest, as `config.demo.registers` writes them. The benchmark adds
`typed_` (the same lines for a floor's COPY) and one `changes.csv`.
"""

import csv
import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench.lines import read_lines, write_changes, write_typed
from config.demo.region import COUNCILS, Council, wards
from config.demo.registers import POSTCODES, write_region

PROCESSES = 2
TENTH = 10
CHANGES = 20_000  # in one month's update, where a tenth of the region has room for it
ROOM = 100  # electors of the region for each change


@dataclass(frozen=True)
class Registers:
    """The files of one council."""

    council: str
    slug: str
    lines: int
    folder: Path

    def file(self, name: str) -> Path:
        return self.folder / f"{name}_{self.slug}.csv"


@dataclass(frozen=True)
class Region:
    folder: Path
    councils: tuple[Registers, ...]

    @property
    def electors(self) -> int:
        return sum(registers.lines for registers in self.councils)

    @property
    def largest(self) -> Registers:
        return max(self.councils, key=lambda registers: registers.lines)

    @property
    def changes(self) -> Path:
        """A month's update to the largest council, whose electors a tenth has too."""
        return self.folder / "changes.csv"


def region_in(folder: Path) -> Region:
    """The region of a folder, by its manifests."""
    manifests = sorted(folder.glob("manifest_*.json"))
    found = [json.loads(path.read_text(encoding="utf-8")) for path in manifests]
    return Region(
        folder,
        tuple(
            Registers(one["council"], one["name"].lower(), one["full_lines"], folder)
            for one in found
        ),
    )


def make_region(
    folder: Path, *, electors: int, given: Path | None
) -> tuple[Region, Region]:
    """The whole region and its tenth, under `folder`; made once."""
    whole, tenth = folder / "whole", folder / "tenth"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        whole.mkdir(parents=True)
        tenth.mkdir()
        if given:
            take_registers(given, whole)
        else:
            invent_registers(whole, electors)
        add_floors(region_in(whole))
        cut_tenth(region_in(whole), tenth)
        add_floors(region_in(tenth))
        add_changes(region_in(whole), region_in(tenth))
        (folder / "made").touch()
    return region_in(whole), region_in(tenth)


def invent_registers(out: Path, electors: int) -> None:
    """Every council from its own dice, so that they can be written side by side."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        list(
            pool.map(
                _invent, COUNCILS, [out] * len(COUNCILS), [electors] * len(COUNCILS)
            )
        )


def _invent(council: Council, out: Path, electors: int) -> None:
    list(write_region(out, electors=electors, councils=[council]))


def take_registers(given: Path, out: Path) -> None:
    """Links to files made elsewhere; where postcodes lie is made up if not told."""
    for path in given.glob("*_*"):
        (out / path.name).symlink_to(path.resolve())
    for registers in region_in(out).councils:
        if not registers.file("postcodes").exists():
            place_postcodes(registers)


def place_postcodes(registers: Registers) -> None:
    """Share the council's districts out over its wards in the order of their codes."""
    district_of = {
        line.postcode: line.prefix
        for line in read_lines(registers.file("full"))
        if line.postcode
    }
    codes = sorted(set(district_of.values()))
    own = [ward for ward in wards() if ward.council == registers.council]
    ward_of = {code: own[at * len(own) // len(codes)] for at, code in enumerate(codes)}
    with registers.file("postcodes").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(POSTCODES.split(","))
        for postcode, code in district_of.items():
            ward = ward_of[code]
            out.writerow([postcode, ward.lat, ward.lon, ward.council, ward.gss, ""])


def add_floors(region: Region) -> None:
    with ProcessPoolExecutor(PROCESSES) as pool:
        list(pool.map(_write_typed, region.councils))


def _write_typed(registers: Registers) -> None:
    write_typed(registers.file("full"), registers.file("typed"), registers.council)


def cut_tenth(region: Region, out: Path) -> None:
    """The first tenth of every register: the same wards, as large as they were."""
    for registers in region.councils:
        tenth = Registers(
            registers.council, registers.slug, registers.lines // TENTH, out
        )
        for name in ("full", "next"):
            with registers.file(name).open("rb") as source:
                tenth.file(name).write_bytes(b"".join(islice(source, tenth.lines + 1)))
        tenth.file("postcodes").symlink_to(registers.file("postcodes").resolve())
        manifest = {
            "council": tenth.council,
            "name": registers.slug.title(),
            "full_lines": tenth.lines,
        }
        path = out / f"manifest_{tenth.slug}.json"
        path.write_text(json.dumps(manifest), encoding="utf-8")


def add_changes(whole: Region, tenth: Region) -> None:
    """One update for both: it names nobody whom the tenth does not have."""
    wanted = min(CHANGES, whole.electors // ROOM)
    people: Iterator = read_lines(tenth.largest.file("full"))
    write_changes(people, whole.changes, wanted=wanted, of=tenth.largest.lines)
    tenth.changes.symlink_to(whole.changes.resolve())
