"""What a deliverer's word changes of how a street stands."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from canvassing.rules.rounds import RoundsRefused
from canvassing.rules.street_words import (
    Change,
    Put,
    Said,
    Street,
    Word,
    change_of_word,
)
from tests.cast import NOW

HOUR = timedelta(hours=1)
TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)


def said(copies: int = 0, missed: str = "", on: date | None = None) -> Said:
    return Said(copies, on, missed, NOW, TODAY)


def own(when: datetime) -> Word:
    return Word(when, is_own=True)


def theirs(when: datetime) -> Word:
    return Word(when, is_own=False)


def change(word: Said, street: Street, *, is_accepted: bool = False) -> Change | None:
    return change_of_word(word, street, is_accepted=is_accepted)


@pytest.mark.parametrize(
    ("word", "changes"),
    [
        (said(5), Change(puts=Put(5, TODAY))),
        (said(5, on=YESTERDAY), Change(puts=Put(5, YESTERDAY))),
        (said(5, "dog"), Change(puts=Put(5, TODAY), missed="dog")),
        (said(0, "dog"), Change(missed="dog")),
        (said(), Change()),
    ],
)
def test_a_street_of_which_nothing_was_said_stands_as_the_first_word_has_it(
    word: Said, changes: Change
) -> None:
    assert change(word, Street()) == changes


@pytest.mark.parametrize(
    ("word", "changes"),
    [
        (said(5, "dog"), Change()),
        (said(4, "dog"), Change(takes_back=True, puts=Put(4, YESTERDAY))),
        (said(4, "dog", TODAY), Change(takes_back=True, puts=Put(4, TODAY))),
        (said(5, "locked"), Change(missed="locked")),
        (said(5), Change(missed="")),
        (said(), Change(takes_back=True, missed="")),
    ],
)
def test_ones_own_word_is_put_right_on_the_day_of_it(
    word: Said, changes: Change
) -> None:
    before = own(NOW - HOUR)
    street = Street(5, YESTERDAY, before, "dog", before, (before, before))

    assert change(word, street) == changes


def test_a_word_older_than_ones_own_changes_nothing_whatever_stands() -> None:
    not_done = Street(heard=(own(NOW - HOUR), own(NOW + HOUR)))

    assert change(said(5), not_done) is None


@pytest.mark.parametrize(
    "street",
    [
        {"copies": 3, "on": TODAY, "done_by": theirs(NOW - HOUR)},
        {"missed": "dog", "missed_by": theirs(NOW - HOUR)},
    ],
)
def test_somebody_elses_word_is_replaced_only_where_an_organiser_accepts(
    street: dict[str, Any],
) -> None:
    stands = Street(**street)

    with pytest.raises(RoundsRefused, match="written down something else"):
        change(said(5), stands)

    assert change(said(5), stands, is_accepted=True)


@pytest.mark.parametrize(
    "street",
    [
        {"copies": 3, "on": TODAY, "done_by": theirs(NOW + HOUR)},
        {"missed": "dog", "missed_by": theirs(NOW + HOUR)},
        {"heard": (theirs(NOW + HOUR),)},
    ],
)
def test_nobodys_later_word_is_replaced_by_an_accepted_one(
    street: dict[str, Any],
) -> None:
    with pytest.raises(RoundsRefused, match="written down something else"):
        change(said(5), Street(**street), is_accepted=True)


def test_what_somebody_else_said_alike_is_no_hindrance() -> None:
    street = Street(5, TODAY, theirs(NOW + HOUR), heard=(theirs(NOW + HOUR),))

    assert change(said(5), street) == Change()
    assert change(said(5, "dog"), Street(5, TODAY, theirs(NOW + HOUR))) == Change(
        missed="dog"
    )


def test_a_street_that_somebody_said_was_not_done_is_done_by_a_later_word() -> None:
    assert change(said(5), Street(heard=(theirs(NOW - HOUR),))) == Change(
        puts=Put(5, TODAY)
    )
