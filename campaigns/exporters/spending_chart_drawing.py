"""The spending chart as a drawing for paper."""

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing, Line, Polygon, PolyLine, String
from reportlab.lib import colors

from campaigns.exporters.fonts import BOLD, REGULAR
from campaigns.reports.spending_chart import Point, spending_chart
from campaigns.reports.spending_position import PeriodPosition
from campaigns.rules.money import pounds

ACCENT = colors.HexColor("#0b5c6b")
SOFT = colors.HexColor("#e1f0f2")
STOP = colors.HexColor("#b3261e")
MAYBE = colors.HexColor("#8a5a00")
QUIET = colors.HexColor("#4d5b69")
LINE = colors.HexColor("#d5dbe1")
LEFT, RIGHT, BOTTOM, TOP = 4.0, 4.0, 30.0, 6.0
DASHES = [4, 3]


def chart_drawing(position: PeriodPosition, *, width: float, height: float) -> Drawing:
    """Used, booked and proposed against the limit, with the words for each line."""
    chart = spending_chart(position)
    drawing = Drawing(width, height)
    across, up = width - LEFT - RIGHT, height - BOTTOM - TOP

    def flat(points: Sequence[Point]) -> list[float]:
        return [v for p in points for v in (LEFT + p.x * across, BOTTOM + p.y * up)]

    def text(x: float, y: float, words: str, **style: object) -> None:
        style.setdefault("fontName", REGULAR)
        style.setdefault("fillColor", QUIET)
        drawing.add(String(x, y, words, fontSize=8, **style))

    drawing.add(Line(LEFT, BOTTOM, width - RIGHT, BOTTOM, strokeColor=LINE))
    if len(chart.used) > 1:
        last = LEFT + chart.used[-1].x * across
        area = [LEFT, BOTTOM, *flat(chart.used), last, BOTTOM]
        drawing.add(Polygon(area, fillColor=SOFT, strokeColor=None))
    for points, colour, dashes in (
        (chart.with_proposed, MAYBE, [1, 2]),
        (chart.booked, ACCENT, DASHES),
        (chart.used, ACCENT, None),
    ):
        if len(points) > 1:
            drawing.add(
                PolyLine(
                    flat(points),
                    strokeColor=colour,
                    strokeWidth=1.6,
                    strokeDashArray=dashes,
                )
            )
    if chart.limit_y is not None and position.limit is not None:
        y = BOTTOM + chart.limit_y * up
        drawing.add(Line(LEFT, y, width - RIGHT, y, strokeColor=STOP, strokeWidth=1.2))
        text(LEFT + 2, y + 3, f"limit {pounds(position.limit)}", fillColor=STOP)
    if chart.today is not None:
        x = LEFT + chart.today.x * across
        drawing.add(Line(x, BOTTOM, x, height - TOP, strokeColor=LINE))
        text(x, BOTTOM - 11, "today", textAnchor="middle", fontName=BOLD)
    period = position.period
    text(LEFT, BOTTOM - 11, f"{period.first_on.day} {period.first_on:%B}")
    ends = f"{period.last_on.day} {period.last_on:%B}"
    text(width - RIGHT, BOTTOM - 11, ends, textAnchor="end")
    text(
        LEFT,
        6,
        f"Solid: used so far. Dashed: booked, {pounds(position.weeks[-1].booked)} by "
        f"{ends}. Dotted: with everything proposed, "
        f"{pounds(position.weeks[-1].with_proposed)}.",
    )
    return drawing
