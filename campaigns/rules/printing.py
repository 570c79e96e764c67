"""What printing at the committee room costs: paper and toner by the printed side.

Worked examples: docs/rules/printing.md.
"""

from decimal import Decimal
from typing import Final

from campaigns.rules.money import PENNY, to_the_penny
from campaigns.rules.refusals import Refusal

MOST_A_SIDE: Final = Decimal(10)


class PrintingRefused(Refusal):
    """The price of printing cannot be set like that."""


def checked_side_price(price: Decimal) -> Decimal:
    """Pounds a printed side, with at most four decimals."""
    if (
        not price.is_finite()
        or not 0 < price <= MOST_A_SIDE
        or price != round(price, 4)
    ):
        raise PrintingRefused(
            "price", "The price of a side is more than nought, such as £0.04."
        )
    return price


def cost_of_sides(sides: int, price: Decimal) -> Decimal:
    """Sides x price to the nearest penny; what was printed costs a penny at least."""
    return max(to_the_penny(sides * price), PENNY) if sides else Decimal("0.00")
