"""What the apps above tell us of volunteers: they register in `AppConfig.ready()`."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime

from campaigns.models import Campaign
from volunteers.models import Volunteer
from volunteers.rules.hours import TimeGiven

# How many each of these volunteers did in a campaign since a moment.
Counts = Callable[[Campaign, Collection[int], datetime], dict[int, int]]
# When each of these volunteers of an organisation worked since a moment, for whichever
# campaign, beside their shifts.
Times = Callable[[int, Collection[int], datetime], list[TimeGiven]]
# Forgets what an app above holds of who a volunteer is, as they are erased.
Eraser = Callable[[Volunteer], None]


@dataclass
class Registry:
    # Doors knocked on, and copies of leaflets put through.
    doors: list[Counts] = field(default_factory=list)
    leaflets: list[Counts] = field(default_factory=list)
    times: list[Times] = field(default_factory=list)
    erasers: list[Eraser] = field(default_factory=list)


registry = Registry()
