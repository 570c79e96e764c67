"""What a candidate may spend in the regulated period of one poll.

The limit is a fixed sum, or so much for each council, with so many pence for each
elector on top; joint candidates each have less (Representation of the People Act
1983, s.76, and the orders named in the rates). It is rounded down to the
penny, once, at the end. Worked examples: docs/rules/spending-limits.md.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from campaigns.rules.figures import Figure
from campaigns.rules.marks import Mark, Source
from campaigns.rules.money import down_to_the_penny, pounds
from campaigns.rules.spending_rate_lookup import (
    POLLS,
    LimitRefused,
    day_in_words,
    rate_for,
)
from campaigns.rules.spending_rates import Rate
from campaigns.rules.spending_rates.sources import (
    COMMISSION_LOCAL,
    IFG_2024,
    PCC_ORDER_2012,
)
from campaigns.rules.steps import Step

__all__ = ["LimitRefused", "SpendingLimit", "limit"]


# Two: a quarter less each. Three or more: a third less each, exactly a third although
# guidance prints 33 % (Electoral Commission, local elections in England).
JOINT_KINDS = frozenset(("local", "parish", "nia_county", "nia_borough"))
JOINT_PARTS = {1: Fraction(1), 2: Fraction(3, 4), 3: Fraction(2, 3)}
JOINT_WORDS = {2: "a quarter", 3: "a third"}

# How much of a long campaign's limit applies, by the month of the parliament in which
# it is dissolved (Institute for Government, 19 February 2024).
LONG_CAMPAIGN_PERCENT = {56: 60, 57: 70, 58: 80, 59: 90, 60: 100}

# Who they are (the same guidance).
JOINT_MEANS = (
    "Candidates are joint in the same ward where they have the same agent, or use the "
    "same campaign rooms, or share material. Rooms shared by accident alone do not "
    "make them joint."
)

KINDS_DOUBLED_BY_A_DEATH = frozenset(("pcc",))
DOUBLED_BY_A_DEATH = (
    "If another candidate died after nominations closed, the limit of the others is "
    "doubled: enter the doubled sum here."
)

PCC_ORDER = Source("SI 2012/1917, art 35(5), as made", PCC_ORDER_2012.url)
REGISTER_DAY = Source(
    "Representation of the People Act 1983, s.76(4), as told by International IDEA",
    "https://www.idea.int/answer/ans562449883641",
)
RETURNING_OFFICERS = Source(
    "Electoral Commission, guidance for returning officers, local elections in "
    "England: providing information on election spending",
    "https://www.electoralcommission.org.uk/guidance-returning-officers-administering-"
    "local-government-elections-england/planning-election/planning-communication-"
    "activity/providing-information-political-parties-candidates-and-agents/"
    "providing-information-election-spending",
)
FIGURES = (
    Figure(
        "Spending limits",
        "Electors are those of the register as it stands on",
        "the last day for publication of notice of the election",
        Mark.READ,
        REGISTER_DAY,
    ),
    Figure(
        "Spending limits",
        "Left out of the electors",
        "those who turn 18 only after polling day",
        Mark.READ,
        RETURNING_OFFICERS,
    ),
    *(
        Figure(
            "Spending limits",
            f"local, {candidates} joint candidates",
            f"{JOINT_WORDS[band]} less each",
            Mark.READ,
            COMMISSION_LOCAL,
        )
        for band, candidates in ((2, "two"), (3, "three or more"))
    ),
    *(
        Figure(
            "Spending limits",
            f"long campaign, parliament dissolved in its month {month}",
            f"{percent} % of the limit",
            Mark.SECONDARY,
            IFG_2024,
            read_on=date(2024, 2, 19),
        )
        for month, percent in LONG_CAMPAIGN_PERCENT.items()
    ),
    Figure(
        "Spending limits",
        "pcc, another candidate died after nominations closed",
        "twice the limit",
        Mark.READ,
        PCC_ORDER,
    ),
)


@dataclass(frozen=True, slots=True)
class SpendingLimit:
    """What may be spent, how it was worked out and how sure we are of it."""

    amount: Decimal
    working: tuple[Step, ...]
    mark: Mark
    source: Source
    warnings: tuple[str, ...]
    note: str = ""

    @property
    def is_confirmed(self) -> bool:
        """Was the figure read in the law or in official guidance?"""
        return self.mark.is_confirmed


def limit(
    *,
    kind: str,
    poll_on: date,
    nation: str | None = None,
    electors: int | None = None,
    councils: int | None = None,
    joint: int = 1,
    area: str | None = None,
    month: int | None = None,
    candidate_died: bool = False,
) -> SpendingLimit:
    """The spending limit of each candidate, with its working.

    `electors` and `councils` are those of the returning officer's notice; `joint` is
    how many stand jointly; `area` is the police area; `month` is the parliament's
    month of dissolution (56 to 60, long campaigns); `candidate_died` says that another
    candidate for commissioner died after nominations closed.
    Refused: a kind, nation or area that is not known, a day that no rate covers or
    for which two rates fit, a figure that may not be used, and a number that the rule
    needs and was not given.
    """
    rate = rate_for(kind=kind, poll_on=poll_on, nation=nation, area=area)
    working = list(_sums(rate, electors=electors, councils=councils))
    amount = sum((step.amount for step in working), Decimal(0))
    if len(working) > 1:
        working.append(Step(f"Together {_exact(amount)}", amount))
    for part, reason in _reductions(rate.kind, joint, month, candidate_died):
        before, amount = amount, amount * part.numerator / part.denominator
        working.append(
            Step(f"{reason}: {_exact(before)} × {part} = {_exact(amount)}", amount)
        )
    rounded = down_to_the_penny(amount)
    if rounded != amount:
        working.append(Step(f"Rounded down to the penny: {pounds(rounded)}", rounded))
    return SpendingLimit(
        rounded,
        tuple(working),
        rate.mark,
        rate.source,
        tuple(_warnings(rate, poll_on)),
        rate.note,
    )


def _sums(rate: Rate, *, electors: int | None, councils: int | None) -> Iterator[Step]:
    if rate.fixed:
        yield Step(f"Fixed sum {pounds(rate.fixed)}", rate.fixed)
    if rate.per_council:
        number = _counted(councils, "councils", rate)
        sum_ = number * rate.per_council
        yield Step(
            f"{_number(number, 'council')} × {pounds(rate.per_council)} = "
            f"{pounds(sum_)}",
            sum_,
        )
    if rate.pence_per_elector:
        number = _counted(electors, "electors", rate)
        sum_ = number * rate.pence_per_elector / 100
        yield Step(
            f"{_number(number, 'elector')} × {rate.pence_per_elector}p = "
            f"{_exact(sum_)}",
            sum_,
        )


def _counted(number: int | None, what: str, rate: Rate) -> int:
    if number is None:
        raise LimitRefused(
            f"{what}_missing",
            f"The limit for {POLLS[rate.kind]} needs the number of {what} "
            "from the returning officer's notice.",
        )
    if number < 1:
        raise LimitRefused(f"bad_{what}", f"The number of {what} must be 1 or more.")
    return number


def _reductions(
    kind: str, joint: int, month: int | None, candidate_died: bool
) -> Iterator[tuple[Fraction, str]]:
    if kind.startswith("ukpge_long"):
        percent = _long_campaign_percent(month)
        yield Fraction(percent, 100), f"Dissolved in month {month}, {percent} %"
    if joint < 1:
        raise LimitRefused("bad_joint", "There must be 1 candidate or more.")
    if joint > 1:
        if kind not in JOINT_KINDS:
            raise LimitRefused("no_joint_candidates", _not_read(kind))
        band = min(joint, 3)
        reason = f"{joint} joint candidates, {JOINT_WORDS[band]} less each"
        yield JOINT_PARTS[band], reason
    if candidate_died:
        if kind not in KINDS_DOUBLED_BY_A_DEATH:
            raise LimitRefused(
                "no_doubling",
                f"No doubling of the limit after a death was read for {POLLS[kind]}.",
            )
        yield Fraction(2), "A candidate died, double for the others"


def refuse_joint(joint: int, kinds: Collection[str]) -> None:
    """Refuses joint candidates of a poll with these spending kinds, of which none has a
    rule for them that was read."""
    if joint > 1 and JOINT_KINDS.isdisjoint(kinds):
        raise LimitRefused("no_joint_candidates", _not_read(next(iter(kinds))))


def _not_read(kind: str) -> str:
    return f"The reduction for joint candidates was not read for {POLLS[kind]}."


def _long_campaign_percent(month: int | None) -> int:
    if month not in LONG_CAMPAIGN_PERCENT:
        raise LimitRefused(
            "month_missing",
            "A long campaign's limit needs the month of the parliament in which it is "
            "dissolved, from 56 to 60.",
        )
    return LONG_CAMPAIGN_PERCENT[month]


def _warnings(rate: Rate, poll_on: date) -> Iterator[str]:
    if not rate.mark.is_confirmed:
        yield (
            f"The figure is not confirmed ({rate.mark}: {rate.mark.meaning}). "
            "Check it with the returning officer."
        )
    if rate.caution:
        yield rate.caution
    if not rate.is_sure_on(poll_on):
        yield (
            "The days on which this figure begins or ends were not read exactly, and "
            f"{day_in_words(poll_on)} is close to one of them or past what was read."
        )


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _exact(amount: Decimal) -> str:
    """Pounds with whatever part of a penny there is, so that the working adds up."""
    text = f"{amount:,.4f}".rstrip("0")
    whole, _, part = text.partition(".")
    return f"£{whole}.{part.ljust(2, '0')}"
