"""A case of the past, worked by the same rules: the West Midlands in 2017.

Nothing here was returned to us. What was reported is called so, and what only follows
from it is called implied. The same on paper: docs/rules/west-midlands-2017.md.
"""

import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from campaigns.reports.bank_holidays import bank_holidays
from campaigns.reports.spending_position import percent_of
from campaigns.rules.election_kinds import PollKind
from campaigns.rules.marks import Mark, Source
from campaigns.rules.regulated_periods import RegulatedPeriod, regulated_period
from campaigns.rules.return_deadlines import ReturnDeadlines, return_deadlines
from campaigns.rules.spending_limits import SpendingLimit, limit
from campaigns.rules.spending_rate_lookup import rate_for

POLL_ON: Final = date(2017, 5, 4)
DECLARED_ON: Final = date(2017, 5, 5)
KIND: Final = PollKind.COMBINED_AUTHORITY_MAYOR
COUNCILS: Final = 7
PRESS: Final = Source(
    "Express & Star, 22 June 2017",
    "https://expressandstar.com/news/politics/2017/06/22/"
    "labour-and-tory-candidates-spend-big-in-mayoral-campaigns",
)
# What the press printed of three returns, the first said to be "£1,700 short".
REPORTED: Final = (
    Decimal("130084.71"),
    Decimal("117903.31"),
    Decimal("7353.78"),
)
SHORT_BY: Final = Decimal("1700.00")
# "£1,700" stands for anything that rounds to it.
ROUNDED_BY: Final = Decimal("50.00")
LEAFLETS: Final = Decimal("55242.00")
DONATED: Final = (Decimal("128641.80"), Decimal("1442.00"))
# To the nearest hundred.
IMPLIED_ELECTORS: Final = 1_953_400
ABOUT_ON_POLLING_DAY: Final = 1_961_000


@dataclass(frozen=True, slots=True)
class ReportedReturn:
    """A sum that was printed, against the implied limit. `percent` is rounded down."""

    spent: Decimal
    left: Decimal
    percent: Decimal


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """Pounds; `limit` is worked from the implied register, `on_the_day` from the number
    of electors at the poll, which the law does not use."""

    limit: SpendingLimit
    on_the_day: SpendingLimit
    implied: Decimal
    least_electors: int
    most_electors: int
    returns: tuple[ReportedReturn, ...]
    donated: Decimal
    leaflets_percent: Decimal
    period: RegulatedPeriod
    deadlines: ReturnDeadlines

    mark = Mark.DERIVED
    reported_mark = Mark.SECONDARY
    source = PRESS


def worked_case() -> WorkedCase:
    """Worked anew each time, by the rules in force on 4 May 2017."""
    worked = _limit(IMPLIED_ELECTORS)
    implied = REPORTED[0] + SHORT_BY
    holidays = bank_holidays("ENG")
    return WorkedCase(
        limit=worked,
        on_the_day=_limit(ABOUT_ON_POLLING_DAY),
        implied=implied,
        least_electors=_electors_behind(implied - ROUNDED_BY),
        most_electors=_electors_behind(implied + ROUNDED_BY),
        returns=tuple(_against(spent, worked.amount) for spent in REPORTED),
        donated=sum(DONATED, Decimal(0)),
        leaflets_percent=percent_of(LEAFLETS, REPORTED[0]) or Decimal(0),
        period=regulated_period(KIND, poll_on=POLL_ON, bank_holidays=holidays),
        deadlines=return_deadlines(
            KIND, poll_on=POLL_ON, declared_on=DECLARED_ON, bank_holidays=holidays
        ),
    )


def _limit(electors: int) -> SpendingLimit:
    return limit(
        kind="cam_mayor", poll_on=POLL_ON, electors=electors, councils=COUNCILS
    )


def _electors_behind(amount: Decimal) -> int:
    """The least register whose limit is not below this amount."""
    rate = rate_for(kind="cam_mayor", poll_on=POLL_ON)
    for_electors = amount - COUNCILS * rate.per_council
    return math.ceil(for_electors * 100 / rate.pence_per_elector)


def _against(spent: Decimal, most: Decimal) -> ReportedReturn:
    percent = percent_of(spent, most)
    return ReportedReturn(spent, most - spent, percent or Decimal(0))
