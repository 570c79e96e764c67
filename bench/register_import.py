"""Seven full registers into an empty organisation, standing and all."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.measures import Goal, Measured, seconds
from bench.register_floor import register_floor
from bench.scene import DECEMBER, Scene
from bench.two_processes import share_out
from campaigns.access import system
from campaigns.actions.organisations import council_by_code
from campaigns.importers.register import import_register
from campaigns.models import Organisation

GOAL = Goal("ratio", 4)
Piece = tuple[int, str, Path, Mapping[str, Any]]


def register_import(scene: Scene) -> Measured:
    return beside_the_floor(scene, "full", GOAL, published_on=DECEMBER)


def beside_the_floor(
    scene: Scene, name: str, goal: Goal, **options: object
) -> Measured:
    peaks: list[float | None] = []
    before = register_floor(scene.region)
    taken = seconds(lambda: peaks.append(import_all(scene, name, **options)))
    after = register_floor(scene.region)
    return Measured(
        taken,
        (before + after) / 2,
        scene.region.electors,
        peak_mb=peaks[0],
        goal=goal,
        note=f"by two processes, once; floor {before:.1f} s before, {after:.1f} after",
    )


def import_all(scene: Scene, name: str, **options: object) -> float | None:
    """One file of each council; the peak of memory of one process, in MB."""
    organisation = scene.campaign.organisation_id
    options = {"at": scene.at, **options}
    return share_out(
        _import,
        [
            (organisation, registers.council, registers.file(name), options)
            for registers in scene.region.councils
        ],
    )


def _import(piece: Piece) -> None:
    key, council, path, options = piece
    organisation = Organisation.objects.get(pk=key)
    import_register(
        path,
        organisation=organisation,
        council=council_by_code(council),
        by=system(organisation),
        **options,
    )
