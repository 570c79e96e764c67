"""Pounds and pence, with the examples of docs/rules/money.md."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rules.money import (
    AmountRefused,
    Part,
    down_to_the_penny,
    parse_part,
    parse_pounds,
    pounds,
    split,
    to_the_penny,
    whole_pounds,
)

AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any)


@pytest.mark.parametrize(
    ("exact", "nearest", "whole"),
    [
        ("10.004", "10.00", "10.00"),
        ("10.005", "10.01", "10.00"),
        ("10.009", "10.01", "10.00"),
        ("10.01", "10.01", "10.01"),
    ],
)
def test_spending_rounds_to_the_nearest_penny_and_a_limit_down(exact, nearest, whole):
    assert to_the_penny(Decimal(exact)) == Decimal(nearest)
    assert down_to_the_penny(Decimal(exact)) == Decimal(whole)


def test_a_third_of_a_pound_is_33_pence():
    assert to_the_penny(Fraction(1, 3)) == Decimal("0.33")


@pytest.mark.parametrize(
    ("amount", "weights", "shares"),
    [
        pytest.param("100.00", [1, 1, 1], ["33.34", "33.33", "33.33"], id="thirds"),
        pytest.param("0.01", [1, 1], ["0.01", "0.00"], id="one penny for two"),
        pytest.param("100.00", [2, 1], ["66.67", "33.33"], id="two to one"),
        pytest.param("-1.00", [1, 1, 1], ["-0.34", "-0.33", "-0.33"], id="a refund"),
        pytest.param("50.00", [1, 0], ["50.00", "0.00"], id="nothing for one"),
    ],
)
def test_a_split_gives_left_over_pence_to_those_who_lost_most(amount, weights, shares):
    assert split(Decimal(amount), weights) == [Decimal(share) for share in shares]


@given(AMOUNTS, WEIGHTS)
def test_a_split_loses_no_penny(amount, weights):
    assert sum(split(amount, weights)) == amount


@given(AMOUNTS, WEIGHTS)
def test_a_share_is_less_than_a_penny_from_what_is_exactly_due(amount, weights):
    for share, weight in zip(split(amount, weights), weights, strict=True):
        due = Fraction(amount) * weight / sum(weights)
        assert abs(Fraction(share) - due) < Fraction(1, 100)


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_a_split_without_proper_shares_is_refused(weights):
    with pytest.raises(AmountRefused, match="one must be more than nought"):
        split(Decimal(10), weights)


def test_a_split_of_part_of_a_penny_is_refused():
    with pytest.raises(AmountRefused, match="not a whole number of pence"):
        split(Decimal("1.005"), [1, 1])


@pytest.mark.parametrize(
    ("amount", "printed"),
    [("1234.56", "£1,234.56"), ("0", "£0.00"), ("-5", "−£5.00"), ("-0.001", "£0.00")],
)
def test_money_is_printed_as_people_read_it(amount, printed):
    assert pounds(Decimal(amount)) == printed


@pytest.mark.parametrize(
    ("amount", "printed"),
    [("41930.99", "£41,930"), ("-1234.56", "−£1,234"), ("-0.99", "£0")],
)
def test_a_headline_rounds_money_towards_nought(amount, printed):
    assert whole_pounds(Decimal(amount)) == printed


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("£1,234.56", "1234.56"),
        (" 8000 ", "8000.00"),
        ("1234.5", "1234.50"),
        ("£ 12", "12.00"),
        ("1,234,567", "1234567.00"),
    ],
)
def test_money_is_read_as_people_type_it(typed, amount):
    assert parse_pounds(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    ["", "ten pounds", "-5", "1.234", "1,23.00", "12,34", "1e3", "£", "NaN", "٣"],
)
def test_anything_else_is_refused(typed):
    with pytest.raises(AmountRefused, match="is not an amount"):
        parse_pounds(typed)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_what_is_printed_reads_back(amount):
    assert parse_pounds(pounds(amount)) == amount


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("1/3", Part(1, 3)),
        ("2 of 8", Part(2, 8)),
        ("12,000 of 40,000", Part(12_000, 40_000)),
        ("1 out of 1", Part(1, 1)),
        ("33.3 %", Part(333, 1000)),
        ("100%", Part(1, 1)),
        ("£120.00", Decimal("120.00")),
        ("1,200", Decimal("1200.00")),
    ],
)
def test_a_part_is_read_as_people_type_it(typed, part):
    assert parse_part(typed) == part


@pytest.mark.parametrize(
    "typed", ["", "half", "0/3", "4/3", "1/0", "1,00 of 200", "101 %", "0", "-1/2"]
)
def test_what_is_no_part_of_a_whole_is_refused(typed):
    with pytest.raises(AmountRefused):
        parse_part(typed)
