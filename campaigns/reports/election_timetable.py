"""An election's timetable: by when to register, to apply for a vote by post or proxy.

Days are those of uk-election-timetables where that is right; the others come from
`campaigns.rules.election_timetable`.
"""

from datetime import date
from typing import Final

from uk_election_timetables.election import Election as Calendar
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
from campaigns.rules.election_timetable import (
    FIVE,
    FOUR,
    MIDNIGHT,
    TimetableDay,
    agents_appointment,
    by_calendar,
    by_proxy,
    nominations_close,
)
from campaigns.rules.photo_id import certificate_serves
from campaigns.rules.working_days import working_days_after

CALENDARS: Final = {
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
CALENDARS_OF_A_NATION: Final = {
    PollKind.LOCAL: LocalElection,
    PollKind.PARISH: LocalElection,
    PollKind.UK_PARLIAMENT: UKParliamentElection,
}


def election_timetable(election: Election) -> tuple[TimetableDay, ...]:
    """In the order of the days; what was not read of a nation is left out."""
    kind, nation = parse_election_id(election.slug).kind, election.nation
    calendar = _calendar(kind, election)
    days = [
        _nominations(kind, calendar, election),
        *agents_appointment(
            kind,
            poll_on=election.poll_on,
            bank_holidays=bank_holidays(nation),
        ),
        by_calendar(
            "registration",
            "Register to vote",
            calendar.registration_deadline,
            MIDNIGHT,
            kind=kind,
            nation=nation,
        ),
        by_calendar(
            "postal",
            "Apply to vote by post",
            calendar.postal_vote_application_deadline,
            FIVE,
            kind=kind,
            nation=nation,
        ),
        *by_proxy(
            poll_on=election.poll_on,
            nation=nation,
            bank_holidays=bank_holidays(nation),
        ),
    ]
    if certificate_serves(kind, nation=nation):
        certificate = by_calendar(
            "voter_certificate",
            "Apply for a Voter Authority Certificate",
            calendar.vac_application_deadline,
            FIVE,
            kind=kind,
            nation=nation,
        )
        days.append(certificate)
    return tuple(sorted(days, key=lambda one: (one.day, one.label)))


def earliest_packs(election: Election) -> date:
    """The earliest day on which postal packs can go out: the working day after
    nominations close, when it is known who stands. The officer says the real one."""
    kind = parse_election_id(election.slug).kind
    closed_on = _nominations(kind, _calendar(kind, election), election).day
    return working_days_after(closed_on, 1, bank_holidays(election.nation))


def _calendar(kind: PollKind, election: Election) -> Calendar:
    if kind in CALENDARS_OF_A_NATION:
        country = COUNTRIES[election.nation]
        return CALENDARS_OF_A_NATION[kind](election.poll_on, country)
    return CALENDARS[kind](election.poll_on)


def _nominations(
    kind: PollKind, calendar: Calendar, election: Election
) -> TimetableDay:
    put_right = nominations_close(
        kind,
        poll_on=election.poll_on,
        bank_holidays=bank_holidays(election.nation),
    )
    return put_right or by_calendar(
        "nominations",
        "Nominations close",
        calendar.close_of_nominations,
        FOUR,
        kind=kind,
        nation=election.nation,
    )
