"""Calling hours, screenings and what an outcome leads to."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from canvassing.models import CallOutcome, OutcomeKind, QueueState
from canvassing.rules import calls
from canvassing.rules.calls import (
    CallingHours,
    CallRefused,
    RetryRules,
    after_call,
    screening_holds,
)

NOW = datetime(2024, 4, 23, 17, 0, tzinfo=UTC)  # 6 pm in summer time
RULES = RetryRules(timedelta(hours=3), timedelta(minutes=20), most_tries=3)
LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("screened_on", "holds"),
    [
        (date(2024, 4, 23), True),
        (date(2024, 3, 27), True),
        (date(2024, 3, 26), False),
        (date(2024, 4, 24), False),
        (None, False),
    ],
)
def test_a_screening_holds_for_28_days_its_own_counted(
    screened_on: date | None, holds: bool
) -> None:
    assert screening_holds(screened_on, on=date(2024, 4, 23)) is holds


def hours(**more: datetime) -> CallingHours:
    return CallingHours(time(9), time(20, 30), **{"starts_at": LONG_AGO, **more})


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (datetime(2024, 3, 30, 9, 0, tzinfo=UTC), True),  # the day before summer time
        (datetime(2024, 3, 30, 8, 59, tzinfo=UTC), False),
        (datetime(2024, 3, 31, 8, 0, tzinfo=UTC), True),  # 9 am by the new time
        (datetime(2024, 3, 31, 7, 59, tzinfo=UTC), False),
        (datetime(2024, 3, 31, 19, 29, tzinfo=UTC), True),
        (datetime(2024, 3, 31, 19, 30, tzinfo=UTC), False),
        (datetime(2024, 10, 27, 8, 59, tzinfo=UTC), False),  # winter time again
        (datetime(2024, 10, 27, 9, 0, tzinfo=UTC), True),
    ],
)
def test_calls_are_made_by_the_clock_on_the_wall(at: datetime, is_open: bool) -> None:
    assert hours().is_open(at) is is_open


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        (NOW, NOW),
        (
            datetime(2024, 3, 30, 21, 0, tzinfo=UTC),
            datetime(2024, 3, 31, 8, 0, tzinfo=UTC),
        ),
        (
            datetime(2024, 10, 26, 20, 0, tzinfo=UTC),
            datetime(2024, 10, 27, 9, 0, tzinfo=UTC),
        ),
    ],
)
def test_it_is_said_when_calls_begin_again(at: datetime, opens: datetime) -> None:
    assert hours().opens_at(at) == opens


def test_a_bank_calls_from_its_beginning_until_its_end() -> None:
    starts = datetime(2024, 4, 24, 16, 0, tzinfo=UTC)
    ends = datetime(2024, 4, 24, 18, 0, tzinfo=UTC)
    bank = hours(starts_at=starts, ends_at=ends)

    assert not bank.is_open(NOW)
    assert bank.opens_at(NOW) == starts
    assert bank.closes_at(starts) == ends
    assert not bank.is_open(ends)
    assert bank.opens_at(ends) is None


@pytest.mark.parametrize(
    ("outcome", "tries", "state", "after"),
    [
        ("no_answer", 1, "waiting", timedelta(hours=3)),
        ("no_answer", 3, "tried_out", None),
        ("engaged", 2, "waiting", timedelta(minutes=20)),
        ("engaged", 3, "tried_out", None),
        *(
            (outcome, 1, "done", None)
            for outcome in (
                "spoken",
                "wrong_number",
                "refused",
                "language",
                "do_not_call",
            )
        ),
        ("moved", 1, "gone", None),
        ("deceased", 1, "gone", None),
    ],
)
def test_only_who_was_not_reached_is_tried_again(
    outcome: str, tries: int, state: str, after: timedelta | None
) -> None:
    found = after_call(outcome, tries=tries, at=NOW, rules=RULES, hours=hours())

    assert found.state == state
    assert found.due_at == (NOW + after if after else None)
    assert not found.is_promised


def test_a_call_back_comes_when_it_was_promised_however_often_it_was_tried() -> None:
    later = NOW + timedelta(days=1)
    found = after_call(
        "call_back", tries=9, at=NOW, rules=RULES, hours=hours(), call_back_at=later
    )

    assert (found.state, found.due_at, found.is_promised) == ("waiting", later, True)


@pytest.mark.parametrize(
    ("call_back_at", "code"),
    [
        (None, "no_time"),
        (NOW, "past"),
        (NOW + timedelta(days=61), "far_away"),
        (NOW + timedelta(hours=12), "closed_then"),
    ],
)
def test_a_call_back_is_at_a_time_that_comes(
    call_back_at: datetime | None, code: str
) -> None:
    with pytest.raises(CallRefused) as refused:
        after_call(
            "call_back",
            tries=1,
            at=NOW,
            rules=RULES,
            hours=hours(),
            call_back_at=call_back_at,
        )
    assert refused.value.code == code


def test_every_outcome_of_a_call_is_a_contact_of_a_kind_and_has_a_state() -> None:
    assert set(calls.CONTACT_KINDS) == set(CallOutcome.values)
    assert set(calls.CONTACT_KINDS.values()) <= set(OutcomeKind.values)
    states = {calls.WAITING, calls.DONE, calls.TRIED_OUT}
    assert states <= set(QueueState.values)
