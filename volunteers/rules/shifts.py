"""Shifts as spans of time: which clash, how each hour is covered, hours given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

HOUR = timedelta(hours=1)
LONGEST_SHIFT = timedelta(days=1)
LEADS_BEFORE = timedelta(hours=12)


@dataclass(frozen=True)
class Span:
    """A time with a beginning and an end, the end not included."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Span") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def leads_to_its_work(shift: Span, *, at: datetime) -> bool:
    """From twelve hours before it begins until it ends: a house rule, so that whoever
    goes out in the morning may look the evening before."""
    return shift.starts_at - LEADS_BEFORE <= at < shift.ends_at


@dataclass(frozen=True)
class Need:
    """A shift as cover: how many are wanted there, and how many have said yes."""

    span: Span
    wanted: int
    coming: int


@dataclass(frozen=True)
class HourOfCover:
    """One hour, and the people wanted and coming at any time within it."""

    begins_at: datetime
    wanted: int
    coming: int

    @property
    def missing(self) -> int:
        return max(self.wanted - self.coming, 0)


def clashes(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The pairs that overlap, as places in `spans`. One that ends as another begins
    does not."""
    return [
        (first, second)
        for first, second in combinations(range(len(spans)), 2)
        if spans[first].overlaps(spans[second])
    ]


def cover_by_hour(needs: Iterable[Need], *, span: Span) -> list[HourOfCover]:
    """Each hour of `span` with all who are wanted and all who are coming within it."""
    needs = list(needs)
    hours = []
    begins_at = span.starts_at
    while begins_at < span.ends_at:
        hour = Span(begins_at, begins_at + HOUR)
        here = [need for need in needs if need.span.overlaps(hour)]
        wanted = sum(need.wanted for need in here)
        coming = sum(min(need.coming, need.wanted) for need in here)
        hours.append(HourOfCover(begins_at, wanted, coming))
        begins_at += HOUR
    return hours
