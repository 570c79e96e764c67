"""The deadlines in anybody's own calendar."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from campaigns.exporters.deadlines_calendar import deadlines_calendar
from campaigns.models import Campaign, User
from campaigns.reports.campaign_deadlines import campaign_deadlines
from tests.campaigns.returns import file, make, ready_books, sign
from tests.cast import NOW
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


def test_each_deadline_is_a_whole_day_with_two_alarms(campaign: Campaign) -> None:
    calendar = Calendar.from_ical(deadlines_calendar(campaign, at=NOW))

    events = calendar.walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [
        deadline.day for deadline in campaign_deadlines(campaign).days
    ]
    first = events[0]
    assert first["summary"] == f"Bills received ({campaign})"
    assert "the earliest it can be" in first["description"]
    alarms = [alarm.decoded("trigger") for alarm in first.walk("VALARM")]
    assert alarms == [timedelta(days=-7), timedelta(days=-1)]


def test_a_result_declared_later_moves_the_same_day(campaign: Campaign) -> None:
    before = Calendar.from_ical(deadlines_calendar(campaign, at=NOW)).walk("VEVENT")[0]
    campaign.result_declared_on = date(2024, 5, 4)
    later = deadlines_calendar(campaign, at=NOW + timedelta(days=12))
    after = Calendar.from_ical(later).walk("VEVENT")[0]

    assert before["uid"] == after["uid"]
    assert before["sequence"] < after["sequence"]
    assert after.decoded("dtstart") == date(2024, 5, 28)


def test_what_is_done_says_so_and_rings_no_more(
    campaign: Campaign, agent: User
) -> None:
    version = make(ready_books(campaign), agent)
    sign(version, agent)
    file(version, agent, declaration_follows="Rowan Ash is abroad")

    events = Calendar.from_ical(deadlines_calendar(campaign, at=NOW)).walk("VEVENT")

    *_, filed, to_sign = events
    assert "Filed on 5 June 2024" in filed["summary"]
    assert filed.walk("VALARM") == []
    assert to_sign["summary"] == f"Candidate’s declaration ({campaign})"
    assert to_sign.decoded("dtstart") == date(2024, 6, 14)
    assert len(to_sign.walk("VALARM")) == 2


def test_the_money_page_hands_it_out_as_a_file(
    organiser: User, campaign: Campaign
) -> None:
    client = signed_in(organiser)
    there = f"/{campaign.slug}/money/deadlines.ics"

    answer = client.get(there)

    assert there in client.get(f"/{campaign.slug}/money/").content.decode()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
