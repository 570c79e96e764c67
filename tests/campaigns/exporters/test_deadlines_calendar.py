"""The deadlines in anybody's own calendar."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from icalendar import Calendar

from campaigns.actions.authorities import authorise_spending
from campaigns.actions.donations import record_donation
from campaigns.clock import day_of
from campaigns.exporters.deadlines_calendar import deadlines_calendar
from campaigns.models import Campaign, User
from campaigns.reports.campaign_deadlines import Deadline, campaign_deadlines
from campaigns.reports.deadlines_to_remind import deadlines_to_remind, stock_deadline
from tests.campaigns.purchases import clerk
from tests.campaigns.returns import file, make, ready_books, sign
from tests.cast import NOW, actor
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


def test_each_deadline_is_a_whole_day_with_two_alarms(campaign: Campaign) -> None:
    calendar = Calendar.from_ical(deadlines_calendar(campaign, at=NOW))

    *events, stock = calendar.walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [
        deadline.day for deadline in campaign_deadlines(campaign).days
    ]
    assert stock["uid"].startswith("stock.")
    agents, first = events[:2]
    assert agents["summary"].startswith("Appoint the election agent")
    assert "Mark R" in agents["description"]
    assert first["summary"] == f"Bills received ({campaign})"
    assert "the earliest it can be" in first["description"]
    alarms = [alarm.decoded("trigger") for alarm in first.walk("VALARM")]
    assert alarms == [timedelta(days=-7), timedelta(days=-1)]


def test_a_result_declared_later_moves_the_same_day(campaign: Campaign) -> None:
    before = Calendar.from_ical(deadlines_calendar(campaign, at=NOW)).walk("VEVENT")[1]
    campaign.result_declared_on = date(2024, 5, 4)
    later = deadlines_calendar(campaign, at=NOW + timedelta(days=12))
    after = Calendar.from_ical(later).walk("VEVENT")[1]

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

    *_, filed, to_sign, _ = events
    assert "Filed on 5 June 2024" in filed["summary"]
    assert filed.walk("VALARM") == []
    assert to_sign["summary"] == f"Candidate’s declaration ({campaign})"
    assert to_sign.decoded("dtstart") == date(2024, 6, 14)
    assert len(to_sign.walk("VALARM")) == 2


def test_waiting_donations_and_the_last_uncounted_day_stand_in_it_with_no_donor(
    campaign: Campaign, agent: User
) -> None:
    for on in (date(2024, 4, 10), date(2024, 4, 12), date(2024, 4, 12)):
        record_donation(
            campaign=campaign,
            donor="Dora Donor",
            donor_kind="individual",
            amount=Decimal("60.00"),
            received_on=on,
            by=clerk(campaign),
            at=NOW,
        )

    content = deadlines_calendar(campaign, at=NOW)
    *_, stock, first, second = Calendar.from_ical(content).walk("VEVENT")

    assert stock["summary"].startswith("Last day to deliver stock without counting it")
    assert stock.decoded("dtstart") == stock_deadline(campaign).day
    assert first.decoded("dtstart") == date(2024, 5, 10)
    assert "1 donation of more than £50.00, £60.00 in all" in first["description"]
    assert second.decoded("dtstart") == date(2024, 5, 12)
    assert "2 donations of more than £50.00" in second["description"]
    assert first["uid"] != second["uid"]
    assert b"Dora" not in content


def test_returns_of_authorised_campaigners_are_due_where_there_are_any(
    campaign: Campaign, agent: User
) -> None:
    before = campaign_deadlines(campaign).days
    authorise_spending(
        campaign=campaign,
        kind="campaigner",
        name="Alder Residents",
        address="2 Loom Street, QX1 2BB",
        cap=Decimal("500.00"),
        purpose="A leaflet of their own",
        written_on=date(2024, 4, 2),
        document="letter 1",
        by=actor(agent),
        at=NOW,
    )

    (added,) = set(campaign_deadlines(campaign).days) - set(before)
    reminded = deadlines_to_remind(campaign, on=day_of(NOW))
    money = signed_in(agent).get(f"/{campaign.slug}/money/").content.decode()

    assert added == Deadline(
        "campaigners", "Returns of authorised campaigners", date(2024, 5, 23)
    )
    assert "campaigners" in [one.code for one in reminded]
    assert added.label in money
    assert added.label.encode() in deadlines_calendar(campaign, at=NOW)


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
