"""What the apps above tell us of volunteers: they register in `AppConfig.ready()`."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime

from campaigns.models import Campaign

# Doors knocked on by each of these volunteers in a campaign since a moment.
Doors = Callable[[Campaign, Collection[int], datetime], dict[int, int]]


@dataclass
class Registry:
    doors: list[Doors] = field(default_factory=list)


registry = Registry()
