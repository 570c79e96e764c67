"""What a gift or a discount is worth as spending.

Goods, services or facilities that come free, or at a non-commercial discount of more
than 10 %, count at their commercial value if the difference is over £50 (Electoral
Commission, notional spending). Worked examples: docs/rules/expenses.md.
"""

from datetime import date
from decimal import Decimal

from campaigns.rules.figures import Figure
from campaigns.rules.marks import Mark, Source
from campaigns.rules.money import pounds

OVER_PERCENT = 10
OVER_POUNDS = Decimal(50)
ON_BEHALF_RULE_FROM = date(2022, 11, 24)
COMMISSION = Source("Electoral Commission, notional spending")
FIGURES = (
    Figure(
        "What counts",
        "A discount counts at its value if it is more than",
        f"{OVER_PERCENT} % and {pounds(OVER_POUNDS)}",
        Mark.READ,
        COMMISSION,
    ),
    Figure(
        "What counts",
        "What others use for a candidate counts only if it was encouraged",
        "directed, authorised or encouraged",
        Mark.READ,
        Source("SI 2022/1275, art 2(3), and Electoral Commission guidance"),
        effective_from=ON_BEHALF_RULE_FROM,
    ),
)


def notional_value(*, market_value: Decimal, paid: Decimal) -> Decimal:
    """The part of a gift or discount that counts on top of what was paid, or nought.

    A commercial discount, open to any customer, is none: its price is the market's.
    """
    difference = market_value - paid
    is_large = difference * 100 > market_value * OVER_PERCENT
    return difference if is_large and difference > OVER_POUNDS else Decimal(0)


def counts_as_used_on_behalf(*, used_on: date, is_encouraged: bool) -> bool:
    """Does something that others used for a candidate count as the candidate's?

    Since 24 November 2022 only if the candidate or the agent directed, authorised or
    encouraged it (SI 2022/1275 art 2; Electoral Commission).
    """
    return is_encouraged or used_on < ON_BEHALF_RULE_FROM
