"""Clashes of shifts, and the cover of each hour."""

from datetime import timedelta

from tests.cast import NOW
from volunteers.rules.shifts import Need, Span, clashes, cover_by_hour


def span(begins: float, ends: float) -> Span:
    """Hours after 10 in the morning."""
    return Span(NOW + timedelta(hours=begins), NOW + timedelta(hours=ends))


def test_spans_that_overlap_clash_and_those_that_meet_do_not() -> None:
    spans = [span(0, 2), span(2, 4), span(3.5, 5), span(0.5, 1)]
    assert clashes(spans) == [(0, 3), (1, 2)]


def test_each_hour_counts_all_that_are_wanted_and_coming_within_it() -> None:
    needs = [Need(span(0, 2), 4, 3), Need(span(1.5, 3), 6, 2)]
    cover = cover_by_hour(needs, span=span(0, 4))
    assert [(one.wanted, one.coming, one.missing) for one in cover] == [
        (4, 3, 1),
        (10, 5, 5),
        (6, 2, 4),
        (0, 0, 0),
    ]


def test_too_many_at_one_place_do_not_cover_another() -> None:
    needs = [Need(span(0, 1), 2, 9), Need(span(0, 1), 5, 1)]
    assert cover_by_hour(needs, span=span(0, 1))[0].missing == 4
