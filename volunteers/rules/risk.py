"""Which shifts may fall through, and why: house rules, for an organiser to act on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

FEW = 0.5  # less than this share of what is wanted is few
CONFIRMED_WITHIN = timedelta(hours=24)
OFTEN_MISSING = 0.34  # somebody who stayed away from a third of their shifts
ENOUGH_SHIFTS = 3  # of which so many are over, before that says anything


@dataclass(frozen=True)
class History:
    """How many shifts somebody had a place on that are over, and came to."""

    over: int
    came: int

    @property
    def often_missing(self) -> bool:
        missed = self.over - self.came
        return self.over >= ENOUGH_SHIFTS and missed / self.over >= OFTEN_MISSING


@dataclass(frozen=True)
class Outlook:
    """A shift that is to come: who has a place (their histories), and what is known."""

    starts_at: datetime
    places: int
    coming: Sequence[History]
    confirmed: int
    has_leader: bool
    leader_is_coming: bool


def risks(outlook: Outlook, *, at: datetime) -> list[str]:
    """Why it may fall through, the worst first; nothing where all is well."""
    coming = len(outlook.coming)
    found = []
    if not coming:
        found.append("Nobody has taken a place.")
    elif coming < FEW * outlook.places:
        found.append(f"{coming} of {outlook.places} places are taken.")
    if not outlook.has_leader:
        found.append("It has no leader.")
    elif not outlook.leader_is_coming:
        found.append("Its leader has not taken a place.")
    is_near = outlook.starts_at - at <= CONFIRMED_WITHIN
    if coming and is_near and outlook.confirmed < FEW * coming:
        found.append(
            f"{outlook.confirmed} of {coming} have said that they will be there."
        )
    missing = sum(one.often_missing for one in outlook.coming)
    if missing and coming - missing < FEW * outlook.places <= coming:
        found.append(f"{missing} of {coming} often stay away.")
    return found
