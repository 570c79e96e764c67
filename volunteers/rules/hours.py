"""Time that volunteers gave: no moment of anybody's counts twice."""

from collections import defaultdict
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
    counted = list(shifts)
    covered: dict[int, list[TimeGiven]] = defaultdict(list)
    for one in counted:
        covered[one.volunteer].append(one)
    for one in sorted(others, key=lambda one: (one.began_at, one.ended_at)):
        rest = _uncovered(one, covered[one.volunteer])
        covered[one.volunteer] += rest
        counted += rest
    return counted


def _uncovered(given: TimeGiven, covered: Iterable[TimeGiven]) -> list[TimeGiven]:
    pieces = []
    for one in sorted(covered, key=lambda one: one.began_at):
        if one.ended_at <= given.began_at or one.began_at >= given.ended_at:
            continue
        if one.began_at > given.began_at:
            pieces.append(replace(given, ended_at=one.began_at))
        given = replace(given, began_at=min(one.ended_at, given.ended_at))
    return [*pieces, given] if given.length > timedelta() else pieces
