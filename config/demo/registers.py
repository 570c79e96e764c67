"""Writes invented electoral registers, with the truth about everyone beside them.

For each council: a full register, a monthly update to it, the register of the next
1 December (renumbered after a year of life), the absent voters' list, the postcodes,
one line of truth per person, and a manifest of what a correct import must reach.
The same seed writes the same files, byte for byte, a ward at a time.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import IO, Any

from config.demo import lives
from config.demo.layouts import DELETE, LAYOUTS, Layout
from config.demo.numbers import REDRAWN, Numbering
from config.demo.people import Census, Home, Person
from config.demo.region import COUNCILS, Council, Ward, electors_by_ward, wards_of
from config.demo.streets import Ground, Postcode

TRUTH = (
    "person,full_ref,update_ref,update_change,next_ref,next_change,"
    "surname,forename,surname_next,forename_next,home_full,home_next"
)
ABSENT = "ElectorNo,Absent Vote Type,From,Until"
POSTCODES = "postcode,lat,lon,lad_gss,ward_2024,nearest_street_id"
UNADDRESSED = 1 / 2500  # the share of overseas electors, and that of anonymous ones


def write_region(
    out: Path,
    *,
    electors: int,
    seed: str = "1",
    councils: Sequence[Council] = COUNCILS,
) -> Iterator[dict[str, Any]]:
    """Write the region's registers for `electors` in all; yield each manifest."""
    out.mkdir(parents=True, exist_ok=True)
    targets = electors_by_ward(electors)
    for council in councils:
        yield CouncilFiles(council, out, seed).write(targets)


class Table:
    """A CSV file being written; `lines` counts its lines under the header."""

    def __init__(self, file: IO[str], header: str, *, quote_all: bool = False) -> None:
        self.csv, self.lines = csv.writer(file), 0
        if quote_all:
            self.csv = csv.writer(file, quoting=csv.QUOTE_ALL)
        self.csv.writerow(header.split(","))

    def row(self, cells: Iterable[object]) -> None:
        self.csv.writerow(cells)
        self.lines += 1


class Register(Table):
    """A table of people in a supplier's layout."""

    def __init__(self, file: IO[str], layout: Layout) -> None:
        file.write(layout.preamble)
        super().__init__(file, layout.header, quote_all=layout.quote_all)
        self.cells = layout.cells

    def person(self, person: Person, change: str = "", postcode: str = "") -> None:
        postcode = postcode or (person.home.postcode if person.home else "")
        self.row(self.cells(person, change, postcode))


class CouncilFiles:
    """The files of one council, written together in one pass over its wards."""

    def __init__(self, council: Council, out: Path, seed: str) -> None:
        self.council, self.out, self.seed = council, out, seed
        self.dice = Random(f"{seed} {council.gss}")  # noqa: S311 - must repeat
        self.layout = LAYOUTS[council.layout]
        self.monthly = LAYOUTS[self.layout.update]
        self.census = Census(council, self.dice, self.layout.encoding)
        self.year = lives.Year(self.census)
        self.counts: Counter[str] = Counter()
        self.absent_counts: Counter[str] = Counter()
        self.changes: Counter[str] = Counter()
        self.faults: list[dict[str, Any]] = []

    def write(self, targets: dict[str, int]) -> dict[str, Any]:
        with ExitStack() as files:
            self.files = files
            self.full = Register(self.open("full", self.layout), self.layout)
            self.update = Register(self.open("update", self.monthly), self.monthly)
            self.next = Register(self.open("next", self.layout), self.layout)
            self.absent = Table(self.open("absent"), ABSENT)
            self.postcodes = Table(self.open("postcodes"), POSTCODES)
            self.truth = Table(self.open("truth"), TRUTH)
            for index, ward in enumerate(wards_of(self.council)):
                if targets[ward.gss]:
                    self.write_ward(ward, index, targets[ward.gss])
            self.year.end()
            self.write_truth(self.year.empty())
        return self.write_manifest()

    def open(self, name: str, layout: Layout | None = None) -> IO[str]:
        path = self.out / f"{name}_{self.council.slug}.csv"
        encoding = layout.encoding if layout else "utf-8"
        return self.files.enter_context(path.open("w", newline="", encoding=encoding))

    def write_ward(self, ward: Ward, index: int, target: int) -> None:
        ground = Ground(self.council, ward, index, self.dice)
        others = self.without_address(target)
        homes = self.settle(ground, target - len(others))
        numbering = Numbering(self.council, index, self.dice)
        self.write_full(numbering, homes, others)
        self.write_postcodes(ward, ground.postcodes)
        self.write_update(numbering, homes)
        self.year.pass_over(homes)
        self.write_next(index, homes, others)
        self.write_truth(self.year.empty())

    def without_address(self, target: int) -> list[Person]:
        pairs = int(target * UNADDRESSED + self.dice.random())
        made = []
        for _ in range(min(pairs, target // 4)):
            made += [self.census.overseas(), self.census.anonymous()]
        return made

    def settle(self, ground: Ground, target: int) -> list[Home]:
        """Homes along the streets until exactly `target` people live in them."""
        homes: list[Home] = []
        for street in ground.streets():
            for home in street:
                if self.dice.random() > 0.04:
                    home.people = [*self.census.household(home)][:target]
                target -= len(home.people)
                homes.append(home)
                if not target:
                    return sorted(homes, key=lambda home: home.street)
        raise AssertionError("streets never end")

    def write_full(
        self, numbering: Numbering, homes: list[Home], others: list[Person]
    ) -> None:
        first = None
        for person in numbering.number(homes, others):
            first = first or person
            uprn = person.home.uprn if person.home else ""
            person.first = (person.ref, person.surname, person.forename, uprn)
            self.count(person)
            postcode = self.mistyped(person)
            self.full.person(person, postcode=postcode)
            if self.dice.random() < 0.0002:
                self.full.person(person, postcode=postcode)
                self.plant("duplicate line", person.ref)
            self.write_absent(person)
        if first and self.dice.random() < 0.3:
            cells = list(self.layout.cells(first, "", ""))
            cells[1] = "not-a-number"
            self.full.row(cells)
            fault = "elector number is not a number"
            self.plant(fault, f"{first.district}-not-a-number")
        self.counts["homes_occupied"] += sum(bool(home.people) for home in homes)
        self.counts["polling_districts"] += numbering.districts

    def count(self, person: Person) -> None:
        self.counts["electors"] += 1
        if person.attains:
            self.counts["attainers"] += 1
        if person.markers:
            self.counts[f"marker_{person.markers}"] += 1

    def mistyped(self, person: Person) -> str:
        """The postcode as typed by the council: now and then a letter O for a zero,
        or in small letters. Empty where it is typed as it should be."""
        if person.home is None:
            return ""
        rolled = self.dice.random()
        if rolled < 0.001 and "0" in person.home.postcode:
            self.counts["postcode_letter_o"] += 1
            return person.home.postcode.replace("0", "O")
        if rolled > 0.996:
            self.counts["postcode_lower_case"] += 1
            return person.home.postcode.lower()
        return ""

    def plant(self, fault: str, ref: str) -> None:
        line = self.full.lines + 1
        self.faults.append({"line": line, "fault": fault, "ref": ref})

    def write_absent(self, person: Person) -> None:
        rolled = self.dice.random()
        if rolled > 0.183 or person.markers in ("F", "N"):
            return
        kind = "Postal" if rolled < 0.18 else "Proxy"
        until = "Indefinite" if rolled < 0.15 else "03/05/2024"
        self.absent.row((person.ref, kind, "01/12/2023", until))
        self.absent_counts[kind.lower()] += 1

    def write_postcodes(self, ward: Ward, postcodes: list[Postcode]) -> None:
        for place in postcodes:
            lat, lon = f"{place.lat:.6f}", f"{place.lon:.6f}"
            at = (place.code, lat, lon, ward.council, ward.gss, place.street)
            self.postcodes.row(at)

    def write_update(self, numbering: Numbering, homes: list[Home]) -> None:
        for person, change in lives.month(homes, self.census, numbering):
            self.update.person(person, change)
            self.changes[f"update_{change}"] += 1
            if change == DELETE:
                self.write_truth([person])

    def write_next(self, index: int, homes: list[Home], others: list[Person]) -> None:
        redrawn = REDRAWN if index % 20 == 7 else 0
        staying = [person for person in others if self.dice.random() < 0.9]
        numbering = Numbering(self.council, index + redrawn, self.dice)
        for person in numbering.number(homes, staying):
            self.next.person(person)
            self.write_truth([person], stays=True)
        self.write_truth(person for person in others if person not in staying)

    def write_truth(self, people: Iterable[Person], *, stays: bool = False) -> None:
        for person in people:
            full_ref, surname, forename, home = person.first
            update_ref, update_change = person.update or (full_ref, "")
            fate = fate_of(person, stays)
            self.changes[f"next_{fate}"] += 1
            now = (person.surname, person.forename)
            home_now = person.home.uprn if person.home and stays else ""
            self.truth.row(
                (
                    person.id,
                    full_ref,
                    update_ref,
                    update_change,
                    person.ref if stays else "",
                    fate,
                    surname,
                    forename,
                    *(now if stays else (surname, forename)),
                    home,
                    home_now,
                )
            )

    def write_manifest(self) -> dict[str, Any]:
        manifest = {
            "council": self.council.gss,
            "name": self.council.name,
            "seed": self.seed,
            "layout": self.council.layout,
            "update_layout": self.layout.update,
            "encoding": self.layout.encoding,
            "full_lines": self.full.lines,
            "update_lines": self.update.lines,
            "next_lines": self.next.lines,
            "counts": dict(sorted(self.counts.items())),
            "absent": dict(self.absent_counts),
            "changes": dict(sorted(self.changes.items())),
            "planted_faults": self.faults,
        }
        path = self.out / f"manifest_{self.council.slug}.json"
        path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        return manifest


def fate_of(person: Person, stays: bool) -> str:
    deleted = person.update is not None and person.update[1] == DELETE
    if not stays:
        return "deleted by update" if deleted else "left"
    if not person.first[0]:
        return "added by update" if person.update else "joined"
    return person.fate
