"""A figure of the law with its dates, its source and its mark."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from campaigns.rules.marks import Mark, Source

SINCE_WHEN_NOT_READ = (
    "From which day it holds was not read: ask the returning officer whether it holds "
    "for your poll."
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it is used here; `value` as people read it, such as `£2,362.00`.

    It holds from `effective_from` until the day before `effective_to`; without them
    its days were not read, which is said, unless nothing of it was. `read_on` is the
    day of the page in which it stood, where that bears one: it held by then. A
    `caution` is shown with whatever is worked from it.
    """

    topic: str
    what: str
    value: str
    mark: Mark
    source: Source
    effective_from: date | None = None
    effective_to: date | None = None
    caution: str = ""
    read_on: date | None = None

    def caution_on(self, day: date | None) -> str:
        """What to say where it is used for a poll on this day, or else on any."""
        return " ".join(filter(None, (self.caution, self._since_when(day))))

    def _since_when(self, day: date | None) -> str:
        if self.effective_from or self.mark is Mark.GENERAL:
            return ""
        if self.read_on is None:
            return SINCE_WHEN_NOT_READ
        if day and day >= self.read_on:
            return ""
        return f"It was read as of {self.read_on:%-d %B %Y}. {SINCE_WHEN_NOT_READ}"


def cautions_on(figures: Iterable[Figure], day: date) -> str:
    """What to say of these for a poll on this day, each named; empty if all is sure."""
    return " ".join(
        f"{figure.what} {figure.value}. {caution}"
        for figure in figures
        if (caution := figure.caution_on(day))
    )
