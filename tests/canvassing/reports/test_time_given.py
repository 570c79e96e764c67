"""What volunteers did without a shift is in their hours, and what a shift covers is not
there twice."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import Campaign, Organisation, User, Ward
from canvassing.models import BankCaller, CallClaim, Contact, RoundIssue, RoundKnocker
from canvassing.reports.time_given import time_given
from tests.canvassing.field_helpers import (
    Phone,
    contact,
    issue,
    make_street,
    stand_at_now,
)
from tests.canvassing.phone_helpers import (
    bank_of,
    caller_for,
    claimed,
    say,
    stand_with_number,
)
from tests.canvassing.stall_helpers import Hand, helper_of, stall_of
from tests.cast import NOW
from tests.signing_in import signed_in
from tests.volunteers.helpers import give_place, make_shift
from volunteers.models import Volunteer
from volunteers.reports.hours import hours_by_week, hours_of, work_of_each

LONG_AGO = NOW - timedelta(weeks=8)
HOUR = timedelta(hours=1)


@pytest.fixture
def nell(campaign: Campaign, ward: Ward, organisation: Organisation) -> Volunteer:
    """She joined a round by its link two hours ago, and left it half an hour ago."""
    stand_at_now(organisation)
    campaign.refresh_from_db()
    street = make_street(campaign, ward)
    phone = Phone()
    phone.join(issue(street.round), name="Nell Brook")
    RoundKnocker.objects.update(
        joined_at=NOW - 2 * HOUR, left_at=NOW - timedelta(minutes=30)
    )
    RoundIssue.objects.update(issued_at=NOW - 2 * HOUR)
    phone.send(
        contact(street.electors[0], said_at=(NOW - HOUR).isoformat()),
        contact(street.electors[1], said_at=(NOW - HOUR).isoformat()),
    )
    return Volunteer.objects.get(name="Nell Brook")


def test_whoever_joins_a_round_by_its_link_has_given_hours(
    campaign: Campaign, nell: Volunteer, organiser: User
) -> None:
    desk = signed_in(organiser)

    assert hours_of(nell) == 1.5
    person = desk.get(f"/mayor-2024/volunteers/{nell.pk}/").content.decode()
    assert '<dt>Hours</dt><dd class="num">1.5</dd>' in person
    page = desk.get("/mayor-2024/volunteers/hours/").content.decode()
    assert "Nell Brook" in page
    assert 'data-label="Hours">1.5<' in page
    [work] = work_of_each(Volunteer.objects.all(), campaign=campaign, since=LONG_AGO)
    assert (work.volunteer, work.hours, work.shifts, work.doors) == (nell, 1.5, 0, 2)
    told = hours_by_week(
        Volunteer.objects.all(), campaign=campaign, named=[], at=NOW, weeks=1
    )
    assert told.weeks[0].hours == [2]


def test_a_round_within_a_shift_they_came_to_adds_nothing(
    campaign: Campaign, nell: Volunteer
) -> None:
    shift = make_shift(campaign, starts_at=NOW - 3 * HOUR, hours=2)
    give_place(shift, nell, came=True)

    # From three hours ago to one, and half an hour on the round after that.
    assert hours_of(nell) == 2.5


def test_the_round_says_the_time_beside_the_doors(
    nell: Volunteer, organiser: User
) -> None:
    out = RoundIssue.objects.get()
    desk = signed_in(organiser)
    address = f"/mayor-2024/rounds/out/{out.pk}/"

    page = desk.get(address).content.decode()
    assert "Left it before: Nell Brook, 2 doors in 1.5 hours" in page

    RoundIssue.objects.update(closed_at=NOW, closed_because="handed_back")
    page = desk.get(address).content.decode()
    assert "Who knocked: Nell Brook, 2 doors in 1.5 hours" in page


def test_a_call_counts_from_having_the_number_to_what_came_of_it(
    campaign: Campaign, ward: Ward, organisation: Organisation
) -> None:
    stand_at_now(organisation)
    campaign.refresh_from_db()
    elector = stand_with_number(campaign, ward, "+447700900001")
    assert elector
    bank = bank_of(campaign)
    jo = caller_for(bank)
    call = claimed(bank, jo)
    CallClaim.objects.filter(pk=call.pk).update(
        claimed_at=call.claimed_at - timedelta(minutes=6)
    )
    say(call.uuid, "no_answer", bank=bank, caller=jo)

    [given] = time_given(organisation.pk, [jo.pk], LONG_AGO)

    assert timedelta(minutes=6) <= given.length < timedelta(minutes=7)
    assert given.ended_at == NOW
    assert given.campaign == campaign.pk
    assert BankCaller.objects.get().volunteer == jo


def test_a_stall_counts_each_day_from_joining_to_the_last_talk(
    campaign: Campaign, ward: Ward
) -> None:
    street = make_street(campaign, ward, doors=1)
    helper = helper_of(stall_of(campaign, ward))
    hand = Hand(helper)
    type(helper).objects.update(joined_at=NOW - HOUR)
    visit = hand.open(street.electors[0].surname)
    hand.send("outcome", visit=visit, outcome="refused")
    assert Contact.objects.get().spoke_id == helper.volunteer_id

    [given] = time_given(campaign.organisation_id, [helper.volunteer_id], LONG_AGO)

    assert HOUR <= given.length < HOUR + timedelta(minutes=1)


def test_hours_take_as_many_queries_for_many_as_for_one(
    campaign: Campaign,
    nell: Volunteer,
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            work_of_each(Volunteer.objects.all(), campaign=campaign, since=LONG_AGO)
        return len(seen)

    few = queries()
    for _ in range(3):
        give_place(
            make_shift(campaign, starts_at=NOW - 30 * HOUR),
            Volunteer.objects.create(
                organisation=campaign.organisation, name="Sam", joined_on=NOW.date()
            ),
            came=True,
        )
    assert queries() == few
