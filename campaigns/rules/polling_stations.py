"""Which polling station a district votes at, told by the homes that a file lists.

A district has one polling place. A few homes of it may be found under another, where
they are known by a postcode alone, which can lie in two districts; a district of which
more say so is left without: no station is better than a wrong one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

# Of the homes of a district that were found.
SURE_FROM: Final = 0.95


@dataclass(frozen=True, slots=True)
class Place:
    """A polling station as a file names it; its postcode may be empty."""

    name: str
    address: str
    postcode: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """The station of each district, and the districts whose homes do not agree."""

    stations: Mapping[str, Place]
    split: tuple[str, ...]


def assign_stations(homes: Iterable[tuple[str, Place, int]]) -> Assigned:
    """`homes`: a district's code, a place, and how many homes of the one vote at the
    other."""
    counted: dict[str, dict[Place, int]] = {}
    for code, place, number in homes:
        of_district = counted.setdefault(code, {})
        of_district[place] = of_district.get(place, 0) + number
    stations: dict[str, Place] = {}
    for code, places in counted.items():
        place, number = max(places.items(), key=lambda one: one[1])
        if number >= SURE_FROM * sum(places.values()):
            stations[code] = place
    return Assigned(stations, tuple(sorted(counted.keys() - stations.keys())))
