"""Times of day as people say them, on pages and in mails, in both languages."""

from datetime import datetime, time

from django.utils.translation import gettext as _


def clock(at: datetime | time) -> str:
    """`5 pm`, `6.30 pm`, `midday` or `midnight`, as the clock of `at` stands."""
    if (at.hour, at.minute) == (12, 0):
        return _("midday")
    if (at.hour, at.minute) == (0, 0):
        return _("midnight")
    hour = at.hour % 12 or 12
    digits = f"{hour}.{at.minute:02}" if at.minute else f"{hour}"
    half = _("{time} am") if at.hour < 12 else _("{time} pm")
    return half.format(time=digits)
