"""A map of doors as dots, made here as SVG: no tiles, no script, printable."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin, sqrt
from typing import Final, Protocol

from django import template

register = template.Library()

Place = tuple[float, float]

WIDTH: Final = 1000
MARGIN: Final = 24
LEAST_DEGREES: Final = 0.001
# Doors of one postcode have one place: they are drawn around it, none upon another.
GOLDEN_ANGLE: Final = radians(137.508)
DOT: Final = 7.5


class DotGroup(Protocol):
    """Dots of one colour: latitude and longitude of each, `kind` for the class of its
    style, `label` to stand among them, `words` and, where it leads anywhere, `url`."""

    @property
    def kind(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def places(self) -> Sequence[Place]: ...
    @property
    def label(self) -> str: ...
    @property
    def url(self) -> str: ...


@dataclass(frozen=True)
class Drawn:
    """A group as it is drawn: a dot is a line of no length with round ends."""

    group: DotGroup
    path: str
    x: float
    y: float


@register.inclusion_tag("charts/dots.html")
def dot_map(groups: Sequence[DotGroup], title: str) -> dict[str, object]:
    """Nothing where no place is known."""
    places = [place for group in groups for place in group.places]
    if not places:
        return {"drawn": []}
    north, south = max(p[0] for p in places), min(p[0] for p in places)
    west, east = min(p[1] for p in places), max(p[1] for p in places)
    squeeze = cos(radians((north + south) / 2))
    broad = max((east - west) * squeeze, (north - south) * 0.6, LEAST_DEGREES)
    scale = (WIDTH - 2 * MARGIN) / broad
    taken: dict[Place, int] = {}

    def point(place: Place) -> Place:
        nth = taken[place] = taken.get(place, -1) + 1
        away, turn = DOT * sqrt(nth), nth * GOLDEN_ANGLE
        x = MARGIN + (place[1] - west) * squeeze * scale + away * sin(turn)
        y = MARGIN + (north - place[0]) * scale + away * cos(turn)
        return x, y

    return {
        "title": title,
        "leads_on": any(group.url for group in groups),
        "drawn": [
            _drawn(group, [point(p) for p in group.places])
            for group in groups
            if group.places
        ],
        "width": WIDTH,
        "height": round((north - south) * scale + 2 * MARGIN),
    }


def _drawn(group: DotGroup, points: Sequence[Place]) -> Drawn:
    x = sum(point[0] for point in points) / len(points)
    y = sum(point[1] for point in points) / len(points)
    nearest = min(points, key=lambda point: (point[0] - x) ** 2 + (point[1] - y) ** 2)
    path = "".join(f"M{x:.0f} {y:.0f}h0" for x, y in points)
    return Drawn(group, path, round(nearest[0]), round(nearest[1]))
