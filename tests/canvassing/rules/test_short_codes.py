"""Where wrong codes come from, and how many of them are a guesser's share."""

from datetime import timedelta

import pytest

from canvassing.rules.short_codes import (
    CODE_LENGTH,
    CODE_WINDOW,
    SHARE_OF_A_CODE,
    SHARE_OF_A_PHONE,
    SHARE_OF_A_PLACE,
    place_of,
)

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("minutes", "most"),
    [
        (-1, 30),
        (0, 30),
        (14, 30),
        (15, 40),
        (44, 40),
        (45, 50),
        (105, 60),
        (225, 70),
        (465, 80),
        (944, 80),
        (945, 90),
        (1440, 90),
    ],
)
def test_a_place_has_ten_more_after_waits_that_double(minutes: int, most: int) -> None:
    assert SHARE_OF_A_PLACE.most_after(minutes * MINUTE) == most


@pytest.mark.parametrize(
    ("wrong", "age", "wait"),
    [(30, 2, 13), (39, 15, 0), (40, 20, 25), (80, 900, 45), (90, 945, 495)],
)
def test_a_place_waits_until_it_has_its_next_ten(
    wrong: int, age: int, wait: int
) -> None:
    assert SHARE_OF_A_PLACE.wait(wrong, age * MINUTE) == wait * MINUTE


def test_a_phone_has_ten_in_a_quarter_of_an_hour_and_no_more() -> None:
    assert SHARE_OF_A_PHONE.most_after(14 * MINUTE) == 10
    assert SHARE_OF_A_PHONE.wait(10, 5 * MINUTE) == 10 * MINUTE


def test_a_days_share_of_a_place_locks_no_code_and_no_guesser_finds_one() -> None:
    a_day = SHARE_OF_A_CODE.most_after(CODE_WINDOW)
    of_a_place = SHARE_OF_A_PLACE.most_after(CODE_WINDOW)

    assert of_a_place < a_day <= 2 * of_a_place
    assert 10**CODE_LENGTH / a_day == 10_000
    assert 10**CODE_LENGTH / (14 * a_day) > 700


@pytest.mark.parametrize(
    ("caller", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("", ""),
        ("a socket", "a socket"),
    ],
)
def test_all_addresses_of_one_phone_are_one_place(caller: str, place: str) -> None:
    assert place_of(caller) == place
