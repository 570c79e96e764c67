"""One month's changes to one council, beside the same on a tenth of the register."""

import statistics

from bench.measures import Goal, Measured, seconds
from bench.scene import MARCH, Scene
from bench.two_processes import peak_alone
from campaigns.actions.organisations import council_by_code
from campaigns.importers.register import import_register

GOAL = Goal("ratio", 1.3)
TIMES = 3


def monthly_update(scene: Scene) -> Measured:
    """The floor is the update of the same people where the register is a tenth.

    Each is a dry run: all of the work, undone at its end, so that it can be repeated
    and leaves the register as the truth beside the files has it.
    """
    times = [seconds(lambda: _rehearse(scene)) for _ in range(TIMES)]
    tenth = scene.tenth.get("monthly_update")
    with scene.region.changes.open("rb") as file:
        changes = sum(1 for _ in file) - 3  # two title lines and the header
    return Measured(
        statistics.median(times),
        tenth and tenth.seconds,
        changes,
        peak_mb=peak_alone(_rehearse, scene),
        goal=GOAL,
        note="floor: the same update on a tenth of the register",
    )


def _rehearse(scene: Scene) -> None:
    import_register(
        scene.region.changes,
        organisation=scene.campaign.organisation,
        council=council_by_code(scene.region.largest.council),
        published_on=MARCH,
        by=scene.by,
        at=scene.at,
        dry_run=True,
    )
