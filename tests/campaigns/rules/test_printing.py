"""A print costs its sides times the price of one, to the penny."""

from decimal import Decimal

import pytest

from campaigns.rules.printing import (
    PrintingRefused,
    checked_side_price,
    cost_of_sides,
)


@pytest.mark.parametrize(
    ("sides", "price", "cost"),
    [
        (36, "0.04", "1.44"),
        (5, "0.015", "0.08"),
        (1, "0.002", "0.01"),
        (0, "0.04", "0.00"),
    ],
)
def test_sides_cost_their_price_and_a_penny_at_least(
    sides: int, price: str, cost: str
) -> None:
    assert cost_of_sides(sides, Decimal(price)) == Decimal(cost)


@pytest.mark.parametrize("price", ["0", "-0.04", "0.00001", "10.01", "NaN"])
def test_a_price_that_is_none_is_refused(price: str) -> None:
    with pytest.raises(PrintingRefused):
        checked_side_price(Decimal(price))
