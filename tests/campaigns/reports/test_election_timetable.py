"""By when voters have to have done something."""

from datetime import date

import pytest

from campaigns.models import Election
from campaigns.reports.election_timetable import election_timetable

CAM = {
    "nominations": "2024-04-05",
    "registration": "2024-04-16",
    "postal": "2024-04-17",
    "voter_certificate": "2024-04-24",
    "proxy": "2024-04-24",
    "emergency_proxy": "2024-05-02",
}


def days(slug: str, nation: str = "ENG") -> dict[str, str]:
    poll_on = date.fromisoformat(slug[-10:])
    election = Election(slug=slug, poll_on=poll_on, nation=nation)
    return {one.code: one.day.isoformat() for one in election_timetable(election)}


def test_the_days_of_the_mayor_of_the_west_midlands_in_2024_are_those_read() -> None:
    assert days("mayor.west-midlands.2024-05-02") == CAM


@pytest.mark.parametrize(
    ("slug", "closed_on"),
    [
        # Each a day on which the package says that nominations were published.
        ("pcc.west-midlands.2024-05-02", "2024-04-05"),
        ("mayor.london.2024-05-02", "2024-03-27"),
        ("gla.a.2024-05-02", "2024-03-27"),
    ],
)
def test_nominations_close_when_they_did_and_not_when_they_were_published(
    slug: str, closed_on: str
) -> None:
    assert days(slug)["nominations"] == closed_on


def test_for_another_poll_that_count_is_said_not_to_have_been_read() -> None:
    election = Election(
        slug="mayor.london.2028-05-04", poll_on=date(2028, 5, 4), nation="ENG"
    )

    cautions = {one.code: one.caution for one in election_timetable(election)}

    assert "Not read" in cautions["nominations"]
    assert cautions["postal"] == ""


def test_the_mayor_of_2028_has_its_days_around_easter() -> None:
    found = days("mayor.west-midlands.2028-05-04")

    assert found["nominations"] == "2028-04-04"
    assert found["registration"] == "2028-04-13"
    assert found["postal"] == "2028-04-18"
    assert found["voter_certificate"] == "2028-04-25"


def test_northern_ireland_has_no_voter_authority_certificate() -> None:
    assert "voter_certificate" not in days("nia.2027-05-06", "NIR")


def test_every_day_comes_in_order() -> None:
    found = list(days("local.dudley.gornal.by.2024-11-14").values())

    assert found == sorted(found)
