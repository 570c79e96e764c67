"""When a deadline is reminded of: worked examples of docs/rules/return-deadlines.md."""

from datetime import date, timedelta

import pytest

from campaigns.rules.deadline_reminders import in_words, notice_due, notices_to_come

DUE_ON = date(2024, 6, 6)


@pytest.mark.parametrize(
    ("days_left", "notice"),
    [
        (15, None),
        (14, 14),
        (8, 14),
        (7, 7),
        (3, 7),
        (2, 2),
        (1, 2),
        (0, 0),
        (-1, None),
    ],
)
def test_the_latest_notice_whose_day_has_come_is_due(
    days_left: int, notice: int | None
) -> None:
    assert notice_due(DUE_ON, on=DUE_ON - timedelta(days=days_left)) == notice


def test_what_is_still_to_come_leaves_out_the_day_itself() -> None:
    assert list(notices_to_come(DUE_ON, after=date(2024, 5, 30))) == [
        (2, date(2024, 6, 4)),
        (0, DUE_ON),
    ]
    assert list(notices_to_come(DUE_ON, after=DUE_ON)) == []


def test_the_days_left_are_said_in_words() -> None:
    assert [in_words(days) for days in (0, 1, 7)] == ["Today", "Tomorrow", "In 7 days"]
