"""The spending chart as SVG made here, which says itself in words."""

from collections.abc import Sequence

from django import template

from campaigns.reports.spending_chart import Point, spending_chart
from campaigns.reports.spending_position import PeriodPosition

register = template.Library()

WIDTH, HEIGHT = 760, 240
LEFT, RIGHT, TOP, BOTTOM = 4, 4, 10, 26
ACROSS, UP = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM


@register.inclusion_tag("campaigns/spending/chart.html")
def spending_svg(position: PeriodPosition) -> dict[str, object]:
    """Used, booked and proposed against the limit, over the regulated period."""
    chart = spending_chart(position)
    base = HEIGHT - BOTTOM
    limit_y = None if chart.limit_y is None else round(base - chart.limit_y * UP, 1)
    today_x = _x(chart.today) if chart.today else None
    area = ""
    if len(chart.used) > 1:
        area = f"{LEFT},{base} {_line(chart.used)} {_x(chart.used[-1])},{base}"
    return {
        "position": position,
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "top": TOP,
        "base": base,
        "area": area,
        "used": _line(chart.used),
        "booked": _line(chart.booked),
        "proposed": _line(chart.with_proposed),
        "limit_y": limit_y,
        "limit_at": None if limit_y is None else _percent(limit_y, HEIGHT),
        "today_x": today_x,
        "today_at": None if today_x is None else _percent(float(today_x), WIDTH),
        "today_turns": bool(chart.today and chart.today.x > 0.85),
        "last": position.weeks[-1],
    }


def _percent(place: float, of: int) -> str:
    """Where a word stands: the drawing is stretched to its page, the words are not."""
    return f"{place / of * 100:.1f}"


def _line(points: Sequence[Point]) -> str:
    return " ".join(f"{_x(p)},{HEIGHT - BOTTOM - p.y * UP:.1f}" for p in points)


def _x(point: Point) -> str:
    return f"{LEFT + point.x * ACROSS:.1f}"
