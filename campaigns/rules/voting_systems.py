"""How the votes are counted in a kind of poll, and so what may be asked of a voter.

A dated property of the election: mayors and commissioners were elected by the
supplementary vote until 2022, by first past the post from 4 May 2023, and combined
authority mayors by the supplementary vote again for polls from 18 June 2026 (English
Devolution and Community Empowerment Act 2026 and its first commencement regulations).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campaigns.rules.election_kinds import PollKind
from campaigns.rules.marks import Mark, Source


class VotingSystem(StrEnum):
    FIRST_PAST_THE_POST = "fptp"
    SUPPLEMENTARY_VOTE = "sv"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SystemInForce:
    """The system of one poll; a `caution` says what has to be confirmed."""

    system: VotingSystem
    mark: Mark
    source: Source
    caution: str = ""


FPTP_FOR_MAYORS = date(2023, 5, 4)
SV_RETURNS = date(2026, 6, 18)
# Notice comes 25 working days before a poll; what was saved for polls whose notice
# came before the change was not read.
SV_SURE_FROM = date(2026, 8, 1)

MAYORS_AND_COMMISSIONERS = frozenset(
    (
        PollKind.COMBINED_AUTHORITY_MAYOR,
        PollKind.LOCAL_AUTHORITY_MAYOR,
        PollKind.LONDON_MAYOR,
        PollKind.POLICE_COMMISSIONER,
    )
)
SINGLE_TRANSFERABLE_VOTE = frozenset(("SCT", "NIR"))

ELECTION_IDS = Source("Public scheme of election ids, table of voting systems")
COMMENCEMENT = Source(
    "Commencement No. 1 and Saving Regulations 2026, as reported",
    "http://the-common-room.co.uk/england-mayoral-elections-move-to-supplementary-vote",
)
NOT_READ = Source("Not read")
CONFIRM = "The voting system was not read for this poll: confirm it with the officer."


def voting_system(
    kind: PollKind | str, *, poll_on: date, nation: str = "ENG"
) -> SystemInForce:
    """The voting system of a poll. What was not read is `OTHER`, with a caution."""
    kind = PollKind(kind)
    if kind in MAYORS_AND_COMMISSIONERS:
        return _of_mayors(kind, poll_on)
    if kind is PollKind.UK_PARLIAMENT:
        return _generally(VotingSystem.FIRST_PAST_THE_POST)
    if kind is PollKind.LOCAL and nation in SINGLE_TRANSFERABLE_VOTE:
        return _generally(VotingSystem.OTHER)
    if kind in (PollKind.LOCAL, PollKind.PARISH):
        return _generally(VotingSystem.FIRST_PAST_THE_POST)
    return SystemInForce(VotingSystem.OTHER, Mark.GENERAL, NOT_READ, CONFIRM)


def asks_second_preference(system: VotingSystem | str) -> bool:
    """Is a second preference worth asking for? Only under the supplementary vote."""
    return VotingSystem(system) is VotingSystem.SUPPLEMENTARY_VOTE


def _of_mayors(kind: PollKind, poll_on: date) -> SystemInForce:
    if poll_on < FPTP_FOR_MAYORS:
        return SystemInForce(
            VotingSystem.SUPPLEMENTARY_VOTE, Mark.SECONDARY, ELECTION_IDS
        )
    if poll_on < SV_RETURNS:
        return SystemInForce(
            VotingSystem.FIRST_PAST_THE_POST, Mark.SECONDARY, ELECTION_IDS
        )
    if kind is not PollKind.COMBINED_AUTHORITY_MAYOR:
        return SystemInForce(VotingSystem.OTHER, Mark.GENERAL, NOT_READ, CONFIRM)
    caution = "" if poll_on >= SV_SURE_FROM else CONFIRM
    return SystemInForce(
        VotingSystem.SUPPLEMENTARY_VOTE, Mark.SECONDARY, COMMENCEMENT, caution
    )


def _generally(system: VotingSystem) -> SystemInForce:
    return SystemInForce(system, Mark.GENERAL, ELECTION_IDS)
