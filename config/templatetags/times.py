"""The filters `date` and `time`, which say a time of day as the house does."""

import datetime
import re
from typing import Final

from django import template
from django.template import defaultfilters
from django.utils.formats import get_format

from campaigns.times import clock

register = template.Library()

# `g.i a`, or `g a`, within a format.
TIME_OF_DAY: Final = re.compile(r"g(?:\.i)? a")
Day = datetime.datetime | datetime.date | str | None
Clock = datetime.datetime | datetime.time | str | None


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Day, arg: str | None = None) -> str:
    """Django's own, but for `g.i a`: `2 May 2024, midday`."""
    arg = arg or get_format("DATE_FORMAT")
    return str(defaultfilters.date(value, _said(value, arg)))


@register.filter(expects_localtime=True, is_safe=False)
def time(value: Clock, arg: str | None = None) -> str:
    """Django's own, but for `g.i a`: `6.30 pm`."""
    arg = arg or get_format("TIME_FORMAT")
    return str(defaultfilters.time(value, _said(value, arg)))


def _said(value: Day | Clock, wanted: str) -> str:
    """The format with the time of day in it as words, each letter as it stands."""
    if not isinstance(value, datetime.datetime | datetime.time):
        return wanted
    words = "".join(f"\\{letter}" for letter in clock(value))
    return TIME_OF_DAY.sub(lambda _: words, wanted)
