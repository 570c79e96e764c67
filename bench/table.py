"""The figures as one table on the screen and as JSON."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from bench.measures import Measured

HEADER = ("measure", "seconds", "floor", "ratio", "goal", "", "rows", "peak MB", "note")
RIGHT = {1, 2, 3, 6, 7}


def lines(measures: Mapping[str, Measured]) -> Iterable[str]:
    """One line a measure, and one below it for each further figure with a goal."""
    rows = [HEADER]
    for name, one in measures.items():
        rows.append(_row(name, one))
        rows += [
            (
                f"  {figure}",
                "",
                "",
                f"{value:.4g}",
                str(goal),
                _mark(goal.is_met(value)),
                "",
                "",
                "",
            )
            for figure, value, goal in one.verdicts()
            if figure in one.goals
        ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = zip(row, widths, range(len(row)), strict=True)
        yield "  ".join(
            cell.rjust(width) if at in RIGHT else cell.ljust(width)
            for cell, width, at in cells
        ).rstrip()


def _row(name: str, one: Measured) -> tuple[str, ...]:
    met = [goal.is_met(value) for _, value, goal in one.verdicts() if goal is one.goal]
    return (
        name,
        _number(one.seconds),
        _number(one.floor_seconds),
        _number(one.ratio),
        str(one.goal or ""),
        _mark(met[0]) if met else "",
        f"{one.rows:,}" if one.rows is not None else "",
        f"{one.peak_mb:,.0f}" if one.peak_mb is not None else "",
        one.note,
    )


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if value >= 0.1 else f"{value:.4f}"


def _mark(met: bool) -> str:
    return "met" if met else "MISSED"


def write_json(measures: Mapping[str, Measured], path: Path) -> None:
    figures = {name: one.as_json() for name, one in measures.items()}
    path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
