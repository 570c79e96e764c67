"""Elector numbers as every supplier writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rules.elector_numbers import (
    ElectorNumber,
    NumberRefused,
    parse_elector_number,
    parse_roll,
)

PREFIXES = st.from_regex(r"[A-Z][A-Z0-9]{0,3}(?:[-/][A-Z0-9]{1,3})?", fullmatch=True)
NUMBERS = st.integers(1, 999_999_999).map(str)
SUFFIXES = st.one_of(st.just(""), st.integers(1, 999_999).map(str))


@given(prefix=PREFIXES, number=NUMBERS, suffix=SUFFIXES)
def test_a_printed_number_is_read_back_as_it_was(
    prefix: str, number: str, suffix: str
) -> None:
    elector_number = ElectorNumber(prefix, number, suffix)

    assert parse_elector_number(str(elector_number)) == elector_number


@given(prefix=PREFIXES, number=NUMBERS, suffix=SUFFIXES)
def test_columns_and_whole_number_say_the_same(
    prefix: str, number: str, suffix: str
) -> None:
    whole = parse_elector_number(str(ElectorNumber(prefix, number, suffix)))

    assert parse_roll(prefix, number, suffix or "0") == whole
    assert parse_roll(prefix, f"{number}/{suffix}" if suffix else number) == whole


@pytest.mark.parametrize(
    ("printed", "prefix", "number", "suffix"),
    [
        ("BW1-4/1", "BW1", "4", "1"),
        ("KD-2/2-289/1", "KD-2/2", "289", "1"),
        ("BAA-0012", "BAA", "12", ""),
        (" BAA-3/0 ", "BAA", "3", ""),
    ],
)
def test_the_last_hyphen_parts_the_prefix(
    printed: str, prefix: str, number: str, suffix: str
) -> None:
    assert parse_elector_number(printed) == (prefix, number, suffix)


@pytest.mark.parametrize(
    ("roll", "number", "suffix"),
    [("5.000", "5", ""), ("3.5", "3", "5"), ("3.500", "3", "5"), ("3.75", "3", "75")],
)
def test_a_decimal_roll_number_is_an_insertion(
    roll: str, number: str, suffix: str
) -> None:
    assert parse_roll("AL1", roll) == ("AL1", number, suffix)


@pytest.mark.parametrize("roll", ["not-a-number", "", "4a", "4/", "4.5.6", "-4", "٣"])
def test_what_is_not_a_number_is_refused(roll: str) -> None:
    with pytest.raises(NumberRefused):
        parse_roll("AL1", roll)


@pytest.mark.parametrize("printed", ["", "12", "-12", "BW1", "BW1-x"])
def test_a_number_without_its_parts_is_refused(printed: str) -> None:
    with pytest.raises(NumberRefused):
        parse_elector_number(printed)
