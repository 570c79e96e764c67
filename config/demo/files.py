"""The files of the demo: registers to load, and samples to try things with."""

import shutil
from collections.abc import Callable
from pathlib import Path

from config.demo.boundaries import write_boundaries
from config.demo.registers import write_region

WRONG_COUNCIL = "register-from-another-council.csv"
DECEMBER = "sandwell-register-december-2024.csv"
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
