"""Street sides, doors and households, as paper groups them."""

from typing import NamedTuple

import pytest

from canvassing.rules.households import Block, blocks, door, households, side_of


class Resident(NamedTuple):
    district: str = "BN1"
    address_id: int | None = 1
    number: str = "AB-1"
    street: str = "Quarry Lane"
    locality: str = ""
    house: str = "1"
    flat: str = ""


@pytest.mark.parametrize(
    ("house", "side"),
    [
        ("12", "even numbers"),
        ("12A", "even numbers"),
        ("7-9", "odd numbers"),
        ("Rose Cottage", ""),
        ("", ""),
    ],
)
def test_a_house_stands_on_one_side_of_its_street(house: str, side: str) -> None:
    assert side_of(house) == side


@pytest.mark.parametrize(
    ("resident", "printed"),
    [
        (Resident(house="12"), "12"),
        (Resident(house="12", flat="3"), "Flat 3, 12"),
        (Resident(house="12", flat="Flat 3"), "Flat 3, 12"),
        (Resident(house="", flat=""), "–"),
    ],
)
def test_a_door_is_named_as_it_is_found(resident: Resident, printed: str) -> None:
    assert door(resident) == printed


def test_each_side_of_a_street_is_a_block() -> None:
    walked = [Resident(house=house) for house in ("1", "3", "2", "4")]

    found = [(block.side, len(people)) for block, people in blocks(walked)]

    assert found == [("odd numbers", 2), ("even numbers", 2)]


def test_a_block_says_its_street_and_side() -> None:
    block = Block("BN1", "Quarry Lane", "Bilston", "odd numbers")

    assert block.title == "Quarry Lane, Bilston · odd numbers"
    assert Block("BN1", "", "", "").title == "No street given"


def test_whoever_has_no_address_is_nobodys_household() -> None:
    people = [Resident(address_id=i) for i in (1, 1, None, None, 2)]

    assert [len(home) for home in households(people)] == [2, 1, 1, 1]


def test_a_household_is_in_the_order_of_the_register() -> None:
    numbers = ("AB-10/1", "AB-10", "AB-9", "AB-11")

    [home] = households([Resident(number=number) for number in numbers])

    assert [person.number for person in home] == ["AB-9", "AB-10", "AB-10/1", "AB-11"]
