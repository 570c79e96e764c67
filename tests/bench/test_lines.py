"""The benchmark's own reading of registers: for its floors, and to invent changes."""

import csv
import json
from pathlib import Path

import pytest

from bench.lines import KINDS, read_lines, write_changes
from bench.region import cut_tenth, region_in
from config.demo.region import COUNCILS
from config.demo.registers import write_region


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("region")
    list(write_region(folder, electors=4_000, councils=COUNCILS))
    return folder


def test_every_layout_is_read_to_the_last_elector(folder: Path) -> None:
    for registers in region_in(folder).councils:
        lines = list(read_lines(registers.file("full")))

        manifest = json.loads((folder / f"manifest_{registers.slug}.json").read_text())
        assert len(lines) == manifest["counts"]["electors"]
        assert all(line.prefix and line.number for line in lines)
        assert all(line.surname and line.address for line in lines if line.postcode)


def test_changes_are_spread_over_the_people_in_equal_kinds(
    folder: Path, tmp_path: Path
) -> None:
    largest = region_in(folder).largest
    people = list(read_lines(largest.file("full")))

    write_changes(people, tmp_path / "changes.csv", wanted=90, of=len(people))

    with (tmp_path / "changes.csv").open(encoding="utf-8", newline="") as file:
        *_, header = (next(file) for _ in range(3))
        rows = list(csv.DictReader(file, fieldnames=header.strip().split(",")))
    assert 80 <= len(rows) <= 90
    kinds = [row["Status"] for row in rows]
    assert max(map(kinds.count, KINDS)) - min(map(kinds.count, KINDS)) <= 2


def test_a_tenth_has_the_first_tenth_of_every_register(
    folder: Path, tmp_path: Path
) -> None:
    whole = region_in(folder)

    cut_tenth(whole, tmp_path)

    for registers, tenth in zip(
        whole.councils, region_in(tmp_path).councils, strict=True
    ):
        all_lines = registers.file("full").read_bytes().splitlines()
        assert tenth.lines == registers.lines // 10
        assert (
            tenth.file("full").read_bytes().splitlines()
            == (all_lines[: tenth.lines + 1])
        )
