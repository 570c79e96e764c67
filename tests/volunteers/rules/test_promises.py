"""The wordings of the data promise."""

from datetime import date, timedelta

from volunteers.rules.promises import PROMISES, promise_on


def test_wordings_follow_each_other_by_day() -> None:
    days = [one.from_day for one in PROMISES]
    assert days == sorted(set(days))
    assert len({one.version for one in PROMISES}) == len(PROMISES)


def test_each_day_is_asked_the_wording_of_its_time() -> None:
    for one in PROMISES:
        assert promise_on(one.from_day) == one
    assert promise_on(date(2000, 1, 1)) == PROMISES[0]
    assert promise_on(PROMISES[-1].from_day + timedelta(days=9999)) == PROMISES[-1]


def test_a_wording_names_the_organisation_that_it_is_given_to() -> None:
    for one in PROMISES:
        worded = one.worded_for("Alder Party")
        assert "Alder Party" in worded
        assert "{" not in worded
