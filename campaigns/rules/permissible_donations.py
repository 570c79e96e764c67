"""From whom money may be taken, and by when it has to go back.

A donation of more than £50 for election expenses may come only from a permissible
donor. There are 30 days from its receipt to check and return it; kept longer, it has
been accepted (Representation of the People Act 1983, Sch 2A; Political Parties,
Elections and Referendums Act 2000, s.54; Electoral Commission, 8 July 2024).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from campaigns.rules.figures import Figure
from campaigns.rules.marks import Mark, Source
from campaigns.rules.money import pounds
from campaigns.rules.working_days import ONE_DAY

DONATION_OVER = Decimal(50)
DAYS_TO_CHECK = timedelta(days=30)
SCHEDULE_2A = Source("Representation of the People Act 1983, Sch 2A")
DONATION_FIGURE = Figure(
    "Donations",
    "Only from a permissible donor if over",
    pounds(DONATION_OVER),
    Mark.READ,
    Source(
        f"{SCHEDULE_2A.text}, and Electoral Commission, combined authority mayors: "
        "completing your return, 12 April 2024"
    ),
    read_on=date(2024, 4, 12),
)
DAYS_FIGURE = Figure(
    "Donations",
    "Checked, and returned, within",
    f"{DAYS_TO_CHECK.days} days of receipt",
    Mark.READ,
    SCHEDULE_2A,
)
FIGURES = (DONATION_FIGURE, DAYS_FIGURE)


class DonorKind(StrEnum):
    """Who gives, as the law distinguishes donors."""

    INDIVIDUAL = "Individual on a UK electoral register, overseas electors included"
    PARTY = "Political party registered in Great Britain"
    COMPANY = "Company registered and incorporated in the UK, carrying on business"
    TRADE_UNION = "Trade union"
    BUILDING_SOCIETY = "Building society"
    PARTNERSHIP = "Limited liability partnership carrying on business in the UK"
    FRIENDLY_SOCIETY = "Friendly society"
    ASSOCIATION = "Unincorporated association in the UK"
    TRUST = "Trust"
    BEQUEST = "Bequest"
    ANONYMOUS = "Giver not known"
    OTHER = "Anybody else"


class Permission(StrEnum):
    YES = "yes"
    NO = "no"
    CHECK = "check"


NEVER = frozenset((DonorKind.ANONYMOUS, DonorKind.OTHER))
TO_BE_CHECKED = frozenset((DonorKind.TRUST, DonorKind.BEQUEST))

RECORDED_IF_KEPT = ("name", "address", "amount_or_nature", "received_on", "accepted_on")
RECORDED_IF_RETURNED = ("amount_or_nature", "received_on", "returned_on", "action")


def is_controlled(value: Decimal) -> bool:
    """Do the rules on donors apply? Only to more than £50."""
    return value > DONATION_OVER


def permission(value: Decimal, donor: DonorKind) -> Permission:
    """May the donation be kept? Only some trusts and bequests may: a person checks."""
    if not is_controlled(value):
        return Permission.YES
    if donor in NEVER:
        return Permission.NO
    return Permission.CHECK if donor in TO_BE_CHECKED else Permission.YES


def return_by(received_on: date) -> date:
    """The last day to send a donation back: 30 days from its receipt.

    Received is possession of cash, a cheque clearing, the bank's credit.
    """
    return received_on + DAYS_TO_CHECK


def kept_since(
    *,
    value: Decimal,
    donor: DonorKind,
    received_on: date | None,
    accepted_on: date | None,
    returned_on: date | None,
) -> date | None:
    """The day from which a donation is accepted; None of one that never is.

    That on which it was accepted, or else the first after the days to return it. What
    is paid back later was accepted all the same, unless its giver may never give it.
    """
    if received_on is None:
        return None
    lapsed_on = return_by(received_on) + ONE_DAY
    if returned_on is not None:
        went_back_in_time = returned_on < lapsed_on
        if went_back_in_time or permission(value, donor) is Permission.NO:
            return None
    return min(accepted_on or lapsed_on, lapsed_on)


def missing_from_record(
    record: Mapping[str, object], *, is_returned: bool
) -> tuple[str, ...]:
    """Which details that the law wants recorded are not there yet."""
    wanted = RECORDED_IF_RETURNED if is_returned else RECORDED_IF_KEPT
    return tuple(name for name in wanted if not record.get(name))
