"""Which shifts are at risk, and why."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW
from volunteers.rules.risk import History, Outlook, risks

NEW, FAITHFUL, FICKLE = History(0, 0), History(9, 9), History(6, 2)
SOON, LATER = NOW + timedelta(hours=20), NOW + timedelta(days=4)
GOOD = Outlook(
    starts_at=LATER,
    places=4,
    coming=[FAITHFUL, FAITHFUL, NEW],
    confirmed=0,
    has_leader=True,
    leader_is_coming=True,
)


def test_a_shift_with_a_leader_and_people_is_at_no_risk() -> None:
    assert risks(GOOD, at=NOW) == []
    assert risks(replace(GOOD, starts_at=SOON, confirmed=2), at=NOW) == []


@pytest.mark.parametrize(
    ("outlook", "why"),
    [
        (replace(GOOD, coming=[]), "Nobody has taken a place."),
        (replace(GOOD, coming=[NEW]), "1 of 4 places are taken."),
        (replace(GOOD, has_leader=False), "It has no leader."),
        (replace(GOOD, leader_is_coming=False), "Its leader has not taken a place."),
        (
            replace(GOOD, starts_at=SOON, confirmed=1),
            "1 of 3 have said that they will be there.",
        ),
        (
            replace(GOOD, coming=[FICKLE, FICKLE, NEW]),
            "2 of 3 often stay away.",
        ),
    ],
)
def test_each_risk_is_said(outlook: Outlook, why: str) -> None:
    assert risks(outlook, at=NOW) == [why]


@pytest.mark.parametrize(
    ("history", "often"),
    [
        (History(2, 0), False),
        (History(3, 2), False),
        (History(3, 1), True),
        (History(9, 6), False),
        (History(6, 2), True),
    ],
)
def test_few_shifts_say_nothing_about_somebody(history: History, often: bool) -> None:
    assert history.often_missing == often
