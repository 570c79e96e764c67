"""What never counts towards a limit, by which rule, and how well that was read.

Representation of the People Act 1983, Sch 4A part 2, and Electoral Commission
guidance. Worked examples: docs/rules/exclusions.md.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campaigns.rules.election_kinds import PollKind
from campaigns.rules.figures import Figure
from campaigns.rules.marks import Mark, Source
from campaigns.rules.refusals import Refusal
from campaigns.rules.spending_rates.days import AFTER_MARCH_2024, APPROVED_2024

NOT_READ = (
    "This exclusion was not read in the law itself: ask the Electoral Commission "
    "before you rely on it."
)
NOT_EVERYWHERE = (
    "In certain elections in Scotland and Wales security is not excluded: ask the "
    "Electoral Commission whether it is in yours."
)
SECURITY_LATER = (
    "Security is excluded by an order of March 2024 (SI 2024/428, reg 4), after your "
    "poll: what it cost counts like anything else. Enter it without an exclusion."
)
SECURITY_DAY_NOT_READ = (
    "Security is excluded by an order of March 2024, of which the exact day was not "
    "read: ask the Electoral Commission whether it holds for your poll."
)


class Exclusion(StrEnum):
    """Why something never counts towards the limit."""

    PERSONAL = "Reasonable personal expenses of the candidate: reported, not counted"
    VOLUNTEER_TIME = "Time given by volunteers"
    DEPOSIT = "The candidate's deposit"
    DISABILITY = "Reasonably attributable to the candidate's disability"
    PRESS = "Matter other than an advertisement in the press or in a broadcast"
    SECURITY = "Reasonable security of persons or property"
    FACILITIES = "Facilities that candidates have by right, such as rooms for meetings"
    RESIDENCE = "Use of somebody's own home, given free"
    CAR = "Use of somebody's own car, given free"
    COMPUTER = "Use of computing equipment got mainly for personal use, given free"

    @property
    def basis(self) -> "ExclusionBasis":
        return _BASES[self]


@dataclass(frozen=True, slots=True)
class ExclusionBasis:
    """The rule behind an exclusion; a `caution` is shown wherever it is used."""

    source: Source
    mark: Mark = Mark.READ
    caution: str = ""


SCHEDULE_4A = Source(
    "Representation of the People Act 1983, Sch 4A part 2",
    "https://legislation.gov.uk/cy/ukpga/1983/2/schedule/4A/2013-03-27?view=extent",
)
_UNREAD = ExclusionBasis(SCHEDULE_4A, Mark.GENERAL, NOT_READ)
_BASES = {
    Exclusion.PERSONAL: ExclusionBasis(
        Source("Electoral Commission, candidates' personal expenses")
    ),
    Exclusion.VOLUNTEER_TIME: ExclusionBasis(
        Source("Electoral Commission, what does not count: volunteer time")
    ),
    Exclusion.DEPOSIT: ExclusionBasis(SCHEDULE_4A),
    Exclusion.DISABILITY: ExclusionBasis(SCHEDULE_4A),
    Exclusion.PRESS: ExclusionBasis(
        Source(
            "Police and Crime Commissioner Elections Order 2012, Sch 7",
            "https://legislation.gov.uk/uksi/2012/1917/schedule/7/2023-01-16/data.html",
        )
    ),
    Exclusion.SECURITY: ExclusionBasis(
        Source(
            "SI 2024/428, reg 4", "https://legislation.gov.uk/uksi/2024/428/note/made"
        )
    ),
    Exclusion.FACILITIES: _UNREAD,
    Exclusion.RESIDENCE: _UNREAD,
    Exclusion.CAR: _UNREAD,
    Exclusion.COMPUTER: _UNREAD,
}
FIGURES = tuple(
    Figure(
        "What counts",
        f"Never counted: {exclusion}",
        "nothing",
        exclusion.basis.mark,
        exclusion.basis.source,
        effective_from=APPROVED_2024 if exclusion is Exclusion.SECURITY else None,
        caution=exclusion.basis.caution,
    )
    for exclusion in Exclusion
)


class ExclusionRefused(Refusal):
    """The exclusion does not hold for the poll."""


def refuse_exclusion(
    exclusion: Exclusion, *, kind: PollKind | str, poll_on: date
) -> None:
    """Say no to what the law did not exclude yet on polling day: security, before the
    order of March 2024 was approved. For the Senedd it was excluded already, since when
    was not read."""
    is_early = exclusion is Exclusion.SECURITY and poll_on < APPROVED_2024
    if is_early and PollKind(kind) is not PollKind.SENEDD:
        raise ExclusionRefused("not_excluded_yet", SECURITY_LATER)


def exclusion_caution(exclusion: Exclusion, *, nation: str, poll_on: date) -> str:
    """What has to be said where it is used in a poll of this nation, on that day."""
    if exclusion is not Exclusion.SECURITY:
        return exclusion.basis.caution
    if nation in {"SCT", "WLS"}:
        return NOT_EVERYWHERE
    if poll_on < APPROVED_2024:
        return SECURITY_LATER
    return SECURITY_DAY_NOT_READ if poll_on < AFTER_MARCH_2024 else ""
