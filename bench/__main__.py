"""`make bench`: make the region, measure a tenth of it and all of it, print the table.

ELECTORS is how many (200000 is the quick one); REGISTERS a folder of registers made
elsewhere; KEEP=1 leaves files and databases where they are.
"""

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit, urlunsplit

import psycopg

from bench import table
from bench.measures import Measured
from bench.memory_growth import memory_growth
from bench.region import Region, make_region
from config import embedded

ELECTORS = 2_018_546
RESULTS = Path(__file__).with_name("results.json")


def main() -> int:
    electors = int(os.environ.get("ELECTORS") or ELECTORS)
    given = os.environ.get("REGISTERS")
    keep = bool(os.environ.get("KEEP"))
    place = embedded.start("bench")
    state = place.folder if place else Path(__file__).parent / "state"
    work = state / f"region-{Path(given).resolve().name if given else electors}"
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "PRIVATE_FILES": str(work / "files"),
        "LOG_LEVEL": "ERROR",
    }
    began = perf_counter()
    print("Making the registers …", flush=True)
    whole, tenth = make_region(
        work, electors=electors, given=Path(given) if given else None
    )
    print(f"{whole.electors:,} lines of registers in {perf_counter() - began:.0f} s")
    small = measure("tenth", 1, tenth, {})
    figures = measure("whole", 2, whole, small)
    figures["memory_growth"] = memory_growth(figures, small)
    print("\n".join(["", *table.lines(figures)]))
    table.write_json(figures, RESULTS)
    print(f"\nAlso in {RESULTS}; all of it took {perf_counter() - began:.0f} s.")
    if not keep:
        shutil.rmtree(work)
    return any(one.note.startswith("FAILED") for one in figures.values())


def measure(
    name: str, number: int, region: Region, tenth: Mapping[str, Measured]
) -> dict[str, Measured]:
    """In a database and a process of its own."""
    print(f"Measuring {region.electors:,} electors", flush=True)
    known, out = (
        region.folder.parent / "tenth.pickle",
        region.folder.parent / f"{name}.pickle",
    )
    url = fresh_database(os.environ["DATABASE_URL"], f"bench_{name}")
    environment = os.environ | {
        "DATABASE_URL": url,
        "REDIS_URL": f"{os.environ['REDIS_URL'].partition('?')[0]}?db={number}",
    }
    command = [sys.executable, "-m", "bench.run", str(region.folder), str(out)]
    subprocess.run(
        [*command, *([str(known)] if tenth else [])], env=environment, check=True
    )
    return pickle.loads(out.read_bytes())  # noqa: S301 - of our own making


def fresh_database(url: str, name: str) -> str:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


if __name__ == "__main__":
    sys.exit(main())
