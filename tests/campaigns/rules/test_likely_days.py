"""A day that can belong to a campaign is told from a slip of the pen."""

from datetime import date

import pytest

from campaigns.rules.likely_days import UnlikelyDay, refuse_unlikely

POLL = date(2024, 5, 2)


@pytest.mark.parametrize(
    "day", [None, date(2018, 5, 2), date(2024, 5, 2), date(2024, 9, 1)]
)
def test_no_day_and_one_of_the_six_years_and_after_are_fine(day: date | None) -> None:
    refuse_unlikely(day, poll_on=POLL)


def test_a_day_of_another_age_is_refused_and_named() -> None:
    with pytest.raises(UnlikelyDay, match="1 January 1 is more than six years before"):
        refuse_unlikely(date(1, 1, 1), poll_on=POLL)
