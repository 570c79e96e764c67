"""What a round is called: its ward, its number and the streets that it walks."""

from collections.abc import Collection, Iterable, Sequence
from itertools import count
from typing import Final

from campaigns.rules.addresses import EVEN, ODD, read_walk_position
from canvassing.rules.rounds import Door

LONGEST: Final = 120
STREETS_NAMED: Final = 2
SIDES: Final = {frozenset({ODD}): ", odd side", frozenset({EVEN}): ", even side"}


def name_rounds(
    ward: str, rounds: Iterable[Sequence[Door]], *, taken: Collection[str]
) -> list[str]:
    """A name for each, such as `Bushbury 4 · Stafford Road, even side`; the numbers
    pass over those that begin a name already `taken`."""
    used = {head_of(name) for name in taken}
    free = (head for n in count(1) if (head := f"{ward} {n}") not in used)
    return [
        f"{head} · {streets_in_words(doors)}"[:LONGEST]
        for head, doors in zip(free, rounds, strict=False)
    ]


def head_of(name: str) -> str:
    """Its ward and number, without the streets; of a local party's round, its name."""
    return name.split(" · ")[0]


def name_local_round(name: str, *, taken: Collection[str]) -> str:
    """The local party's own name, numbered where a round of that name is still out."""
    names = (name if n == 1 else f"{name[: LONGEST - 8]} ({n})" for n in count(1))
    return next(name for name in names if name not in taken)


def streets_in_words(doors: Iterable[Door]) -> str:
    """`Elm Grove, Oak Road and 3 more`; a single street says which side, if one."""
    sides: dict[str, set[int]] = {}
    for door in doors:
        place = read_walk_position(door.walk_position)
        sides.setdefault(door.street or "no street", set()).add(place.side)
    streets = list(sides)
    if len(streets) == 1:
        return streets[0] + SIDES.get(frozenset(sides[streets[0]]), "")
    if len(streets) <= STREETS_NAMED:
        return " and ".join(streets)
    named = ", ".join(streets[:STREETS_NAMED])
    return f"{named} and {len(streets) - STREETS_NAMED} more"
