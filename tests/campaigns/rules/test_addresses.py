"""One key for one dwelling, and doors in walking order."""

import pytest

from campaigns.rules.addresses import parse_address


def key(*lines: str) -> str:
    return parse_address(lines, "B1 1AA").key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("8 Soho Road", "Birmingham"), ("8 SOHO RD", "BIRMINGHAM", "WEST MIDLANDS")),
        (("Flat 2", "8 Soho Road"), ("Flat 2, 8 Soho Road",)),
        (("Flat 1", "56 High Street"), ("56 Flat 1", "High Street")),
        (("Apartment 3B", "9 The Row"), ("FLAT 3B", "9 THE ROW")),
        (("[100-102]", "St. Mary's Row"), ("100-102 St Marys Row",)),
        (("12a High Street",), ("12A HIGH ST",)),
    ],
)
def test_spellings_of_one_dwelling_have_one_key(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    assert key(*one) == key(*other)


def test_flats_are_apart_and_share_their_building() -> None:
    one = parse_address(["Flat 1", "8 Soho Road"], "B1 1AA")
    two = parse_address(["Flat 2", "8 Soho Road"], "B1 1AA")

    assert one.key != two.key
    assert one.building_key == two.building_key


def test_a_house_with_a_name_is_known_by_it() -> None:
    house = parse_address(["The Cottage", "Park Street", "Walsall"], "WS1 1AA")

    assert (house.number, house.street) == ("The Cottage", "Park Street")
    assert house.locality == "Walsall"


def test_capitals_are_tidied_and_apostrophes_kept() -> None:
    house = parse_address(["16A ST MARY'S ROW", "BIRMINGHAM"], "B1 1AA")

    assert house.printed == "16A St Mary's Row, Birmingham"


def test_doors_come_odd_side_first_then_even_then_named() -> None:
    walk = ["1 High Street", "3 High Street", "3A High Street", "11 High Street"]
    walk += ["2 High Street", "10 High Street"]
    doors = [[door] for door in walk]
    doors[2:2] = [["Flat 2", "3 High Street"], ["Flat 10", "3 High Street"]]
    doors += [["Ash House", "High Street"], ["Oak House", "High Street"]]

    positions = [parse_address(door, "B1 1AA").doorstep for door in doors]

    assert positions == sorted(positions)
    assert len(set(positions)) == len(positions)
    assert max(positions) < 2**41
