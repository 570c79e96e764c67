"""Who may hold elector data."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import NOW
from volunteers.rules.elector_data import (
    Barrier,
    PromiseGiven,
    barrier_to_elector_data,
    may_hold_elector_data,
)

DAY = timedelta(days=1)
ADULT: dict[str, Any] = {
    "promises": [PromiseGiven(NOW - DAY, None)],
    "is_under_18": False,
    "is_accompanied": False,
    "stood_down_at": None,
    "at": NOW,
}


def test_an_adult_who_promised_may() -> None:
    assert may_hold_elector_data(**ADULT)


@pytest.mark.parametrize(
    ("given", "until"),
    [(NOW + DAY, None), (NOW - DAY, NOW), (NOW - 2 * DAY, NOW - DAY)],
    ids=["given later", "ends this moment", "ended"],
)
def test_a_promise_that_does_not_hold_now_is_none(given: Any, until: Any) -> None:
    person = ADULT | {"promises": [PromiseGiven(given, until)]}
    assert barrier_to_elector_data(**person) == Barrier.NO_PROMISE


def test_one_promise_that_holds_is_enough() -> None:
    ended = PromiseGiven(NOW - 3 * DAY, NOW - DAY)
    assert may_hold_elector_data(**ADULT | {"promises": [ended, *ADULT["promises"]]})


def test_somebody_under_18_may_only_with_an_adult() -> None:
    young = ADULT | {"is_under_18": True}
    assert barrier_to_elector_data(**young) == Barrier.UNDER_18_ALONE
    assert may_hold_elector_data(**young | {"is_accompanied": True})


def test_whoever_stood_down_may_not_whatever_they_promised() -> None:
    gone = ADULT | {"stood_down_at": NOW}
    assert barrier_to_elector_data(**gone) == Barrier.STOOD_DOWN
    assert may_hold_elector_data(**ADULT | {"stood_down_at": NOW + DAY})
