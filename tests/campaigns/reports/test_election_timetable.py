"""The timetable of an election, as officers printed it."""

from datetime import date

import pytest

from campaigns.models import Election
from campaigns.reports.election_timetable import earliest_packs, election_timetable
from campaigns.rules.election_timetable import day_for
from campaigns.rules.marks import Mark

MAYOR = "mayor.west-midlands"


def election(slug: str, nation: str = "ENG") -> Election:
    poll_on = date.fromisoformat(slug.rpartition(".")[2])
    return Election(slug=slug, poll_on=poll_on, nation=nation)


def day(code: str, slug: str, nation: str = "ENG") -> date | None:
    found = day_for(code, election_timetable(election(slug, nation)))
    return found and found.day


@pytest.mark.parametrize(
    ("poll", "nominations", "registration", "postal"),
    [
        ("2017-05-04", date(2017, 4, 4), date(2017, 4, 13), date(2017, 4, 18)),
        ("2021-05-06", date(2021, 4, 8), date(2021, 4, 19), date(2021, 4, 20)),
        ("2024-05-02", date(2024, 4, 5), date(2024, 4, 16), date(2024, 4, 17)),
        ("2028-05-04", date(2028, 4, 4), date(2028, 4, 13), date(2028, 4, 18)),
    ],
)
def test_the_days_of_a_mayors_election_are_those_of_its_notice(
    poll: str, nominations: date, registration: date, postal: date
) -> None:
    slug = f"{MAYOR}.{poll}"
    assert day("nominations", slug) == nominations
    assert day("registration", slug) == registration
    assert day("postal", slug) == postal


@pytest.mark.parametrize(
    ("poll", "by"),
    [("2017-05-04", date(2017, 4, 4)), ("2024-05-02", date(2024, 4, 5))],
)
def test_the_agent_is_appointed_19_working_days_before(poll: str, by: date) -> None:
    found = day_for("agent", election_timetable(election(f"{MAYOR}.{poll}")))
    assert found
    assert (found.day, found.until, found.mark) == (by, "4 pm", Mark.READ)
    assert "an office in the area" in found.label


def test_of_other_polls_nothing_is_said_of_the_agent() -> None:
    assert day("agent", "local.birmingham.2024-05-02") is None


def test_proxies_and_certificates_are_asked_for_six_working_days_before() -> None:
    slug = f"{MAYOR}.2024-05-02"
    assert day("proxy", slug) == day("voter_certificate", slug) == date(2024, 4, 24)


def test_an_emergency_proxy_is_asked_for_until_five_on_polling_day() -> None:
    last = election_timetable(election(f"{MAYOR}.2024-05-02"))[-1]
    assert (last.code, last.day, last.until) == (
        "emergency_proxy",
        date(2024, 5, 2),
        "5 pm",
    )


@pytest.mark.parametrize(
    ("slug", "closed_on"),
    [
        ("pcc.west-midlands.2024-05-02", date(2024, 4, 5)),
        ("mayor.london.2024-05-02", date(2024, 3, 27)),
        ("gla.a.2024-05-02", date(2024, 3, 27)),
        ("gla.c.barnet-and-camden.2024-05-02", date(2024, 3, 27)),
    ],
)
def test_nominations_closed_before_the_names_were_published(
    slug: str, closed_on: date
) -> None:
    found = day_for("nominations", election_timetable(election(slug)))
    assert found
    assert found.day == closed_on
    assert found.mark is Mark.READ


def test_london_at_another_poll_says_that_its_day_is_worked_out() -> None:
    found = day_for(
        "nominations", election_timetable(election("mayor.london.2028-05-04"))
    )
    assert found
    assert found.caution == "Not confirmed (D: counted as it was for 2 May 2024)."


def test_what_was_read_for_england_needs_no_caution() -> None:
    days = election_timetable(election("local.birmingham.2024-05-02"))
    assert [one.caution for one in days] == [""] * 6


def test_what_only_the_calendar_says_is_marked() -> None:
    found = day_for(
        "registration",
        election_timetable(election("local.highland.2022-05-05", nation="SCT")),
    )
    assert found
    assert found.mark is Mark.SECONDARY


def test_a_scottish_council_election_knows_no_certificate() -> None:
    slug = "local.highland.2022-05-05"
    assert day("voter_certificate", slug, "SCT") is None
    assert day("proxy", slug, "SCT") is not None


def test_nothing_is_said_of_proxies_in_northern_ireland() -> None:
    assert day("proxy", "nia.2022-05-05", "NIR") is None


def test_no_pack_goes_out_before_it_is_known_who_stands() -> None:
    assert earliest_packs(election(f"{MAYOR}.2024-05-02")) == date(2024, 4, 8)
