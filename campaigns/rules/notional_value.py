"""What a gift or a discount is worth as spending.

Goods, services or facilities that come free, or at a non-commercial discount of more
than 10 %, count at their commercial value if the difference is over £50 (Electoral
Commission, notional spending). Worked examples: docs/rules/expenses.md.
"""

from datetime import date
from decimal import Decimal

OVER_PERCENT = 10
OVER_POUNDS = Decimal(50)
ON_BEHALF_RULE_FROM = date(2022, 11, 24)


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
