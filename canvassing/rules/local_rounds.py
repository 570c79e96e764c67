"""A local party's own rounds: which door lies in which stretch of street."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from campaigns.rules.addresses import EVEN, NAMED, ODD, Place, read_walk_position
from canvassing.rules.rounds import Door, walking_order

SIDES: Final = {"odd": ODD, "even": EVEN}


class Stretch(NamedTuple):
    """Some numbers of a street; `side` is both, odd or even, and a number of None is
    the street's beginning or end."""

    round_id: int
    street_key: str
    side: str
    number_from: int | None
    number_to: int | None


def covers(stretch: Stretch, place: Place) -> bool:
    """Whether a door of that street lies in the stretch. A house with only a name lies
    in a whole street alone."""
    if place.side == NAMED:
        bounds = (stretch.number_from, stretch.number_to)
        return stretch.side == "both" and bounds == (None, None)
    if place.side != SIDES.get(stretch.side, place.side):
        return False
    begins = stretch.number_from is None or stretch.number_from <= place.number
    return begins and (stretch.number_to is None or place.number <= stretch.number_to)


def by_local_round(
    doors: Iterable[Door],
    stretches: Sequence[Stretch],
    *,
    street_keys: Mapping[int, str],
) -> tuple[dict[int, list[Door]], list[Door]]:
    """The doors of each local round in walking order, and the doors of none.

    `stretches` come in the order in which they are walked; a door that two of them
    name belongs to the first. `street_keys` gives the key of a street's id.
    """
    of_street = defaultdict(list)
    for at, stretch in enumerate(stretches):
        of_street[stretch.street_key].append(at)
    found: dict[int, list[Door]] = defaultdict(list)
    rest = []
    for door in doors:
        place = read_walk_position(door.walk_position)
        candidates = of_street[street_keys.get(place.street, "")]
        first = next((at for at in candidates if covers(stretches[at], place)), None)
        if first is None:
            rest.append(door)
        else:
            found[first].append(door)
    rounds: dict[int, list[Door]] = defaultdict(list)
    for at in sorted(found):
        rounds[stretches[at].round_id] += walking_order(found[at])
    return rounds, rest
