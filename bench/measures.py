"""What a measure is: a time beside its floor, against what was promised."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any


@dataclass(frozen=True)
class Goal:
    """What was promised of a figure: of `ratio`, `seconds` or another by name."""

    figure: str
    limit: float
    at_least: bool = False

    def is_met(self, value: float) -> bool:
        return value >= self.limit if self.at_least else value <= self.limit

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        return (
            f"{sign} {self.limit:g} ×"
            if self.figure == "ratio"
            else f"{sign} {self.limit:g}"
        )


@dataclass
class Measured:
    """One line of the table. `more` holds further figures by name, `goals` theirs."""

    seconds: float | None = None
    floor_seconds: float | None = None
    rows: int | None = None
    ratio: float | None = None
    peak_mb: float | None = None
    note: str = ""
    goal: Goal | None = None
    more: dict[str, Any] = field(default_factory=dict)
    goals: dict[str, Goal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.ratio is None and self.seconds and self.floor_seconds:
            self.ratio = self.seconds / self.floor_seconds

    def verdicts(self) -> list[tuple[str, float, Goal]]:
        """Each figure that something was promised of."""
        found = (
            [(self.goal.figure, getattr(self, self.goal.figure), self.goal)]
            if self.goal
            else []
        )
        found += [(name, self.more[name], goal) for name, goal in self.goals.items()]
        return [one for one in found if one[1] is not None]

    def as_json(self) -> dict[str, Any]:
        figures = {
            name: getattr(self, name)
            for name in ("seconds", "floor_seconds", "ratio", "rows", "peak_mb")
        }
        met = {name: goal.is_met(value) for name, value, goal in self.verdicts()}
        return figures | self.more | {"note": self.note, "met": met}


def seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def side_by_side(
    work: Callable[[], object], floor: Callable[[], object], *, times: int = 3
) -> tuple[float, float]:
    """Medians of both, run in turn so that a busy machine slows both alike."""
    pairs = [(seconds(floor), seconds(work)) for _ in range(times)]
    floors, works = zip(*pairs, strict=True)
    return statistics.median(works), statistics.median(floors)
