"""Times of the day on the pages and in the mails of volunteers, in their language."""

from datetime import datetime, time

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter(expects_localtime=True)
def clock(at: datetime | time | None) -> str:
    """`5 pm`, `5.40 pm`, `midday`; nothing of no time."""
    if at is None:
        return ""
    if at.minute == 0 and at.hour in (0, 12):
        return _("midday") if at.hour else _("midnight")
    hour = at.hour % 12 or 12
    said = f"{hour}.{at:%M}" if at.minute else str(hour)
    words = _("{time} am") if at.hour < 12 else _("{time} pm")
    return words.format(time=said)
