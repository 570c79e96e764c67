"""The measures in the order in which a campaign does these things.

Each is a module of this package with one public function of the same name.
"""

import traceback
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from django.db import connection

from bench.measures import Measured, seconds
from bench.region import region_in
from bench.scene import Scene, canvass, set_scene

BEFORE_CANVASSING = ("register_import",)
AFTER_CANVASSING = (
    "gotv_stream",
    "ward_list",
    "gotv_stored",
    "contacts_batch",
    "walk_sheets",
    "letters",
    "fan_out",
    "field_first_load",
    "field_open_round",
    "sync",
    "claims",
    "phones_2000",
    "monthly_update",
    "december_rematch",
)
ONLY_ON_THE_WHOLE = ("fan_out", "field_open_round", "sync", "claims", "phones_2000")


def measure_all(folder: Path, tenth: Mapping[str, Measured]) -> dict[str, Measured]:
    """Name -> figures; a measure that fails says so, and the others go on."""
    scene = set_scene(region_in(folder), tenth)
    figures = {name: take(name, scene) for name in BEFORE_CANVASSING}
    said = seconds(lambda: canvass(scene))
    tidy_up()
    print(f"  (canvassing took {said:.0f} s)", flush=True)
    return figures | {
        name: take(name, scene)
        for name in AFTER_CANVASSING
        if tenth or name not in ONLY_ON_THE_WHOLE
    }


def take(name: str, scene: Scene) -> Measured:
    print(f"  {name} … ", end="", flush=True)
    try:
        figures: Measured = getattr(import_module(f"bench.{name}"), name)(scene)
    except Exception as error:
        traceback.print_exc()
        connection.close()
        return Measured(note=f"FAILED: {error!r}"[:120])
    print(f"{figures.seconds or 0:.2f} s", flush=True)
    return figures


def tidy_up() -> None:
    """What the server does by itself within minutes of an import."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
