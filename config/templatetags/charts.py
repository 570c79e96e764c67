"""Charts as SVG made here: no script, printable, and each says itself in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django import template
from django.utils.dateformat import format as date_format

from campaigns.times import clock

register = template.Library()

WIDTH, HEIGHT = 760, 210
TOP, BOTTOM, LEFT, RIGHT = 14, 30, 52, 12
GRID_LINES = 3


class Day(Protocol):
    on: date
    conversations: int
    pledges: int


class Hour(Protocol):
    begins: datetime
    voted: int
    pledges: int


@dataclass(frozen=True)
class Column:
    """What one bar and the line above it say, and when that was."""

    when: str
    bar: int
    line: int


@dataclass(frozen=True)
class Bar:
    """One column's bar, and where the line passes, in the drawing's units."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    line_y: float
    column: Column


@register.inclusion_tag("charts/columns.html")
def day_chart(days: Sequence[Day], pledge: str = "pledge") -> dict[str, object]:
    """Conversations a day as bars, pledges as a line. `days` has no gap."""
    columns = [
        Column(date_format(day.on, "D j F"), day.conversations, day.pledges)
        for day in days
    ]
    return _chart(columns, head="Day", bars="conversations", line=f"{pledge}s") | {
        "first": date_format(days[0].on, "j F") if days else "",
        "last": "today",
    }


@register.inclusion_tag("charts/columns.html")
def hour_chart(hours: Sequence[Hour], pledge: str = "pledge") -> dict[str, object]:
    """Who voted, an hour, as bars; those who had pledged, as a line."""
    columns = [
        Column(
            f"{clock(hour.begins)} to {clock(hour.begins + timedelta(hours=1))}",
            hour.voted,
            hour.pledges,
        )
        for hour in hours
    ]
    return _chart(
        columns, head="Hour", bars="have voted", line=f"{pledge}s of them"
    ) | {
        "first": clock(hours[0].begins) if hours else "",
        "last": "this hour",
    }


def _chart(
    columns: Sequence[Column], *, head: str, bars: str, line: str
) -> dict[str, object]:
    top = _round_up(max((column.bar for column in columns), default=0))
    drawn = _bars(columns, top)
    return {
        "head": head,
        "bar_words": bars,
        "line_words": line,
        "columns": columns,
        "bars": drawn,
        "line": " ".join(f"{bar.middle:.1f},{bar.line_y:.1f}" for bar in drawn),
        "grid": _grid(top),
        "bar_sum": sum(column.bar for column in columns),
        "line_sum": sum(column.line for column in columns),
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": WIDTH - RIGHT,
    }


def _bars(columns: Sequence[Column], top: int) -> list[Bar]:
    step = (WIDTH - LEFT - RIGHT) / max(len(columns), 1)
    bars = []
    for n, column in enumerate(columns):
        x, y = LEFT + n * step + step * 0.14, _y(column.bar, top)
        bars.append(
            Bar(
                x=round(x, 1),
                y=round(y, 1),
                width=round(step * 0.72, 1),
                height=round(HEIGHT - BOTTOM - y, 1),
                middle=round(x + step * 0.36, 1),
                line_y=round(_y(column.line, top), 1),
                column=column,
            )
        )
    return bars


def _y(value: float, top: int) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top


def _round_up(most: int) -> int:
    """The next figure that divides well by the number of grid lines."""
    size = 1
    while True:
        for step in (3, 6, 12, 15, 30, 60, 90):
            if most <= step * size:
                return step * size
        size *= 10


class Week(Protocol):
    monday: date
    hours: list[int]


SHADES = 4  # campaigns told apart by shade; the last one is all others together


@dataclass(frozen=True)
class Piece:
    """One campaign's part of a week's column, in the drawing's units."""

    x: float
    y: float
    width: float
    height: float
    shade: int
    words: str


@register.inclusion_tag("charts/shares.html")
def share_chart(names: Sequence[str], weeks: Sequence[Week]) -> dict[str, object]:
    """Hours a week as columns, each in parts by campaign. `weeks` has no gap."""
    top = _round_up(max((sum(week.hours) for week in weeks), default=0))
    step = (WIDTH - LEFT - RIGHT) / max(len(weeks), 1)
    return {
        "names": [(min(n, SHADES - 1), name) for n, name in enumerate(names)],
        "rows": [
            (week.monday, list(zip(names, week.hours, strict=True)))
            for week in reversed(weeks)
        ],
        "sums": [
            (name, sum(week.hours[n] for week in weeks)) for n, name in enumerate(names)
        ],
        "weeks": weeks,
        "pieces": [
            piece
            for n, week in enumerate(weeks)
            for piece in _pieces(names, week, LEFT + step * (n + 0.14), step, top)
        ],
        "grid": _grid(top),
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "last": LEFT + step * (len(weeks) - 0.5),
    }


def _pieces(
    names: Sequence[str], week: Week, x: float, step: float, top: int
) -> list[Piece]:
    pieces, below = [], 0
    for n, (name, hours) in enumerate(zip(names, week.hours, strict=True)):
        upper, lower = _y(below + hours, top), _y(below, top)
        words = f"Week from {date_format(week.monday, 'j F')}, {name}: {hours} hours"
        if hours:
            shade, height = min(n, SHADES - 1), round(lower - upper, 1)
            pieces.append(
                Piece(
                    round(x, 1),
                    round(upper, 1),
                    round(step * 0.72, 1),
                    height,
                    shade,
                    words,
                )
            )
        below += hours
    return pieces


def _grid(top: int) -> list[tuple[float, int]]:
    return [
        (round(_y(top * n / GRID_LINES, top), 1), round(top * n / GRID_LINES))
        for n in range(GRID_LINES + 1)
    ]


@register.inclusion_tag("charts/bar.html")
def progress_bar(part: float, whole: float, words: str) -> dict[str, object]:
    """How much of a whole, as a bar; `words` says it to those who do not see it."""
    return {"part": min(part, whole), "whole": whole or 1, "words": words}


@dataclass(frozen=True)
class Shape:
    """A ward on the map: its outline, how far along it is, and where it leads."""

    path: str
    step: int
    words: str
    url: str


@register.inclusion_tag("charts/map.html")
def ward_map(wards: Sequence[dict[str, Any]]) -> dict[str, object]:
    """Wards coloured by `share` (0 to 1 of the target, null for none).

    Each is `{"boundary": GeoJSON geometry, "share", "words", "url"}`.
    """
    drawn = [ward for ward in wards if ward["boundary"]]
    points = [p for ward in drawn for ring in _rings(ward["boundary"]) for p in ring]
    if not points:
        return {"shapes": []}
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    # A degree of longitude is this much of a degree of latitude at 52.5 north.
    squeeze, scale = 0.609, 1000 / max((east - west) * 0.609, 0.001)

    def path(geometry: dict[str, Any]) -> str:
        return "".join(
            "M"
            + "L".join(
                f"{(x - west) * squeeze * scale:.1f} {(north - y) * scale:.1f}"
                for x, y, *_ in ring
            )
            + "Z"
            for ring in _rings(geometry)
        )

    return {
        "height": round((north - south) * scale, 1),
        "shapes": [
            Shape(path(w["boundary"]), step_of(w["share"]), w["words"], w["url"])
            for w in drawn
        ],
    }


def step_of(share: float | None) -> int:
    """The map's shade: 0 with no target, else 1 (under a fifth) to 5 (four fifths)."""
    return 0 if share is None else min(int(share * 5) + 1, 5)


def _rings(geometry: dict[str, Any]) -> list[list[list[float]]]:
    parts = geometry["coordinates"]
    polygons = [parts] if geometry["type"] == "Polygon" else parts
    return [ring for polygon in polygons for ring in polygon]
