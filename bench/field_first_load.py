"""What comes over the wire when a phone opens a round for the first time, in kB.

The page, every file that it keeps for working with no signal, compressed as production
sends them, and the round itself; with 1 kB of headers for each. Icons come later.
"""

import gzip
from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import Client

from bench.field_rounds import phones_out
from bench.measures import Goal, Measured
from bench.scene import Scene
from canvassing.views.field_pages import kept_files

HEADERS = 1_000


def field_first_load(scene: Scene) -> Measured:
    [out] = phones_out(scene, 1)
    sent = {"Accept-Encoding": "gzip"}
    phone = Client(SERVER_NAME="localhost")
    page = phone.get("/field/", headers=sent)
    held = phone.get(
        "/field/round/", headers=sent | {"Authorization": f"Phone {out.key}"}
    )
    if held.status_code != 200:
        raise AssertionError(f"The round was not sent: {held.status_code}")
    files = [Path(str(finders.find(name))) for name in kept_files()]
    sizes = [len(page.content), len(held.content)]
    sizes += [
        len(gzip.compress(path.read_bytes())) for path in files if path.suffix != ".png"
    ]
    kilobytes = round((sum(sizes) + HEADERS * len(sizes)) / 1000, 1)
    return Measured(
        rows=len(sizes),
        more={"kb": kilobytes},
        goals={"kb": Goal("kb", 100)},
        note=f"files; a round of {out.phone.issue.round.doors} doors:"
        f" {len(held.content) / 1000:.1f} kB",
    )
