"""Seven full registers into an empty organisation, standing and all."""

from bench.measures import Goal, Measured, seconds
from bench.memory import Peak
from bench.register_floor import register_floor
from bench.scene import DECEMBER, Scene
from campaigns.actions.organisations import council_by_code
from campaigns.importers.register import import_register

GOAL = Goal("ratio", 4)


def register_import(scene: Scene) -> Measured:
    before = register_floor(scene.region)
    with Peak() as peak:
        taken = seconds(lambda: import_all(scene, "full", published_on=DECEMBER))
    after = register_floor(scene.region)
    return Measured(
        taken,
        (before + after) / 2,
        scene.region.electors,
        peak_mb=peak.mb,
        goal=GOAL,
        note=f"one run; its floor just before {before:.1f} s and after {after:.1f} s",
    )


def import_all(scene: Scene, name: str, **options: object) -> None:
    options = {"at": scene.at, **options}
    for registers in scene.region.councils:
        import_register(
            registers.file(name),
            organisation=scene.campaign.organisation,
            council=council_by_code(registers.council),
            by=scene.by,
            **options,
        )
