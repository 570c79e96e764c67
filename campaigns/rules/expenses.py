"""What part of an expense counts towards the limit.

It counts for what is used in the regulated period, whenever it was bought, and for
our own share where others bear part of it (Representation of the People Act 1983,
Sch 4A; Electoral Commission, "Splitting spending"). Each cut loses no penny; where a
penny is due to two alike, it is ours. Worked examples: docs/rules/expenses.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from campaigns.rules.exclusions import Exclusion
from campaigns.rules.figures import Figure
from campaigns.rules.marks import Mark, Source
from campaigns.rules.money import pounds, split
from campaigns.rules.notional_value import notional_value
from campaigns.rules.refusals import Refusal
from campaigns.rules.regulated_periods import RegulatedPeriod
from campaigns.rules.steps import Step

NONE = Fraction(0)


class SpendingHead(StrEnum):
    """The heads of Sch 4A under which a return lists its expenses."""

    ADVERTISING = "advertising"
    UNSOLICITED_MATERIAL = "unsolicited"
    TRANSPORT = "transport"
    PUBLIC_MEETINGS = "meetings"
    STAFF = "staff"
    ACCOMMODATION = "accommodation"
    ADMINISTRATION = "administration"

    @property
    def covers(self) -> str:
        return _COVERED[self]


# Personal expenses are the candidate's reasonable travel and living (Electoral
# Commission); under which of the heads these fall is our reading.
PERSONAL_HEADS = (SpendingHead.TRANSPORT, SpendingHead.ACCOMMODATION)
_COVERED = {
    SpendingHead.ADVERTISING: "Advertising of any nature, with agency, design, "
    "production and distribution",
    SpendingHead.UNSOLICITED_MATERIAL: "Unsolicited material addressed to electors, by "
    "name or household, with postage",
    SpendingHead.TRANSPORT: "Transport of persons",
    SpendingHead.PUBLIC_MEETINGS: "Public meetings",
    SpendingHead.STAFF: "Services of an election agent or any other person engaged",
    SpendingHead.ACCOMMODATION: "Accommodation",
    SpendingHead.ADMINISTRATION: "Administrative costs",
}


NOT_NOTED = Source("Read (its page was not noted)")
VAT_NOT_READ = (
    "That sums are told with VAT was not read: ask the Electoral Commission if you are "
    "in doubt."
)
FIGURES = (
    Figure(
        "What counts",
        "An expense is incurred",
        "when one is legally committed to it, such as by confirming an order",
        Mark.READ,
        NOT_NOTED,
    ),
    Figure(
        "What counts",
        "Amounts are told",
        "with VAT",
        Mark.GENERAL,
        Source("Not read"),
        caution=VAT_NOT_READ,
    ),
)


def may_be_personal(category: str, *, stock: str = "") -> bool:
    """Whether an expense of this head, or for copies of this `stock`, may be one of the
    candidate's personal expenses."""
    return category in PERSONAL_HEADS and not stock


class ExpenseRefused(Refusal):
    """The figures of an expense do not fit together."""


@dataclass(frozen=True, slots=True)
class PeriodPart:
    """What of an expense was used in one period.

    `counted` goes towards that period's limit, `shared` is what each of the others
    bears of it, in the order given.
    """

    counted: Decimal
    shared: tuple[Decimal, ...]
    working: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class CountedValue:
    """An expense cut in parts: `outside`, `in_hand`, `written_off`, and in each period
    what is `counted` and all that is `shared`, together come to `value`.

    `outside` was used outside every period or is excluded; copies `in_hand` were not
    used yet, those `written_off` never will be. `long` is None where there is no long
    campaign.
    """

    value: Decimal
    outside: Decimal
    short: PeriodPart
    long: PeriodPart | None = None
    in_hand: Decimal = Decimal("0.00")
    written_off: Decimal = Decimal("0.00")

    @property
    def counted(self) -> Decimal:
        return self.short.counted

    @property
    def borne(self) -> tuple[Decimal, ...]:
        """What each of the others bears over all periods, in the order given."""
        if self.long is None:
            return self.short.shared
        both = zip(self.short.shared, self.long.shared, strict=True)
        return tuple(short + long for short, long in both)

    @property
    def borne_by_others(self) -> Decimal:
        return sum(self.borne, Decimal("0.00"))

    @property
    def working(self) -> tuple[Step, ...]:
        value = Step(f"Value {pounds(self.value)}", self.value)
        long = self.long.working if self.long else ()
        return (value, *long, *self.short.working)


def counted_value(
    *,
    paid: Decimal,
    used_from: date,
    used_until: date,
    period: RegulatedPeriod,
    long: RegulatedPeriod | None = None,
    market_value: Decimal | None = None,
    inside: Fraction | None = None,
    inside_long: Fraction = NONE,
    in_hand: Fraction = NONE,
    written_off: Fraction = NONE,
    shares: Sequence[Fraction] = (),
    excluded: Exclusion | None = None,
) -> CountedValue:
    """Cut an expense into what counts and what does not.

    `used_from` and `used_until` are the first and last day of use; the part inside the
    `period`, and inside the `long` campaign before it, goes by days unless `inside`
    and `inside_long` say it exactly (copies delivered of copies printed), with what is
    still `in_hand` and what was `written_off`.
    `market_value` is given for a gift or discount. `shares` are the parts of the whole
    that others bear. What is `excluded` counts for nothing. Refused: last use before
    the first, parts that are not between nought and one, shares of more than the
    whole.
    """
    if used_until < used_from:
        raise ExpenseRefused("bad_dates", "The last day of use is before the first.")
    value = paid
    if market_value is not None:
        value += notional_value(market_value=market_value, paid=paid)
    if excluded is not None:
        return _nothing_counts(value, excluded, len(shares), long is not None)
    periods = {"period": period}
    if long is not None:
        periods = {"short campaign": period, "long campaign": long}
    if inside is None:
        parts = [part_by_days(used_from, used_until, one) for one in periods.values()]
    else:
        # What a hand put into a long campaign that there is not was used outside.
        parts = [inside, inside_long][: len(periods)]
    weights = _with_rest(parts)
    *amounts, rest = split(value, weights)
    unused = _unused(rest, weights[-1], in_hand, written_off)
    cuts = [
        _shared_out(amount, shares, f"Used in the {name}, {_part(weight)}")
        for name, amount, weight in zip(periods, amounts, weights, strict=False)
    ]
    short, *longer = cuts
    outside = rest - sum(unused)
    return CountedValue(value, outside, short, longer[0] if longer else None, *unused)


def _unused(
    rest: Decimal, part: Fraction, in_hand: Fraction, written_off: Fraction
) -> tuple[Decimal, Decimal]:
    """Of the `rest` that no period took, `part` of the whole: what is in hand, and what
    was written off. Found last, so that it moves no penny of what counts."""
    if not part:
        return Decimal("0.00"), Decimal("0.00")
    _, still, never = split(rest, (part - in_hand - written_off, in_hand, written_off))
    return still, never


def _shared_out(amount: Decimal, shares: Sequence[Fraction], used: str) -> PeriodPart:
    ours = 1 - sum(shares, Fraction())
    if ours < 0 or any(not 0 <= share <= 1 for share in shares):
        raise ExpenseRefused("bad_shares", "The others bear more than the whole.")
    counted, *shared = split(amount, (ours, *shares))
    working = (
        Step(f"{used}: {pounds(amount)}", amount),
        Step(f"Our share, {_part(ours)}: {pounds(counted)}", counted),
    )
    return PeriodPart(counted, tuple(shared), working)


def part_by_days(
    used_from: date, used_until: date, period: RegulatedPeriod
) -> Fraction:
    """What part of the days of use falls in the period."""
    first, last = max(used_from, period.first_on), min(used_until, period.last_on)
    days_inside = max(0, (last - first).days + 1)
    return Fraction(days_inside, (used_until - used_from).days + 1)


def _nothing_counts(
    value: Decimal, excluded: Exclusion, others: int, has_long: bool
) -> CountedValue:
    nought = Decimal("0.00")
    why = Step(f"{excluded} ({excluded.basis.source.text}): {pounds(nought)}", nought)
    part = PeriodPart(nought, (nought,) * others, (why,))
    long = PeriodPart(nought, (nought,) * others, ()) if has_long else None
    return CountedValue(value, value, part, long)


def _part(part: Fraction) -> str:
    return {"0": "none", "1": "all"}.get(str(part), str(part))


def _with_rest(parts: Sequence[Fraction]) -> list[Fraction]:
    rest = 1 - sum(parts, NONE)
    if min(*parts, rest) < 0:
        raise ExpenseRefused(
            "bad_part", "The part used in the period is between nought and the whole."
        )
    return [*parts, rest]
