"""Next December's registers matched onto this year's, whose updates are in."""

from collections import Counter
from datetime import datetime
from typing import Any

from bench.matching import Figures, measure
from bench.measures import Goal, Measured
from bench.register_import import beside_the_floor, import_all
from bench.scene import MARCH, NEXT_DECEMBER, Scene
from campaigns.clock import UK
from campaigns.models import RegisterEdition

GOAL = Goal("ratio", 6)
LOADED = datetime(2024, 12, 5, 11, 0, tzinfo=UK)
GOALS = {
    "stayed": Goal("share", 0.998, at_least=True),
    "respelt": Goal("share", 0.99, at_least=True),
    "renamed": Goal("share", 0.85, at_least=True),
    "renamed_with_proposals": Goal("share", 0.97, at_least=True),
    "moved_proposed": Goal("share", 0.9, at_least=True),
    "wrong_per_20000": Goal("count", 1),
}


def december_rematch(scene: Scene) -> Measured:
    if scene.region.councils[0].file("update").exists():
        import_all(scene, "update", published_on=MARCH)
    taken = beside_the_floor(scene, "next", GOAL, published_on=NEXT_DECEMBER, at=LOADED)
    taken.more, taken.goals = _against_the_truth(scene)
    return taken


def _against_the_truth(scene: Scene) -> tuple[dict[str, Any], dict[str, Goal]]:
    """A tenth of a region has no truth beside it."""
    total = Figures(Counter(), Counter(), Counter())
    for registers in scene.region.councils:
        truth = registers.file("truth")
        if not truth.exists():
            return {}, {}
        full, update, december = RegisterEdition.objects.filter(
            council__gss=registers.council
        ).order_by("pk")
        one = measure(truth, full=full, update=update, december=december)
        total.people += one.people
        total.matched += one.matched
        total.proposed += one.proposed
        total.matches += one.matches
        total.wrong += one.wrong
    return total.as_dict(), GOALS
