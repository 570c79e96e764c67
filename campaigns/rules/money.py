"""Pounds and pence: the only place that rounds, splits, reads or prints money.

An amount is a `Decimal` number of pounds. The rounding in each direction and the
split are described with worked examples in docs/rules/money.md.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from campaigns.rules.refusals import Refusal

PENNY = Decimal("0.01")
PENCE_IN_A_POUND = 100
MINUS = "\N{MINUS SIGN}"

AMOUNT_AS_TYPED = re.compile(
    r"£?\s*(\d{1,10}|\d{1,3}(?:,\d{3}){1,3})(\.\d{1,2})?", re.ASCII
)
PART_AS_TYPED = re.compile(
    r"(?P<parts>\d{1,9}|\d{1,3}(?:,\d{3}){1,2})\s*(?:/|of|out of)\s*"
    r"(?P<of>[1-9]\d{0,8}|[1-9]\d{0,2}(?:,\d{3}){1,2})"
    r"|(?P<percent>\d{1,3}(?:\.\d{1,6})?)\s*(?:%|per ?cent)",
    re.ASCII | re.IGNORECASE,
)


class Part(NamedTuple):
    """Figures of which one is a part of the other, kept as they were told: 12,000 of
    40,000 copies, rather than 3 of 10."""

    parts: int
    of: int

    @classmethod
    def of_pounds(cls, amount: Decimal, whole: Decimal) -> "Part":
        """The smallest figures of the same part; more than the whole stays so."""
        return cls(*(Fraction(amount) / Fraction(whole or 1)).as_integer_ratio())


class AmountRefused(Refusal):
    """What was typed is not an amount of pounds and pence."""


def to_the_penny(amount: Decimal | Fraction) -> Decimal:
    """The nearest penny; half a penny goes up. For what was spent."""
    return _in_pence(amount).quantize(Decimal(1), ROUND_HALF_UP) * PENNY


def down_to_the_penny(amount: Decimal | Fraction) -> Decimal:
    """The whole pennies only. For what may be spent: a limit is never overstated."""
    return _in_pence(amount).quantize(Decimal(1), ROUND_DOWN) * PENNY


def _in_pence(amount: Decimal | Fraction) -> Decimal:
    """Exact for a Decimal; a Fraction (a third) to 28 figures."""
    if isinstance(amount, Fraction):
        amount = Decimal(amount.numerator) / Decimal(amount.denominator)
    return amount * PENCE_IN_A_POUND


def split(
    amount: Decimal, weights: Sequence[int | Decimal | Fraction]
) -> list[Decimal]:
    """Share out a whole number of pence by weight; the shares add up exactly.

    Each share gets its whole pence; the pence left over go, one each, to the shares
    that lost most by rounding down, the earlier one where two lost the same.
    Refused: no weights, a negative one, weights that are all nought, part pennies.
    """
    exact = [Fraction(weight) for weight in weights]
    total = sum(exact, Fraction())
    if total <= 0 or min(exact) < 0:
        raise AmountRefused(
            "bad_shares", "Shares cannot be negative, and one must be more than nought."
        )
    if amount != to_the_penny(amount):
        raise AmountRefused("part_penny", f"£{amount} is not a whole number of pence.")
    pence = int(abs(amount) * PENCE_IN_A_POUND)
    due = [pence * weight / total for weight in exact]
    shares = [int(share) for share in due]
    by_loss = sorted(range(len(due)), key=lambda i: shares[i] - due[i])
    for i in by_loss[: pence - sum(shares)]:
        shares[i] += 1
    sign = -1 if amount < 0 else 1
    return [sign * share * PENNY for share in shares]


def pounds(amount: Decimal) -> str:
    """As people read it: `£1,234.56`, `−£5.00` with a true minus."""
    amount = to_the_penny(amount)
    return f"{_sign(amount)}£{abs(amount):,.2f}"


def whole_pounds(amount: Decimal) -> str:
    """`£1,234`, for headlines; rounded towards nought, so that it never promises
    more."""
    whole = int(amount)
    return f"{_sign(whole)}£{abs(whole):,}"


def _sign(amount: Decimal | int) -> str:
    return MINUS if amount < 0 else ""


def parse_pounds(text: str) -> Decimal:
    """What a person typed: `£1,234.56`, `1234.5` or `8000`; never negative.

    Refused: anything else, such as part pennies, words or misplaced commas.
    """
    found = AMOUNT_AS_TYPED.fullmatch(text.strip())
    if found is None:
        raise AmountRefused(
            "not_an_amount", f"{text.strip()!r} is not an amount such as £1,234.56."
        )
    whole, pence = found.groups(default="")
    return Decimal(whole.replace(",", "") + pence).quantize(PENNY)


def parse_part(text: str) -> Part | Decimal:
    """What a person typed for a part of a sum, more than nought.

    `1/3`, `12,000 of 40,000` and `33.3 %` are parts of the whole, `£120.00` and `120`
    pounds. Refused: anything else, and more than the whole.
    """
    found = PART_AS_TYPED.fullmatch(text.strip())
    if found is None:
        amount = parse_pounds(text)
        if amount > 0:
            return amount
    else:
        part = _figures(found)
        if 0 < part.parts <= part.of:
            return part
    raise AmountRefused(
        "not_a_part", f"{text.strip()!r} is not a part such as 1/3, 25 % or £120."
    )


def _figures(found: re.Match[str]) -> Part:
    if found["percent"]:
        return Part(*(Fraction(found["percent"]) / 100).as_integer_ratio())
    return Part(*(int(found[name].replace(",", "")) for name in ("parts", "of")))
