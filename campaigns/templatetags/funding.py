"""The funding chart as SVG made here, which says itself in words."""

from decimal import Decimal

from django import template

from campaigns.reports.funding_position import FundingPosition
from campaigns.templatetags.spending import ACROSS, BOTTOM, HEIGHT, LEFT, UP, WIDTH

register = template.Library()

# A limit of more than so many times the money would press the lines flat.
AT_MOST = 3


@register.inclusion_tag("campaigns/spending/funding_chart.html")
def funding_svg(position: FundingPosition) -> dict[str, object]:
    """Money accepted against what is ordered and planned, summed up week by week, and
    the limit where it is near enough to be seen beside them."""
    weeks = position.weeks
    most = max(
        Decimal(1), *(max(week.received, week.bound, week.planned) for week in weeks)
    )

    limit = weeks[-1].limit
    if limit is not None and limit <= AT_MOST * most:
        most = max(most, limit)
    else:
        limit = None

    def height(amount: Decimal) -> str:
        return f"{HEIGHT - BOTTOM - float(amount / most) * UP:.1f}"

    def line(column: str) -> str:
        return " ".join(
            f"{LEFT + place * ACROSS / max(len(weeks) - 1, 1):.1f},"
            f"{height(getattr(week, column))}"
            for place, week in enumerate(weeks)
        )

    return {
        "position": position,
        "first": weeks[0],
        "last": weeks[-1],
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": LEFT + ACROSS,
        "base": HEIGHT - BOTTOM,
        "received": line("received"),
        "bound": line("bound"),
        "planned": line("planned"),
        "limit_y": None if limit is None else height(limit),
    }
