"""When a candidate's spending counts: the first and the last day, both included.

The short period runs from the day after one becomes a candidate to polling day. One
becomes a candidate on the earliest day that the law allows, if by then one has been
declared or nominated, else when that happens (Electoral Commission, "When do you
officially become a candidate", 1 December 2023). Mayors have no long period: what they
spend before the short one is not capped. Worked examples:
docs/rules/regulated-periods.md.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from campaigns.rules.election_kinds import PollKind
from campaigns.rules.figures import Figure
from campaigns.rules.marks import Mark, Source
from campaigns.rules.refusals import Refusal
from campaigns.rules.working_days import ONE_DAY, months_later, working_days_before

NOTICE_WORKING_DAYS = 25
NOTICE_KINDS = frozenset(
    (
        PollKind.LOCAL,
        PollKind.PARISH,
        PollKind.COMBINED_AUTHORITY_MAYOR,
        PollKind.LOCAL_AUTHORITY_MAYOR,
        PollKind.POLICE_COMMISSIONER,
    )
)
# In these the period opens with an event, whose day has to be given.
OPENING_EVENTS = {
    PollKind.UK_PARLIAMENT: "the dissolution of Parliament",
    PollKind.LONDON_LIST: "the submission of the list",
}
MONTHS_BEFORE_LONG_CAMPAIGN = 55
MONTHS_OF_SCOTTISH_LONG_CAMPAIGN = 4
BECOMING = Source(
    "Electoral Commission, when do you officially become a candidate, 1 December 2023",
    "https://www.electoralcommission.org.uk/guidance-candidates-and-agents-combined-"
    "authority-mayoral-elections/what-you-need-know-you-stand-a-candidate/"
    "when-do-you-officially-become-a-candidate",
)
FIGURES = (
    Figure(
        "Regulated periods",
        "One can be a candidate from, before the poll",
        f"{NOTICE_WORKING_DAYS} working days",
        Mark.READ,
        BECOMING,
        read_on=date(2023, 12, 1),
    ),
    Figure(
        "Regulated periods",
        "A long campaign for the UK Parliament only after",
        f"{MONTHS_BEFORE_LONG_CAMPAIGN} months of sitting",
        Mark.READ,
        Source(
            "Representation of the People Act 1983, s.76ZA, as of 6 February 2023",
            "https://legislation.gov.uk/cy/ukpga/1983/2/section/76ZA/2023-02-06",
        ),
        read_on=date(2023, 2, 6),
    ),
    Figure(
        "Regulated periods",
        "The long campaign for the Scottish Parliament begins before the poll",
        f"{MONTHS_OF_SCOTTISH_LONG_CAMPAIGN} months",
        Mark.READ,
        Source(
            "SSI 2015/425, art 43",
            "https://www.legislation.gov.uk/ssi/2015/425/article/43/data.html",
        ),
    ),
)


class PeriodRefused(Refusal):
    """No period can be given: a day that the rule needs, or the rule, is not known."""


@dataclass(frozen=True, slots=True)
class RegulatedPeriod:
    """The days on which spending counts, first and last included."""

    first_on: date
    last_on: date

    def __contains__(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on

    @property
    def days(self) -> int:
        return (self.last_on - self.first_on).days + 1


def earliest_candidacy(
    kind: PollKind | str,
    *,
    poll_on: date,
    bank_holidays: Container[date],
    opened_on: date | None = None,
    is_by_election: bool = False,
) -> date:
    """The first day on which anybody can be a candidate in this poll.

    The last day for publishing the notice of election, 25 working days before the
    poll; in a general election its dissolution, for the London list its submission,
    given as `opened_on`. Refused: that day missing, a kind whose rule was not read,
    such as a by-election to a parliament.
    """
    kind = PollKind(kind)
    if kind in NOTICE_KINDS:
        return working_days_before(poll_on, NOTICE_WORKING_DAYS, bank_holidays)
    if kind not in OPENING_EVENTS or is_by_election:
        raise PeriodRefused(
            "rule_not_known",
            "The start of the regulated period was not read for this kind of poll: "
            "enter it from the Electoral Commission's guidance.",
        )
    if opened_on is None:
        raise PeriodRefused(
            "opening_day_missing",
            f"The regulated period needs the day of {OPENING_EVENTS[kind]}.",
        )
    return opened_on


def became_candidate_on(
    earliest_on: date,
    *,
    declared_on: date | None = None,
    nominated_on: date | None = None,
) -> date:
    """The day on which one became a candidate.

    The earlier of declaration (by oneself or others) and nomination, but never before
    the earliest day; that day itself where neither is known, as the cautious answer.
    """
    known = [day for day in (declared_on, nominated_on) if day is not None]
    return max(earliest_on, min(known, default=earliest_on))


def short_period(*, candidate_on: date, poll_on: date) -> RegulatedPeriod:
    """From the day after becoming a candidate to polling day.

    Refused: a candidacy that begins on polling day or later.
    """
    if candidate_on >= poll_on:
        raise PeriodRefused(
            "candidate_too_late", "One becomes a candidate before polling day."
        )
    return RegulatedPeriod(candidate_on + ONE_DAY, poll_on)


def regulated_period(
    kind: PollKind | str,
    *,
    poll_on: date,
    bank_holidays: Container[date],
    opened_on: date | None = None,
    is_by_election: bool = False,
    declared_on: date | None = None,
    nominated_on: date | None = None,
) -> RegulatedPeriod:
    """The short period of a poll, from the kind and the days that are known."""
    earliest_on = earliest_candidacy(
        kind,
        poll_on=poll_on,
        bank_holidays=bank_holidays,
        opened_on=opened_on,
        is_by_election=is_by_election,
    )
    candidate_on = became_candidate_on(
        earliest_on, declared_on=declared_on, nominated_on=nominated_on
    )
    return short_period(candidate_on=candidate_on, poll_on=poll_on)


def long_period(
    kind: PollKind | str,
    *,
    poll_on: date,
    candidate_on: date,
    parliament_met_on: date | None = None,
) -> RegulatedPeriod | None:
    """The period before becoming a candidate in which spending counts too, if any.

    For the UK Parliament it begins when Parliament has sat for more than 55 months
    (s.76ZA), for the Scottish Parliament four months before the poll (SSI 2015/425
    art 43); both end on the day of becoming a candidate. Other polls have none.
    """
    kind = PollKind(kind)
    if kind is PollKind.SCOTTISH_PARLIAMENT:
        first_on = months_later(poll_on, -MONTHS_OF_SCOTTISH_LONG_CAMPAIGN)
    elif kind is PollKind.UK_PARLIAMENT:
        if parliament_met_on is None:
            raise PeriodRefused(
                "meeting_day_missing",
                "The long campaign needs the day on which Parliament first met.",
            )
        first_on = _long_campaign_from(parliament_met_on)
    else:
        return None
    if first_on > candidate_on:
        return None
    return RegulatedPeriod(first_on, candidate_on)


def month_of_parliament(*, met_on: date, day: date) -> int:
    """In which month of its life a parliament is on a day, as long campaigns count.

    The 56th month begins on the long campaign's first day.
    """
    month = 1
    while months_later(met_on, month) + ONE_DAY <= day:
        month += 1
    return month


def _long_campaign_from(met_on: date) -> date:
    return months_later(met_on, MONTHS_BEFORE_LONG_CAMPAIGN) + ONE_DAY
