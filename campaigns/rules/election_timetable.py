"""The last days before a poll: to register, to apply for a vote by post or proxy.

Those that no public calendar gives, or gives wrongly, are counted here in working days
before polling day. Examples, sources and marks: docs/rules/election-timetable.md.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from typing import Final

from campaigns.rules.election_kinds import PollKind
from campaigns.rules.figures import Figure
from campaigns.rules.marked import gettext_noop
from campaigns.rules.marks import Mark, Source
from campaigns.rules.working_days import working_days_before

# Of these, those for voters are said in Welsh as well.
FOUR = "4 pm"
FIVE, MIDNIGHT = gettext_noop("5 pm"), gettext_noop("midnight")
PROXY_WORKING_DAYS: Final = 6

COMMISSION = Source(
    "Electoral Commission and returning officers' timetables for 2 May 2024"
)
COMMISSIONERS = Source("West Midlands police and crime commissioner election, 2024")
LONDON = Source("Electoral Commission, Greater London Authority elections 2024")
AS_CALENDAR = "as a public calendar counts it"
CALENDAR = Source(
    "uk-election-timetables 5.0.2, which names the regulations",
    "https://pypi.org/project/uk-election-timetables/",
)


AGENT_WORKING_DAYS: Final = 19
AGENT_SOURCE = Source("Read for combined authority mayors (its page was not noted)")
FIGURES = (
    Figure(
        "The election agent",
        "Appointed, before the poll, by (combined authority mayors)",
        f"{FOUR}, {AGENT_WORKING_DAYS} working days; else the candidate is the agent",
        Mark.READ,
        AGENT_SOURCE,
    ),
    Figure(
        "The election agent",
        "Has an office (combined authority mayors)",
        "at a physical address in the combined authority's area",
        Mark.READ,
        AGENT_SOURCE,
    ),
    Figure(
        "The election agent",
        "Appointment and office (other polls)",
        "not known",
        Mark.GENERAL,
        Source("Not read"),
        caution="Not read for other polls: ask the returning officer.",
    ),
)


@dataclass(frozen=True, slots=True)
class Closing:
    """Nominations close so many working days before a poll, as read for one."""

    working_days: int
    read_for: date
    source: Source


# Where the calendar gives the day on which the names are published instead: of London
# and of police and crime commissioners.
READ_FOR: Final = date(2024, 5, 2)
LONDON_CLOSES: Final = Closing(24, READ_FOR, LONDON)
NOMINATIONS_CLOSE: Final = {
    PollKind.POLICE_COMMISSIONER: Closing(19, READ_FOR, COMMISSIONERS),
    PollKind.LONDON_MAYOR: LONDON_CLOSES,
    PollKind.LONDON_CONSTITUENCY: LONDON_CLOSES,
    PollKind.LONDON_LIST: LONDON_CLOSES,
}
# Of these polls in England the days were read; of others they are the calendar's.
READ_IN_ENGLAND: Final = frozenset(
    (
        PollKind.COMBINED_AUTHORITY_MAYOR,
        PollKind.LOCAL,
        PollKind.POLICE_COMMISSIONER,
        *(kind for kind, how in NOMINATIONS_CLOSE.items() if how is LONDON_CLOSES),
    )
)


@dataclass(frozen=True, slots=True)
class TimetableDay:
    """The last day for one thing, until `until` of it. Programs know it by `code`."""

    code: str
    label: str
    day: date
    until: str
    mark: Mark
    source: Source
    how: str = ""

    @property
    def caution(self) -> str:
        """What is not sure of the day; empty where it was read."""
        if self.mark.is_confirmed:
            return ""
        return f"Not confirmed ({self.mark}: {self.how or self.mark.meaning})."


def nominations_close(
    kind: PollKind, *, poll_on: date, bank_holidays: Container[date]
) -> TimetableDay | None:
    """For the kinds of poll of which the public calendar is wrong; None of others."""
    code, label = "nominations", "Nominations close"
    closing = NOMINATIONS_CLOSE.get(kind)
    if closing is None:
        return None
    day = working_days_before(poll_on, closing.working_days, bank_holidays)
    if poll_on == closing.read_for:
        return TimetableDay(code, label, day, FOUR, Mark.READ, closing.source)
    how = "counted as it was for 2 May 2024"
    return TimetableDay(code, label, day, FOUR, Mark.DERIVED, closing.source, how)


def agents_appointment(
    kind: PollKind, *, poll_on: date, bank_holidays: Container[date]
) -> tuple[TimetableDay, ...]:
    """By when the election agent is appointed, whose office is in the area.

    Read for combined authority mayors; of other polls nothing is said.
    """
    if kind is not PollKind.COMBINED_AUTHORITY_MAYOR:
        return ()
    day = working_days_before(poll_on, AGENT_WORKING_DAYS, bank_holidays)
    label = "Appoint the election agent, with an office in the area"
    return (TimetableDay("agent", label, day, FOUR, Mark.READ, AGENT_SOURCE),)


def by_proxy(
    *, poll_on: date, nation: str, bank_holidays: Container[date]
) -> tuple[TimetableDay, ...]:
    """Applying for a proxy, and for one in an emergency on the day itself.

    Read for England. Wales and Scotland are counted as England; of Northern Ireland,
    whose days differ, nothing was read, and nothing is said.
    """
    if nation == "NIR":
        return ()
    mark = Mark.READ if nation == "ENG" else Mark.DERIVED
    how = "" if nation == "ENG" else "counted as in England"
    day = working_days_before(poll_on, PROXY_WORKING_DAYS, bank_holidays)
    return (
        TimetableDay(
            "proxy", "Apply to vote by proxy", day, FIVE, mark, COMMISSION, how
        ),
        TimetableDay(
            "emergency_proxy",
            "Emergency proxy, or a new postal pack for a lost one",
            poll_on,
            FIVE,
            mark,
            COMMISSION,
            how,
        ),
    )


def by_calendar(
    code: str, label: str, day: date, until: str, *, kind: PollKind, nation: str
) -> TimetableDay:
    """A day of the public calendar: read as well for most polls in England."""
    if nation == "ENG" and kind in READ_IN_ENGLAND:
        return TimetableDay(code, label, day, until, Mark.READ, COMMISSION)
    return TimetableDay(code, label, day, until, Mark.SECONDARY, CALENDAR, AS_CALENDAR)


def day_for(code: str, timetable: tuple[TimetableDay, ...]) -> TimetableDay | None:
    return next((one for one in timetable if one.code == code), None)
