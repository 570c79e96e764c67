"""Letters: their fields, whom they greet, and what they cost."""

from decimal import Decimal

import pytest

from canvassing.rules.letters import (
    BODIES,
    LetterRefused,
    checked_body,
    checked_price,
    cost,
    is_personal,
    listed,
    merge,
)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("  ", "no_text"),
        ("x" * 3001, "too_long"),
        ("x\n" * 61, "too_long"),
        ("Dear {surname},", "field"),
        ("Dear {names.__class__},", "field"),
        ("Dear {}", "field"),
        ("Dear {names", "field"),
    ],
)
def test_a_letter_that_could_not_be_merged_is_refused(body: str, code: str) -> None:
    with pytest.raises(LetterRefused) as refusal:
        checked_body(body)

    assert refusal.value.code == code


@pytest.mark.parametrize("wording", BODIES)
def test_the_letters_we_offer_can_be_merged(wording: str) -> None:
    assert checked_body(BODIES[wording]) == BODIES[wording]


def test_a_field_is_filled_in_even_where_a_name_holds_braces() -> None:
    assert merge("Dear {names}, {ward}", {"names": "{ward}", "ward": "Penn"}) == (
        "Dear {ward}, Penn"
    )


def test_a_paragraph_that_names_people_is_personal() -> None:
    assert is_personal("Dear {forenames},")
    assert not is_personal("Your polling station is {polling_station}.")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Ivy"], "Ivy"),
        (["Ivy", "Tom"], "Ivy and Tom"),
        (["Ivy", "Tom", "Siân"], "Ivy, Tom and Siân"),
        (["Tom", "Tom"], "Tom"),
    ],
)
def test_names_are_listed_as_people_say_them(names: list[str], said: str) -> None:
    assert listed(names) == said


def test_copies_times_price_is_rounded_once() -> None:
    assert cost(1737, Decimal("0.425")) == Decimal("738.23")


@pytest.mark.parametrize("price", ["0", "-1", "0.00001", "101"])
def test_a_price_that_cannot_be_is_refused(price: str) -> None:
    with pytest.raises(LetterRefused):
        checked_price(Decimal(price))
