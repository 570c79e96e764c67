"""Postcodes repaired only where there is one reading."""

import pytest

from campaigns.rules.postcodes import postcode_at_end, tidy_postcode


@pytest.mark.parametrize(
    ("typed", "postcode"),
    [
        ("wv1 1aa", "WV1 1AA"),
        ("WV11AA", "WV1 1AA"),
        ("CV1\u00a02EG", "CV1 2EG"),
        ("B1O OAA", "B10 0AA"),
        ("WV1O 8PX", "WV10 8PX"),
        ("OL1 2AB", "OL1 2AB"),
        ("SW1A 1AA", "SW1A 1AA"),
    ],
)
def test_a_typo_with_one_reading_is_repaired(typed: str, postcode: str) -> None:
    assert tidy_postcode(typed) == postcode


@pytest.mark.parametrize("typed", ["", "B23 5", "none", "12345", "B5O 4O1", "QX1 1AA"])
def test_what_has_no_single_reading_is_left(typed: str) -> None:
    assert tidy_postcode(typed) is None


def test_a_postcode_is_found_at_the_end_of_a_line() -> None:
    assert postcode_at_end("12 High Street, Edinburgh EH1 1AA ") == "EH1 1AA"
    assert postcode_at_end("12 High Street") is None
