"""Times of the day on the pages and in the mails of volunteers, in their language."""

from datetime import datetime, time

from django import template

from campaigns import times

register = template.Library()


@register.filter(expects_localtime=True)
def clock(at: datetime | time | None) -> str:
    """As `campaigns.times.clock` says it; nothing of no time."""
    return times.clock(at) if at else ""
