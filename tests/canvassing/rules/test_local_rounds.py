"""Which doors a local party's own rounds take."""

import pytest

from campaigns.rules.addresses import EVEN, NAMED, ODD, Place
from canvassing.rules.local_rounds import Stretch, by_local_round, covers
from tests.canvassing.rules.test_rounds import numbers, street


@pytest.mark.parametrize(
    ("side", "begins", "ends", "place", "lies_in_it"),
    [
        ("both", None, None, Place(1, ODD, 7), True),
        ("both", None, None, Place(1, NAMED, 0), True),
        ("both", 1, None, Place(1, NAMED, 0), False),
        ("odd", None, None, Place(1, EVEN, 8), False),
        ("even", None, None, Place(1, EVEN, 8), True),
        ("both", 10, 20, Place(1, EVEN, 10), True),
        ("both", 10, 20, Place(1, EVEN, 20), True),
        ("both", 10, 20, Place(1, EVEN, 22), False),
        ("odd", 10, None, Place(1, ODD, 9), False),
        ("odd", None, 9, Place(1, ODD, 9), True),
    ],
)
def test_a_stretch_has_the_doors_of_its_side_between_its_numbers(
    side: str, begins: int | None, ends: int | None, place: Place, lies_in_it: bool
) -> None:
    assert covers(Stretch(1, "ELM GROVE", side, begins, ends), place) is lies_in_it


def test_doors_go_to_their_local_rounds_and_the_rest_is_left() -> None:
    doors = [*street(1, 10), *street(2, 4), *street(3, 2)]
    stretches = [
        Stretch(8, "OAK ROAD", "both", None, None),
        Stretch(8, "ELM GROVE", "odd", None, None),
        Stretch(9, "ELM GROVE", "both", 5, None),
    ]
    keys = {1: "ELM GROVE", 2: "OAK ROAD"}
    found, rest = by_local_round(doors, stretches, street_keys=keys)
    assert numbers(found[8]) == [1, 3, 4, 2, 1, 3, 5, 7, 9]
    assert numbers(found[9]) == [10, 8, 6]
    assert numbers(rest) == [2, 4, 1, 2]
