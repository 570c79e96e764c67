"""Counting days as election law counts them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rules.working_days import (
    is_working_day,
    months_later,
    on_or_next_working_day,
    working_days_after,
    working_days_before,
)
from tests.campaigns.rules.days import BANK_HOLIDAYS


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2024, 3, 28), True, id="Thursday before Good Friday"),
        pytest.param(date(2024, 3, 29), False, id="Good Friday"),
        pytest.param(date(2024, 3, 30), False, id="Saturday"),
        pytest.param(date(2024, 3, 31), False, id="Sunday"),
        pytest.param(date(2024, 4, 1), False, id="Easter Monday"),
        pytest.param(date(2024, 4, 2), True, id="Tuesday"),
    ],
)
def test_weekends_and_bank_holidays_are_not_working_days(day, expected):
    assert is_working_day(day, BANK_HOLIDAYS) is expected


def test_a_day_off_moves_to_the_next_working_day():
    good_friday = date(2024, 3, 29)

    assert on_or_next_working_day(good_friday, BANK_HOLIDAYS) == date(2024, 4, 2)
    assert on_or_next_working_day(date(2024, 4, 2), BANK_HOLIDAYS) == date(2024, 4, 2)


DAYS = st.dates(date(2017, 1, 1), date(2028, 12, 31))


@given(DAYS, st.integers(1, 60))
def test_counting_back_and_forth_returns_to_the_same_working_day(day, count):
    start = on_or_next_working_day(day, BANK_HOLIDAYS)

    back = working_days_before(start, count, BANK_HOLIDAYS)

    assert working_days_after(back, count, BANK_HOLIDAYS) == start


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2019, 12, 17), 55, date(2024, 7, 17)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2021, 5, 6), -4, date(2021, 1, 6)),
        (date(2024, 12, 1), 1, date(2025, 1, 1)),
    ],
    ids=str,
)
def test_months_are_counted_by_the_calendar(day, months, expected):
    assert months_later(day, months) == expected
