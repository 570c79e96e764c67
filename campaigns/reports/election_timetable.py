"""An election's timetable: by when to register, to apply for a vote by post or proxy.

Most days are those of uk-election-timetables. Two of its days are those on which the
nominations were published, not on which they closed, and are put right here; days for
proxies it does not know. Examples, sources and marks: docs/rules/election-timetable.md.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from uk_election_timetables.election import Election as Timetable
from uk_election_timetables.elections import (
    GreaterLondonAssemblyElection,
    LocalElection,
    MayoralElection,
    NorthernIrelandAssemblyElection,
    PoliceAndCrimeCommissionerElection,
    ScottishParliamentElection,
    SeneddCymruElection,
    UKParliamentElection,
)

from campaigns.models import Election
from campaigns.reports.bank_holidays import COUNTRIES, bank_holidays
from campaigns.rules.election_kinds import PollKind, parse_election_id
from campaigns.rules.marks import Mark
from campaigns.rules.working_days import working_days_before

TIMETABLES: Final = {
    PollKind.COMBINED_AUTHORITY_MAYOR: MayoralElection,
    PollKind.LOCAL_AUTHORITY_MAYOR: MayoralElection,
    PollKind.LONDON_MAYOR: GreaterLondonAssemblyElection,
    PollKind.LONDON_CONSTITUENCY: GreaterLondonAssemblyElection,
    PollKind.LONDON_LIST: GreaterLondonAssemblyElection,
    PollKind.POLICE_COMMISSIONER: PoliceAndCrimeCommissionerElection,
    PollKind.SCOTTISH_PARLIAMENT: ScottishParliamentElection,
    PollKind.SENEDD: SeneddCymruElection,
    PollKind.NORTHERN_IRELAND_ASSEMBLY: NorthernIrelandAssemblyElection,
}
OF_A_NATION: Final = {
    PollKind.LOCAL: LocalElection,
    PollKind.PARISH: LocalElection,
    PollKind.UK_PARLIAMENT: UKParliamentElection,
}
# Working days before the poll on which nominations close, where the package tells
# another day. Read for the polls of 2 May 2024: 5 April for police commissioners,
# 27 March for London.
NOMINATIONS_CLOSE: Final = {
    PollKind.POLICE_COMMISSIONER: 19,
    PollKind.LONDON_MAYOR: 24,
    PollKind.LONDON_CONSTITUENCY: 24,
    PollKind.LONDON_LIST: 24,
}
PROXY_WORKING_DAYS: Final = 6
FIVE = "5 pm"


@dataclass(frozen=True, slots=True)
class TimetableDay:
    """The last day for one thing, at `until` of that day. Programs know it by `code`.
    `caution` says what is not sure of it; empty where it was read."""

    code: str
    label: str
    day: date
    until: str
    caution: str = ""


def election_timetable(election: Election) -> tuple[TimetableDay, ...]:
    """In the order of the days."""
    kind = parse_election_id(election.slug).kind
    known = _timetable(kind, election)
    days = [
        _nominations(kind, known, election),
        TimetableDay(
            "registration",
            "Register to vote",
            known.registration_deadline,
            "midnight",
        ),
        TimetableDay(
            "postal",
            "Apply to vote by post",
            known.postal_vote_application_deadline,
            FIVE,
        ),
        *_by_proxy(election),
    ]
    if election.nation != "NIR":
        days.append(
            TimetableDay(
                "voter_certificate",
                "Apply for a Voter Authority Certificate",
                known.vac_application_deadline,
                FIVE,
            )
        )
    return tuple(sorted(days, key=lambda one: (one.day, one.label)))


def day_for(code: str, timetable: tuple[TimetableDay, ...]) -> TimetableDay | None:
    return next((one for one in timetable if one.code == code), None)


def _timetable(kind: PollKind, election: Election) -> Timetable:
    if kind in OF_A_NATION:
        return OF_A_NATION[kind](election.poll_on, COUNTRIES[election.nation])
    return TIMETABLES[kind](election.poll_on)


def _nominations(kind: PollKind, known: Timetable, election: Election) -> TimetableDay:
    caution = ""
    if kind in NOMINATIONS_CLOSE:
        day = working_days_before(
            election.poll_on, NOMINATIONS_CLOSE[kind], bank_holidays(election.nation)
        )
        if election.poll_on != date(2024, 5, 2):
            caution = _not_read("counted as it was for 2 May 2024")
    else:
        day = known.close_of_nominations
    return TimetableDay("nominations", "Nominations close", day, "4 pm", caution)


def _by_proxy(election: Election) -> list[TimetableDay]:
    """The package knows none of these. Read for England in 2024; elsewhere as there."""
    caution = (
        ""
        if election.nation == "ENG"
        else _not_read("counted as in England, confirm it with the returning officer")
    )
    day = working_days_before(
        election.poll_on, PROXY_WORKING_DAYS, bank_holidays(election.nation)
    )
    return [
        TimetableDay("proxy", "Apply to vote by proxy", day, FIVE, caution),
        TimetableDay(
            "emergency_proxy",
            "Emergency proxy, or another postal pack for a lost one",
            election.poll_on,
            FIVE,
            caution,
        ),
    ]


def _not_read(how: str) -> str:
    return f"Not read ({Mark.DERIVED}): {how}."
