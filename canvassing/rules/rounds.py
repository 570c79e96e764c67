"""Cutting a ward into rounds: doors in walking order, in pieces of about one size.

The streets of a ward are put into one long walk, each street up its odd side and down
its even one, and the walk is cut where it costs least: between streets for nothing,
between the sides of a street for little, within a side for more, and never through a
building unless it alone is more than a round. See docs/rules/rounds.md.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from math import ceil, cos, hypot, inf, radians
from typing import Final, NamedTuple

from campaigns.rules.addresses import EVEN, NAMED, ODD, read_walk_position
from campaigns.rules.refusals import Refusal

SIZES: Final = range(5, 201)
USUAL_SIZE: Final = 40
# A round is at most so many times as large as it should be.
LARGEST: Final = 1.5
# What a cut there costs; a round half too large or too small costs 0.25.
CUT_BETWEEN_SIDES: Final = 0.03
CUT_WITHIN_SIDE: Final = 0.12
# What a way between two streets of one round costs: 0.1 for so many metres, growing
# with the square, and no more than a round would cost that had no doors.
A_LONG_WAY: Final = 300
METRES_A_DEGREE: Final = 111_320
SWAPPED_AT_MOST: Final = 40
PASSES: Final = 8


class RoundsRefused(Refusal):
    """Rounds that cannot be cut, drawn in or handed out as asked."""


class Door(NamedTuple):
    """A dwelling to be walked to. Degrees are None where its place is not known."""

    address_id: int
    walk_position: int
    building: str
    street: str
    latitude: float | None = None
    longitude: float | None = None


class Building(NamedTuple):
    """The doors behind one front door, or a part of them that makes a round."""

    street: int
    side: int
    doors: tuple[Door, ...]


class Street(NamedTuple):
    """A street's buildings as they are walked, and its middle in metres."""

    buildings: tuple[Building, ...]
    middle: tuple[float, float] | None


def cut(doors: Iterable[Door], *, size: int = USUAL_SIZE) -> list[list[Door]]:
    """The doors in rounds of about `size`, each in walking order.

    `doors` come by district and walk position. Every door is in exactly one round.
    Refused: a size outside `SIZES`.
    """
    if size not in SIZES:
        raise RoundsRefused(
            "size", f"A round has {SIZES.start} to {SIZES.stop - 1} households."
        )
    in_order = list(doors)
    if not in_order:
        return []
    wanted = len(in_order) / max(round(len(in_order) / size), 1)
    walk = in_one_walk(streets_of(in_order, wanted=wanted))
    return [
        [door for building in piece for door in building.doors]
        for piece in _pieces(walk, wanted)
    ]


def walking_order(doors: Iterable[Door]) -> list[Door]:
    """Doors street by street as they come, up the odd side and down the even one."""
    streets = streets_of(list(doors), wanted=inf)
    buildings = [building for street in streets for building in street.buildings]
    return [door for building in buildings for door in building.doors]


def streets_of(doors: Sequence[Door], *, wanted: float) -> list[Street]:
    """Doors by street, in the order in which the streets first come; `wanted` is the
    size of a round, beyond which a building is cut."""
    by_street: dict[int, list[Door]] = {}
    for door in doors:
        by_street.setdefault(read_walk_position(door.walk_position).street, []).append(
            door
        )
    return [
        Street(_buildings(found, wanted), _middle(found))
        for found in by_street.values()
    ]


def _buildings(doors: list[Door], wanted: float) -> tuple[Building, ...]:
    """Up the odd side, down the even one, and then the houses with only a name."""
    doors.sort(key=lambda door: door.walk_position)
    sides: dict[int, list[Building]] = {ODD: [], EVEN: [], NAMED: []}
    for _, together in groupby(doors, key=lambda door: door.building):
        home = list(together)
        street, side, _ = read_walk_position(home[0].walk_position)
        parts = round(len(home) / wanted) if len(home) > wanted * LARGEST else 1
        step = ceil(len(home) / parts)
        sides[side] += [
            Building(street, side, tuple(home[at : at + step]))
            for at in range(0, len(home), step)
        ]
    return (*sides[ODD], *reversed(sides[EVEN]), *sides[NAMED])


def _middle(doors: Sequence[Door]) -> tuple[float, float] | None:
    placed = [
        (door.latitude, door.longitude)
        for door in doors
        if door.latitude is not None and door.longitude is not None
    ]
    if not placed:
        return None
    latitude = sum(latitude for latitude, _ in placed) / len(placed)
    longitude = sum(longitude for _, longitude in placed) / len(placed)
    squeeze = cos(radians(latitude))
    return longitude * squeeze * METRES_A_DEGREE, latitude * METRES_A_DEGREE


def in_one_walk(streets: Sequence[Street]) -> list[Street]:
    """Neighbouring streets after each other.

    From the street at the edge to the nearest one not yet walked, then straightened
    wherever turning a stretch of the walk round makes it shorter. A street whose place
    is not known follows the one before it in the register.
    """
    following: dict[int, list[Street]] = {}
    placed: list[Street] = []
    for street in streets:
        if street.middle is None:
            following.setdefault(len(placed), []).append(street)
        else:
            placed.append(street)
    metres = _distances(placed)
    walk = following.get(0, [])
    for at in _straightened(_nearest_first(metres), metres):
        walk += [placed[at], *following.get(at + 1, ())]
    return walk


def _distances(streets: Sequence[Street]) -> list[list[float]]:
    middles = [street.middle for street in streets if street.middle]
    return [[hypot(x - a, y - b) for a, b in middles] for x, y in middles]


def _nearest_first(metres: list[list[float]]) -> list[int]:
    if not metres:
        return []
    here = max(range(len(metres)), key=lambda at: sum(metres[at]))
    route, left = [here], set(range(len(metres))) - {here}
    while left:
        here = min(left, key=metres[here].__getitem__)
        left.remove(here)
        route.append(here)
    return route


def _straightened(route: list[int], metres: list[list[float]]) -> list[int]:
    for _ in range(PASSES):
        if not _turned_any(route, metres):
            break
    return route


def _turned_any(route: list[int], metres: list[list[float]]) -> bool:
    """Turn round each stretch that makes the walk shorter; whether there was one."""
    turned = False
    for first in range(1, len(route) - 1):
        before = route[first - 1]
        for last in range(first + 1, min(first + SWAPPED_AT_MOST, len(route) - 1)):
            start, end, after = route[first], route[last], route[last + 1]
            now = metres[before][start] + metres[end][after]
            if metres[before][end] + metres[start][after] < now - 1:
                route[first : last + 1] = reversed(route[first : last + 1])
                turned = True
    return turned


def _pieces(walk: Sequence[Street], wanted: float) -> list[list[Building]]:
    """The cheapest way to cut the walk: each piece costs the square of how far it is
    from the size wanted, its cut, and the long ways between its streets."""
    buildings = [building for street in walk for building in street.buildings]
    cuts, ways = _costs(walk)
    doors = _running_total(len(building.doors) for building in buildings)
    best, begins = [0.0], [0]
    for end in range(1, len(buildings) + 1):
        cheapest, begin = inf, end - 1
        for start in range(end - 1, -1, -1):
            size = doors[end] - doors[start]
            if size > wanted * LARGEST and start < end - 1:
                break
            cost = best[start] + (size / wanted - 1) ** 2 + ways[end - 1] - ways[start]
            if cost < cheapest:
                cheapest, begin = cost, start
        best.append(cheapest + cuts[end - 1])
        begins.append(begin)
    return _read_back(buildings, begins)


def _costs(walk: Sequence[Street]) -> tuple[list[float], list[float]]:
    """What a cut after each building costs, and the running total of long ways."""
    cuts: list[float] = []
    ways: list[float] = []
    total, here = 0.0, None
    for street in walk:
        total += _way(here, street.middle)
        here = street.middle
        ways += [total] * len(street.buildings)
        for one, other in pairwise(street.buildings):
            same = one.side == other.side
            cuts.append(CUT_WITHIN_SIDE if same else CUT_BETWEEN_SIDES)
        cuts.append(0.0)
    return cuts, ways


def _way(here: tuple[float, float] | None, there: tuple[float, float] | None) -> float:
    if here is None or there is None:
        return 0.0
    metres = hypot(here[0] - there[0], here[1] - there[1])
    return min((metres / A_LONG_WAY) ** 2 * 0.1, 1.0)


def _running_total(numbers: Iterable[int]) -> list[int]:
    totals = [0]
    for number in numbers:
        totals.append(totals[-1] + number)
    return totals


def _read_back(
    buildings: Sequence[Building], begins: Sequence[int]
) -> list[list[Building]]:
    pieces = []
    end = len(buildings)
    while end:
        pieces.append(list(buildings[begins[end] : end]))
        end = begins[end]
    return pieces[::-1]
