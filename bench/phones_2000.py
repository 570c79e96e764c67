"""Two thousand phones in the field for three minutes, against the real web processes.

Each writes a contact every 90 s and asks what the others did every 20 s: 122 requests
a second. Phones, web processes and database share this machine.
"""

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.field_rounds import phones_out
from bench.measures import Goal, Measured
from bench.scene import Scene
from bench.web import THREADS, WORKERS, web_processes

PHONES = 2_000
MINUTES = 3
SECONDS = MINUTES * 60


def phones_2000(scene: Scene) -> Measured:
    out = phones_out(scene, PHONES)
    with TemporaryDirectory() as folder, web_processes() as host:
        given, seen = Path(folder) / "phones.json", Path(folder) / "seen.json"
        given.write_text(
            json.dumps([[one.key, list(one.electors)] for one in out]), encoding="utf-8"
        )
        subprocess.run(
            [
                *(sys.executable, "-m", "bench.phone_crowd"),
                *(host, str(given), str(SECONDS), str(seen)),
            ],
            check=True,
        )
        found = json.loads(seen.read_text(encoding="utf-8"))
    for error in found["errors"][:3]:
        print(f"    {error}")
    if not (found["pulls"] and found["writes"]):
        raise AssertionError(f"Nothing was answered: {found['errors'][0]}")
    asked = found["pulls"] + found["writes"]
    p95 = _p95(asked)
    minutes = [[one for one in asked if one[0] // 60 == at] for at in range(MINUTES)]
    return Measured(
        SECONDS,
        rows=len(asked),
        more={"errors": len(found["errors"]), "p95_ms": round(p95, 1)},
        goals={"errors": Goal("errors", 0)},
        note=f"{len(out)} phones, {WORKERS} processes of {THREADS} threads;"
        f" median {_median(asked):.0f} ms, writes {_median(found['writes']):.0f} ms,"
        f" p95 {p95:.0f} ms, by minute"
        f" {', '.join(f'{_p95(minute):.0f}' for minute in minutes)}",
    )


def _p95(asked: list[list[float]]) -> float:
    times = sorted(milliseconds for _, milliseconds in asked)
    return times[int(len(times) * 0.95)]


def _median(asked: list[list[float]]) -> float:
    return median(milliseconds for _, milliseconds in asked)
