"""A leaflet round as its streets and numbers: what is on the deliverer's sheet."""

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from campaigns.rules.addresses import EVEN, NAMED, ODD, read_walk_position
from canvassing.rules.rounds import Door

SIDES: Final = {ODD: "odd", EVEN: "even"}
NAMES: Final = "houses with a name"


class StreetOfLeaflets(NamedTuple):
    """One side of a street: its numbers in words, its letter boxes, and the numbers at
    which no leaflet is wanted."""

    street: str
    numbers: str
    doors: int
    not_at: str


def streets_of_leaflets(
    doors: Sequence[Door], *, unwanted: Collection[int]
) -> list[StreetOfLeaflets]:
    """The doors, in walking order, by side of street. `unwanted` are the ids of the
    addresses where none is wanted; a side that has no other is left out."""
    sides = groupby(doors, key=_street_side)
    found = [_one_side(list(run), unwanted) for _, run in sides]
    return [one for one in found if one.doors]


def _street_side(door: Door) -> tuple[int, int]:
    place = read_walk_position(door.walk_position)
    return place.street, place.side


def _one_side(doors: list[Door], unwanted: Collection[int]) -> StreetOfLeaflets:
    places = [read_walk_position(door.walk_position) for door in doors]
    refused = [
        place
        for door, place in zip(doors, places, strict=True)
        if door.address_id in unwanted
    ]
    return StreetOfLeaflets(
        doors[0].street or "no street",
        _numbers(places[0].side, [place.number for place in places]),
        len(doors) - len(refused),
        ", ".join(str(number) for number in sorted({p.number for p in refused})),
    )


def _numbers(side: int, numbers: list[int]) -> str:
    if side == NAMED:
        return NAMES
    first, last = min(numbers), max(numbers)
    span = str(first) if first == last else f"{first} to {last}"
    return f"{SIDES[side]} {span}"
