"""By when bills, payments, the return and the declarations are due after a poll.

Counted from the day on which the result is declared (Electoral Commission, table of
deadlines, 2024; Representation of the People Act 1985, Sch 4), for parishes from
polling day. A day that is not a working day moves to the next one. Worked examples:
docs/rules/return-deadlines.md.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta

from campaigns.rules.election_kinds import PollKind
from campaigns.rules.figures import Figure
from campaigns.rules.marks import Mark, Source
from campaigns.rules.working_days import on_or_next_working_day, working_days_after

CANDIDATE_DECLARATION_WORKING_DAYS = 7
DAYS_AFTER_RETURN_TO_UK = 14
STATEMENT_DAYS = 21


@dataclass(frozen=True, slots=True)
class DaysAllowed:
    """Days for bills to arrive, to be paid and for the return, and how sure it is."""

    invoices: int
    payments: int
    return_: int
    mark: Mark
    source: Source
    caution: str = ""


COMMISSION = Source(
    "Electoral Commission, table of deadlines after a poll, 2024",
    "https://www.electoralcommission.org.uk/guidance-candidates-and-agents-uk-"
    "parliamentary-general-elections-northern-ireland/after-election/deadlines",
)
LONDON = Source("Read for London's elections (its page was not noted)")
ASK_YOUR_COUNCIL = Source("askyourcouncil (its page was not noted)")
USUAL = DaysAllowed(21, 28, 35, Mark.READ, COMMISSION)
DAYS_BY_KIND = {
    PollKind.COMBINED_AUTHORITY_MAYOR: DaysAllowed(
        21,
        28,
        35,
        Mark.DERIVED,
        COMMISSION,
        "The 35 days are the general rule, not read for combined authority mayors.",
    ),
    PollKind.LONDON_MAYOR: DaysAllowed(21, 28, 70, Mark.READ, LONDON),
    PollKind.LONDON_LIST: DaysAllowed(21, 28, 70, Mark.READ, LONDON),
    PollKind.POLICE_COMMISSIONER: DaysAllowed(
        21,
        28,
        70,
        Mark.GENERAL,
        Source("Not read"),
        "The 70 days were not read: confirm them.",
    ),
    PollKind.PARISH: DaysAllowed(
        14,
        21,
        28,
        Mark.SECONDARY,
        ASK_YOUR_COUNCIL,
        "Counted from polling day, not from the result.",
    ),
}


def _figure(kind: str, days: DaysAllowed) -> Figure:
    since = "polling day" if kind == PollKind.PARISH else "the result"
    return Figure(
        "Deadlines",
        f"Bills received, bills paid, return ({kind})",
        f"{days.invoices}, {days.payments} and {days.return_} days after {since}",
        days.mark,
        days.source,
        caution=days.caution,
    )


FIGURES = (
    _figure("other polls", USUAL),
    *(_figure(kind, days) for kind, days in DAYS_BY_KIND.items()),
    Figure(
        "Deadlines",
        "The candidate's declaration, after the return",
        f"{CANDIDATE_DECLARATION_WORKING_DAYS} working days",
        Mark.READ,
        COMMISSION,
    ),
    Figure(
        "Deadlines",
        "The same, of a candidate who was abroad",
        f"{DAYS_AFTER_RETURN_TO_UK} days after their return to the UK",
        Mark.READ,
        COMMISSION,
    ),
    Figure(
        "Deadlines",
        "Statement of personal expenses, and returns of authorised campaigners",
        f"{STATEMENT_DAYS} days after the result",
        Mark.READ,
        Source("Representation of the People Act 1985, Sch 4"),
    ),
)


@dataclass(frozen=True, slots=True)
class ReturnDeadlines:
    """The last days for each thing that is due after a poll.

    The agent's declaration goes with the return. `statements_by` is for the candidate's
    written statement of personal expenses and the returns of authorised campaigners.
    """

    invoices_by: date
    payments_by: date
    return_by: date
    statements_by: date
    mark: Mark
    caution: str


def return_deadlines(
    kind: PollKind | str,
    *,
    poll_on: date,
    declared_on: date,
    bank_holidays: Container[date],
) -> ReturnDeadlines:
    """The deadlines of one poll. `declared_on` is the day the result was declared."""
    kind = PollKind(kind)
    allowed = DAYS_BY_KIND.get(kind, USUAL)
    start = poll_on if kind is PollKind.PARISH else declared_on

    def due(days: int, since: date = start) -> date:
        return on_or_next_working_day(since + timedelta(days=days), bank_holidays)

    return ReturnDeadlines(
        due(allowed.invoices),
        due(allowed.payments),
        due(allowed.return_),
        due(STATEMENT_DAYS, declared_on),
        allowed.mark,
        allowed.caution,
    )


def candidate_declaration_by(
    *,
    return_on: date,
    bank_holidays: Container[date],
    back_in_uk_on: date | None = None,
) -> date:
    """The last day for the candidate's own declaration.

    Within 7 working days of the return being delivered; where the candidate was
    abroad, within 14 days of coming back.
    """
    if back_in_uk_on is not None:
        last_on = back_in_uk_on + timedelta(days=DAYS_AFTER_RETURN_TO_UK)
        return on_or_next_working_day(last_on, bank_holidays)
    return working_days_after(
        return_on, CANDIDATE_DECLARATION_WORKING_DAYS, bank_holidays
    )
