"""Cutting a ward into rounds that can be walked."""

from collections import Counter
from itertools import count

import pytest

from campaigns.rules.addresses import (
    EVEN,
    NAMED,
    ODD,
    Place,
    doorstep,
    parse_address,
    read_walk_position,
)
from canvassing.rules.round_names import (
    name_local_round,
    name_rounds,
    streets_in_words,
)
from canvassing.rules.rounds import Door, RoundsRefused, cut

ids = count(1)


def door(
    street: int, number: int | str, flat: str = "", *, at: tuple[float, float] | None
) -> Door:
    position = (street << 41) + doorstep(str(number), flat, "")
    return Door(
        next(ids), position, f"{street}|{number}", f"Street {street}", *(at or ())
    )


def street(
    key: int, homes: int, at: tuple[float, float] | None = None, first: int = 1
) -> list[Door]:
    return [door(key, number, at=at) for number in range(first, first + homes)]


def numbers(doors: list[Door]) -> list[int]:
    return [read_walk_position(door.walk_position).number for door in doors]


def streets(doors: list[Door]) -> list[int]:
    found = [read_walk_position(door.walk_position).street for door in doors]
    return list(dict.fromkeys(found))


def test_a_walk_position_says_street_side_and_number() -> None:
    lines = parse_address(["Flat 3", "14A Quarry Lane"], "ZA1 1AA")
    assert read_walk_position((77 << 41) + lines.doorstep) == Place(77, EVEN, 14)
    odd = parse_address(["7 Quarry Lane"], "ZA1 1AA")
    assert read_walk_position((5 << 41) + odd.doorstep) == Place(5, ODD, 7)
    named = parse_address(["Rose Cottage", "Quarry Lane"], "ZA1 1AA")
    assert read_walk_position((5 << 41) + named.doorstep) == Place(5, NAMED, 0)


def test_every_door_is_in_exactly_one_round() -> None:
    doors = [one for key in range(1, 31) for one in street(key, 7 * key % 61 + 1)]
    cut_up = [one for piece in cut(doors, size=40) for one in piece]
    assert Counter(cut_up) == Counter(doors)


def test_a_street_that_fits_is_one_round_up_one_side_and_down_the_other() -> None:
    [only] = cut(street(1, 10), size=10)
    assert numbers(only) == [1, 3, 5, 7, 9, 10, 8, 6, 4, 2]


def test_the_two_sides_of_a_long_street_are_two_rounds() -> None:
    odd, even = cut(street(1, 80), size=40)
    assert {number % 2 for number in numbers(odd)} == {1}
    assert {number % 2 for number in numbers(even)} == {0}


def test_streets_are_kept_together_where_the_sizes_allow_it() -> None:
    doors = [one for key in range(1, 9) for one in street(key, 20)]
    rounds = cut(doors, size=40)
    assert [streets(piece) for piece in rounds] == [[1, 2], [3, 4], [5, 6], [7, 8]]


def test_sizes_are_balanced_and_no_sliver_is_left_over() -> None:
    doors = [one for key in range(1, 52) for one in street(key, 8)]
    sizes = [len(piece) for piece in cut(doors, size=40)]
    assert sum(sizes) == 408
    assert min(sizes) >= 32
    assert max(sizes) <= 48


def test_flats_of_one_building_stay_together_in_their_order() -> None:
    flats = [door(1, 21, str(flat), at=None) for flat in range(1, 31)]
    others = [one for one in street(1, 40) if numbers([one]) != [21]]
    by_position = sorted(flats + others, key=lambda one: one.walk_position)
    rounds = cut(by_position, size=25)
    [home] = [piece for piece in rounds if flats[0] in piece]
    first = home.index(flats[0])
    assert home[first : first + 30] == flats


def test_a_tower_larger_than_a_round_is_cut_between_its_flats() -> None:
    tower = [door(1, 2, str(flat), at=None) for flat in range(1, 121)]
    assert [len(piece) for piece in cut(tower, size=40)] == [40, 40, 40]


def test_neighbouring_streets_go_together_whatever_their_order_in_the_register() -> (
    None
):
    north, south = (52.60, -2.10), (52.58, -2.10)
    doors = [
        *street(1, 20, north),
        *street(2, 20, south),
        *street(3, 20, north),
        *street(4, 20, south),
    ]
    found = sorted(sorted(streets(piece)) for piece in cut(doors, size=40))
    assert found == [[1, 3], [2, 4]]


def test_a_street_far_from_all_others_is_a_round_of_its_own() -> None:
    doors = [*street(1, 40, (52.60, -2.10)), *street(2, 12, (52.66, -2.10))]
    found = sorted(streets(piece) for piece in cut(doors, size=52))
    assert found == [[1], [2]]


def test_a_street_whose_place_is_not_known_follows_its_neighbour_in_the_register() -> (
    None
):
    north, south = (52.60, -2.10), (52.58, -2.10)
    doors = [*street(1, 20, north), *street(2, 20), *street(3, 40, south)]
    found = sorted(sorted(streets(piece)) for piece in cut(doors, size=40))
    assert found == [[1, 2], [3]]


def test_the_rounds_are_the_same_each_time() -> None:
    doors = [
        one
        for key in range(1, 20)
        for one in street(key, 25, (52.5 + key % 5 / 100, -2.1 + key % 7 / 100))
    ]
    assert cut(list(doors), size=40) == cut(list(doors), size=40)


def test_nobody_to_see_makes_no_round() -> None:
    assert cut([], size=40) == []


@pytest.mark.parametrize("size", [4, 0, -1, 201])
def test_a_size_that_nobody_walks_is_refused(size: int) -> None:
    with pytest.raises(RoundsRefused, match="5 to 200"):
        cut(street(1, 10), size=size)


def test_a_round_is_named_after_ward_number_and_streets() -> None:
    both, even = (
        street(1, 6),
        [one for one in street(2, 6) if numbers([one])[0] % 2 < 1],
    )
    three = [*street(3, 2), *street(4, 2), *street(5, 2)]
    assert name_rounds("Penn", [both, even, three], taken=["Penn 2 · Elm Grove"]) == [
        "Penn 1 · Street 1",
        "Penn 3 · Street 2, even side",
        "Penn 4 · Street 3, Street 4 and 1 more",
    ]
    assert streets_in_words([*street(1, 2), *street(2, 2)]) == "Street 1 and Street 2"


def test_a_local_round_is_numbered_where_its_name_is_out_already() -> None:
    assert name_local_round("Hill Top", taken=[]) == "Hill Top"
    assert name_local_round("Hill Top", taken=["Hill Top"]) == "Hill Top (2)"
