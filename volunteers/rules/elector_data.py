"""Who may hold elector data now: names and addresses, on a phone or on paper.

A rule of the house, not a figure of law. It rests on UK GDPR, article 29: whoever acts
for the controller handles personal data only as the controller has told them to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Barrier(StrEnum):
    """Why somebody may not hold elector data, in the order in which it is asked."""

    STOOD_DOWN = "stood_down"
    NO_PROMISE = "no_promise"
    UNDER_18_ALONE = "under_18_alone"


SENTENCES = {
    Barrier.STOOD_DOWN: "They have stood down.",
    Barrier.NO_PROMISE: "They have given no data promise that still holds.",
    Barrier.UNDER_18_ALONE: "They are under 18, so an adult has to go with them.",
}


@dataclass(frozen=True)
class PromiseGiven:
    """A data promise: when it was given, and until when it holds (None: no end)."""

    given_at: datetime
    until_at: datetime | None

    def holds(self, at: datetime) -> bool:
        return self.given_at <= at and (self.until_at is None or at < self.until_at)


def barrier_to_elector_data(
    *,
    promises: Iterable[PromiseGiven],
    is_under_18: bool,
    is_accompanied: bool,
    stood_down_at: datetime | None,
    at: datetime,
) -> Barrier | None:
    """What keeps them from elector data at this moment; None where nothing does."""
    if stood_down_at is not None and stood_down_at <= at:
        return Barrier.STOOD_DOWN
    if not any(promise.holds(at) for promise in promises):
        return Barrier.NO_PROMISE
    if is_under_18 and not is_accompanied:
        return Barrier.UNDER_18_ALONE
    return None


def may_hold_elector_data(
    *,
    promises: Iterable[PromiseGiven],
    is_under_18: bool,
    is_accompanied: bool,
    stood_down_at: datetime | None,
    at: datetime,
) -> bool:
    """A promise that holds, not stood down, and 18 or over or with an adult."""
    barrier = barrier_to_elector_data(
        promises=promises,
        is_under_18=is_under_18,
        is_accompanied=is_accompanied,
        stood_down_at=stood_down_at,
        at=at,
    )
    return barrier is None
