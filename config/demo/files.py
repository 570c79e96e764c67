"""The files of the demo: registers to load, and samples to try things with."""

import csv
import shutil
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from config.demo.boundaries import write_boundaries
from config.demo.registers import write_region

WRONG_COUNCIL = "register-from-another-council.csv"
DECEMBER = "sandwell-register-december-2024.csv"
CONTACTS = "contacts-from-another-tool.csv"
UPDATE = "sandwell-update-april-2024.csv"


def write_files(
    folder: Path, *, electors: int, seed: str, progress: Callable[[str], None]
) -> None:
    """Write `registers/` and `samples/` under `folder`: the same again every time."""
    registers, samples = folder / "registers", folder / "samples"
    samples.mkdir(parents=True, exist_ok=True)
    for written in write_region(registers, electors=electors, seed=seed):
        counts = written["counts"]
        progress(f"Invented {written['name']}: {counts['electors']:,} electors")
    write_boundaries(registers)
    shutil.copyfile(registers / "next_birmingham.csv", samples / WRONG_COUNCIL)
    shutil.copyfile(registers / "next_sandwell.csv", samples / DECEMBER)
    shutil.copyfile(registers / "update_sandwell.csv", samples / UPDATE)
    write_contacts(registers / "full_sandwell.csv", samples / CONTACTS)


def write_contacts(register: Path, out: Path) -> None:
    """Last year's answers as another tool would give them: no numbers but names and
    addresses, and letters of its own (F for us, D for who did not know)."""
    with (
        register.open(newline="", encoding="cp1252") as lines,
        out.open("w", newline="", encoding="utf-8") as file,
    ):
        table = csv.writer(file)
        table.writerow(["First Name", "Surname", "Address", "Postcode", "Code", "Date"])
        named = (row for row in csv.DictReader(lines) if row["PostCode"])
        for nth, row in enumerate(islice(named, 0, 3000, 50)):
            address = f"{row['Address1']}, {row['Address2']}"
            surname = row["Elector Surname"] if nth % 10 else "Nobody-Known"
            given, postcode = row["Elector Forename"].strip(), row["PostCode"]
            code, day = "FFD"[nth % 3], f"{nth % 28 + 1:02}/09/2023"
            table.writerow((given, surname, address, postcode, code, day))
