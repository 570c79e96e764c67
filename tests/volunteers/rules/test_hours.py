"""Time that volunteers gave, each moment once."""

from datetime import timedelta

from tests.cast import NOW
from volunteers.rules.hours import TimeGiven, counted_once

VERA, SAM = 1, 2
OURS, THEIRS = 10, 20


def given(
    begins: float, ends: float, *, volunteer: int = VERA, campaign: int = OURS
) -> TimeGiven:
    """Hours from now."""
    return TimeGiven(
        volunteer,
        campaign,
        NOW + timedelta(hours=begins),
        NOW + timedelta(hours=ends),
    )


def test_what_lies_within_a_shift_adds_nothing() -> None:
    assert counted_once([given(0, 3)], [given(1, 2), given(0, 3)]) == [given(0, 3)]


def test_what_goes_beyond_a_shift_counts_before_and_after_it() -> None:
    assert counted_once([given(1, 2)], [given(0, 3)]) == [
        given(1, 2),
        given(0, 1),
        given(2, 3),
    ]


def test_two_rounds_at_a_time_count_once() -> None:
    assert counted_once([], [given(1, 3), given(0, 2)]) == [given(0, 2), given(2, 3)]


def test_a_moment_counts_for_the_campaign_of_the_shift() -> None:
    shift = given(0, 2, campaign=THEIRS)
    assert counted_once([shift], [given(1, 3)]) == [shift, given(2, 3)]


def test_one_volunteers_shift_covers_nobody_else() -> None:
    of_sam = given(0, 2, volunteer=SAM)
    assert counted_once([given(0, 2)], [of_sam]) == [given(0, 2), of_sam]


def test_time_that_ends_as_it_begins_is_none() -> None:
    assert counted_once([], [given(1, 1)]) == []


def test_what_begins_before_another_round_ends_counts_from_its_end() -> None:
    rounds = [given(0, 4), given(1, 2), given(3, 5)]
    assert counted_once([], rounds) == [given(0, 4), given(4, 5)]


def test_a_round_through_two_shifts_counts_between_and_around_them() -> None:
    shifts = [given(3, 4), given(1, 2)]
    assert counted_once(shifts, [given(0, 5)]) == [
        given(1, 2),
        given(3, 4),
        given(0, 1),
        given(2, 3),
        given(4, 5),
    ]
