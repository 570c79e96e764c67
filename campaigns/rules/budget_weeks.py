"""The weeks of a plan, each from a Monday on, and which columns they can hold."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from campaigns.rules.working_days import ONE_DAY

WEEK = timedelta(days=7)
# What is bought and used earlier than this before the first day that counts is put
# into the first week of the plan.
WEEKS_BEFORE = 12


class Counts(StrEnum):
    """Which columns of a week's plan can hold something."""

    BEFORE = "before"
    INSIDE = "inside"
    BOTH = "both"


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def plan_weeks(*, first_on: date, last_on: date) -> tuple[date, ...]:
    """The Mondays of a plan, to the week of the poll on `last_on`.

    `first_on` is the first day that counts; the plan begins twelve weeks before it.
    """
    week, weeks = monday_of(first_on) - WEEKS_BEFORE * WEEK, []
    while week <= last_on:
        weeks.append(week)
        week += WEEK
    return tuple(weeks)


def counts_in(week_on: date, *, first_on: date) -> Counts:
    """May the week hold what does not count, what does, or (its first day) both?"""
    if week_on + WEEK <= first_on:
        return Counts.BEFORE
    return Counts.INSIDE if week_on >= first_on else Counts.BOTH


def last_uncounted_day(first_days: Iterable[date]) -> date:
    """The last day on which stock may be delivered to electors and not count.

    The day before the first regulated period begins: what is used then is used before
    any period, whenever it was bought (docs/rules/budget.md).
    """
    return min(first_days) - ONE_DAY
