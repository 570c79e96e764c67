"""Charts as SVG made here: no script, printable, and each says itself in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django import template

register = template.Library()

WIDTH, HEIGHT = 760, 210
TOP, BOTTOM, LEFT, RIGHT = 14, 30, 52, 12
GRID_LINES = 3


class Day(Protocol):
    on: date
    conversations: int
    pledges: int


@dataclass(frozen=True)
class Bar:
    """One day's bar, and where the line passes above it, in the drawing's units."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    line_y: float
    day: Day


@register.inclusion_tag("charts/days.html")
def day_chart(days: Sequence[Day]) -> dict[str, object]:
    """Conversations a day as bars, pledges as a line. `days` has no gap."""
    top = _round_up(max((day.conversations for day in days), default=0))
    bars = _bars(days, top)
    return {
        "days": days,
        "bars": bars,
        "line": " ".join(f"{bar.middle:.1f},{bar.line_y:.1f}" for bar in bars),
        "grid": [
            (round(_y(top * n / GRID_LINES, top), 1), round(top * n / GRID_LINES))
            for n in range(GRID_LINES + 1)
        ],
        "conversations": sum(day.conversations for day in days),
        "pledges": sum(day.pledges for day in days),
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": WIDTH - RIGHT,
    }


def _bars(days: Sequence[Day], top: int) -> list[Bar]:
    step = (WIDTH - LEFT - RIGHT) / max(len(days), 1)
    bars = []
    for n, day in enumerate(days):
        x, y = LEFT + n * step + step * 0.14, _y(day.conversations, top)
        bars.append(
            Bar(
                x=round(x, 1),
                y=round(y, 1),
                width=round(step * 0.72, 1),
                height=round(HEIGHT - BOTTOM - y, 1),
                middle=round(x + step * 0.36, 1),
                line_y=round(_y(day.pledges, top), 1),
                day=day,
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
