"""Voting systems, with the examples of docs/rules/voting-systems.md."""

from datetime import date

import pytest

from campaigns.rules.voting_systems import asks_second_preference, voting_system


@pytest.mark.parametrize(
    ("kind", "poll_on", "system"),
    [
        ("cam_mayor", date(2017, 5, 4), "sv"),
        ("cam_mayor", date(2021, 5, 6), "sv"),
        ("cam_mayor", date(2023, 5, 3), "sv"),
        ("cam_mayor", date(2023, 5, 4), "fptp"),
        ("cam_mayor", date(2024, 5, 2), "fptp"),
        ("cam_mayor", date(2026, 6, 17), "fptp"),
        ("cam_mayor", date(2026, 6, 18), "sv"),
        ("cam_mayor", date(2028, 5, 4), "sv"),
        ("la_mayor", date(2025, 5, 1), "fptp"),
        ("la_mayor", date(2026, 6, 18), "other"),
        ("mayor_london", date(2028, 5, 4), "other"),
        ("pcc", date(2021, 5, 6), "sv"),
        ("pcc", date(2024, 5, 2), "fptp"),
        ("local", date(2024, 5, 2), "fptp"),
        ("parl", date(2024, 7, 4), "fptp"),
        ("senedd", date(2026, 5, 7), "other"),
    ],
    ids=str,
)
def test_the_system_is_that_of_the_kind_of_poll_on_its_day(kind, poll_on, system):
    found = voting_system(kind, poll_on=poll_on).system

    assert found == system
    assert asks_second_preference(found) == (system == "sv")


def test_scottish_councils_are_not_first_past_the_post():
    found = voting_system("local", poll_on=date(2022, 5, 5), nation="SCT")

    assert found.system == "other"


@pytest.mark.parametrize(
    ("kind", "poll_on", "to_confirm"),
    [
        ("cam_mayor", date(2026, 7, 31), True),
        ("cam_mayor", date(2026, 8, 1), False),
        ("la_mayor", date(2027, 5, 6), True),
        ("pcc", date(2024, 5, 2), False),
    ],
    ids=str,
)
def test_what_was_not_read_asks_to_be_confirmed(kind, poll_on, to_confirm):
    assert bool(voting_system(kind, poll_on=poll_on).caution) == to_confirm
