"""Counting days as election law counts them.

A working day is neither a Saturday nor a Sunday nor one of the days passed in as
`bank_holidays`: the caller's calendar says which days the law disregards where the
poll is held (bank holidays, Good Friday, Christmas Eve, a day of mourning).
"""

from calendar import monthrange
from collections.abc import Container
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5


def is_working_day(day: date, bank_holidays: Container[date]) -> bool:
    return day.weekday() < SATURDAY and day not in bank_holidays


def working_days_before(day: date, count: int, bank_holidays: Container[date]) -> date:
    """The working day `count` working days before `day`, which itself never counts."""
    return _step(day, count, -ONE_DAY, bank_holidays)


def working_days_after(day: date, count: int, bank_holidays: Container[date]) -> date:
    """The working day `count` working days after `day`, which itself never counts."""
    return _step(day, count, ONE_DAY, bank_holidays)


def _step(
    day: date, count: int, step: timedelta, bank_holidays: Container[date]
) -> date:
    while count:
        day += step
        count -= is_working_day(day, bank_holidays)
    return day


def on_or_next_working_day(day: date, bank_holidays: Container[date]) -> date:
    """The day itself if it is a working day, else the first one after it."""
    while not is_working_day(day, bank_holidays):
        day += ONE_DAY
    return day


def months_later(day: date, months: int) -> date:
    """The same day of the month, or the month's last where it has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(years, month + 1)[1]
    return date(years, month + 1, min(day.day, last))
