"""Time that volunteers gave: no moment of anybody's counts twice."""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class TimeGiven:
    """From when until when a volunteer, by id, worked for a campaign, by id."""

    volunteer: int
    campaign: int
    began_at: datetime
    ended_at: datetime

    @property
    def length(self) -> timedelta:
        return self.ended_at - self.began_at


def counted_once(
    shifts: Iterable[TimeGiven], others: Iterable[TimeGiven]
) -> list[TimeGiven]:
    """The shifts whole, then of each other time what nothing before it has covered.

    A round, call or stall of a shift is that shift's: what was arranged goes before
    what was seen to be done, and then the earlier before the later.
    """
    counted = sorted(shifts, key=lambda one: one.began_at)
    ahead: dict[int, deque[TimeGiven]] = defaultdict(deque)
    for one in counted:
        ahead[one.volunteer].append(one)
    until: dict[int, datetime] = {}
    for one in sorted(others, key=lambda one: one.began_at):
        begins = max(one.began_at, until.get(one.volunteer, one.began_at))
        theirs = ahead[one.volunteer]
        while theirs and theirs[0].ended_at <= begins:
            theirs.popleft()
        if begins < one.ended_at:
            counted += _outside(replace(one, began_at=begins), theirs)
            until[one.volunteer] = one.ended_at
    return counted


def _outside(given: TimeGiven, shifts: Iterable[TimeGiven]) -> list[TimeGiven]:
    """What of it lies in none of these, which are in order."""
    pieces = []
    for one in shifts:
        if one.began_at >= given.ended_at:
            break
        if one.began_at > given.began_at:
            pieces.append(replace(given, ended_at=one.began_at))
        given = replace(given, began_at=max(given.began_at, one.ended_at))
    return [*pieces, given] if given.length > timedelta() else pieces
