"""The weeks of a plan, with the example of docs/rules/budget.md."""

from datetime import date

import pytest

from campaigns.rules.budget_weeks import (
    Counts,
    counts_in,
    last_uncounted_day,
    monday_of,
    plan_weeks,
)

FIRST_ON, POLL_ON = date(2024, 3, 27), date(2024, 5, 2)


def test_a_plan_runs_from_twelve_weeks_before_to_the_week_of_the_poll():
    weeks = plan_weeks(first_on=FIRST_ON, last_on=POLL_ON)

    assert weeks[0] == date(2024, 1, 1)
    assert weeks[-1] == date(2024, 4, 29)
    assert len(weeks) == 18
    assert all(monday_of(week) == week for week in weeks)


@pytest.mark.parametrize(
    ("week_on", "counts"),
    [
        (date(2024, 3, 18), Counts.BEFORE),
        (date(2024, 3, 25), Counts.BOTH),
        (date(2024, 4, 1), Counts.INSIDE),
    ],
)
def test_only_the_week_of_the_first_day_holds_both(week_on, counts):
    assert counts_in(week_on, first_on=FIRST_ON) is counts


def test_a_period_that_begins_on_a_monday_has_no_week_of_both():
    monday = date(2024, 4, 1)

    assert counts_in(date(2024, 3, 25), first_on=monday) is Counts.BEFORE
    assert counts_in(monday, first_on=monday) is Counts.INSIDE


def test_stock_is_delivered_uncounted_until_the_day_before_the_first_period():
    assert last_uncounted_day([FIRST_ON]) == date(2024, 3, 26)
    assert last_uncounted_day([FIRST_ON, date(2024, 1, 10)]) == date(2024, 1, 9)
