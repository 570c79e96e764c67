"""From a shift to its round, phone bank or stall; from a session to its shift."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from campaigns.access import system
from campaigns.models import Campaign, Organisation, User, Ward
from canvassing.actions.phone_banks import link_secret as secret_of_bank
from canvassing.actions.round_issues import take_back
from canvassing.actions.stall_links import link_secret as secret_of_stall
from canvassing.models import CanvassSession, PhoneBank
from tests.canvassing.field_helpers import (
    Phone,
    Street,
    issue,
    make_session,
    make_street,
    stand_at_now,
    who,
)
from tests.canvassing.phone_helpers import bank_of
from tests.canvassing.stall_helpers import stall_of
from tests.cast import NOW
from tests.house.test_access import signed_in
from tests.volunteers.helpers import give_place, make_shift, make_volunteer
from volunteers import personal_links
from volunteers.actions.mails import link_of
from volunteers.models import Affiliate, Shift, Team, Volunteer

HOUR = timedelta(hours=1)
MOBILE = "+447700900123"


@pytest.fixture(autouse=True)
def on_the_day(organisation: Organisation) -> None:
    stand_at_now(organisation)


@pytest.fixture
def street(campaign: Campaign, ward: Ward, on_the_day: None) -> Street:
    campaign.refresh_from_db()
    return make_street(campaign, ward)


@pytest.fixture
def ada(organisation: Organisation) -> Volunteer:
    return make_volunteer(organisation, "Ada Finch", mobile=MOBILE)


@pytest.fixture
def desk(organiser: User) -> Client:
    return signed_in(organiser)


def own_page(volunteer: Volunteer, shift: Shift | None = None) -> str:
    """What they read by their link: all their shifts, or one."""
    client = Client()
    written = personal_links.written(link_of(volunteer, at=NOW))
    client.get(f"/field/open/{written}/")
    where = f"shifts/{shift.pk}/" if shift else ""
    return client.get(f"/field/mine/{where}").content.decode()


def soon(
    campaign: Campaign,
    volunteer: Volunteer,
    starts_at: datetime = NOW + HOUR,
    **fields: Any,
) -> Shift:
    """A shift on which they have a place."""
    shift = make_shift(
        campaign, starts_at=starts_at, meeting_point="Scout Hut", **fields
    )
    give_place(shift, volunteer)
    return shift


def test_a_round_that_is_out_to_a_volunteer_is_opened_from_their_shift_by_its_code(
    campaign: Campaign, street: Street, ada: Volunteer
) -> None:
    shift = soon(campaign, ada)
    out = issue(street.round, "volunteer", volunteer=ada)
    link = f'href="/field/join#{who(out)["secret"]}"'

    assert "<title>Doors · " in own_page(ada, shift)
    for page in (own_page(ada), own_page(ada, shift)):
        assert link in page
        assert "Scout Hut" in page
        assert out.short_code not in page
    assert Phone().join(out, code="000000").status_code == 422


def test_a_round_of_their_team_is_theirs_and_a_strangers_is_not(
    campaign: Campaign, ward: Ward, street: Street, ada: Volunteer
) -> None:
    leader = make_volunteer(campaign.organisation, "Cy Marsh")
    for volunteer in (ada, leader):
        soon(campaign, volunteer)
    team = Team.objects.create(
        organisation=campaign.organisation, name="Tuesday", leader=leader
    )
    team.members.add(ada)
    ours = issue(street.round, "team", team=team)
    other = make_volunteer(campaign.organisation, "Bo Lane")
    theirs = issue(make_street(campaign, ward).round, "volunteer", volunteer=other)
    anybodys = issue(make_street(campaign, ward).round)

    page = own_page(ada)

    assert who(ours)["secret"] in page
    assert who(ours)["secret"] in own_page(leader)
    assert who(theirs)["secret"] not in page
    assert who(anybodys)["secret"] not in page


def test_who_has_no_round_is_told_to_ask_for_one_where_they_meet(
    campaign: Campaign, street: Street, ada: Volunteer
) -> None:
    soon(campaign, ada)
    taken_back = issue(street.round, "volunteer", volunteer=ada)
    take_back(taken_back, by=system(campaign.organisation), at=NOW)

    page = own_page(ada)

    assert "Ask for a round at the meeting point" in page
    assert "/field/join" not in page


def test_a_round_that_is_on_their_phone_is_opened_there_without_the_link(
    campaign: Campaign, street: Street, ada: Volunteer
) -> None:
    soon(campaign, ada)
    out = issue(street.round, "volunteer", volunteer=ada)
    Phone().join(out)

    page = own_page(ada)

    assert 'href="/field/"' in page
    assert "It is on the phone on which you opened it." in page
    assert who(out)["secret"] not in page


@pytest.mark.parametrize(
    ("starts_at", "is_led_to"),
    [
        (NOW + 12 * HOUR, True),
        (NOW + 12 * HOUR + timedelta(minutes=1), False),
        (NOW - 2 * HOUR + timedelta(minutes=1), True),
        (NOW - 2 * HOUR, False),
    ],
)
def test_a_shift_leads_to_its_work_from_twelve_hours_before_until_it_ends(
    campaign: Campaign,
    street: Street,
    ada: Volunteer,
    starts_at: datetime,
    is_led_to: bool,
) -> None:
    soon(campaign, ada, starts_at=starts_at)
    out = issue(street.round, "volunteer", volunteer=ada)

    assert (who(out)["secret"] in own_page(ada)) == is_led_to


def test_who_waits_for_a_place_is_led_to_nothing(
    campaign: Campaign, street: Street, ada: Volunteer
) -> None:
    shift = make_shift(campaign, starts_at=NOW + HOUR)
    give_place(shift, ada, waits=True)
    out = issue(street.round, "volunteer", volunteer=ada)

    assert who(out)["secret"] not in own_page(ada) + own_page(ada, shift)


def test_a_phone_bank_of_that_hour_is_opened_from_the_shift_while_it_is_open(
    campaign: Campaign, ward: Ward, ada: Volunteer
) -> None:
    soon(campaign, ada, kind="phones")
    bank = bank_of(campaign)
    link = f"/field/join#{secret_of_bank(bank)}"

    opened = own_page(ada)
    PhoneBank.objects.update(closed_at=NOW)
    closed = own_page(ada)

    assert link in opened
    assert bank.session.short_code not in opened
    assert link not in closed
    assert "Ask the organiser for the link of the phone bank" in closed


def test_a_phone_bank_for_an_affiliates_callers_is_shown_to_them_alone(
    campaign: Campaign, ada: Volunteer
) -> None:
    union = Affiliate.objects.create(
        organisation=campaign.organisation, name="Lockworkers", kind="union"
    )
    bo = make_volunteer(campaign.organisation, "Bo Lane", affiliate=union)
    for volunteer in (ada, bo):
        soon(campaign, volunteer, kind="phones")
    secret = secret_of_bank(bank_of(campaign, affiliate=union))

    assert secret not in own_page(ada)
    assert secret in own_page(bo)


def test_the_phone_bank_of_the_shift_itself_is_shown_rather_than_another(
    campaign: Campaign, ada: Volunteer
) -> None:
    shift = soon(campaign, ada, kind="phones")
    own, other = bank_of(campaign), bank_of(campaign)
    CanvassSession.objects.filter(pk=own.session_id).update(shift=shift)

    page = own_page(ada)

    assert secret_of_bank(own) in page
    assert secret_of_bank(other) not in page


def test_a_stall_is_opened_from_a_shift_in_its_ward(
    campaign: Campaign, ward: Ward, other_ward: Ward, ada: Volunteer
) -> None:
    link = stall_of(campaign, ward)
    bo = make_volunteer(campaign.organisation, "Bo Lane")
    soon(campaign, ada, kind="stall", ward=ward)
    soon(campaign, bo, kind="stall", ward=other_ward)

    there, elsewhere = own_page(ada), own_page(bo)

    assert f"/field/join#{secret_of_stall(link)}" in there
    assert secret_of_stall(link) not in elsewhere
    assert "Ask at the stall for its link" in elsewhere


def test_another_organisations_work_is_never_shown(
    campaign: Campaign, other_campaign: Campaign, street: Street, ada: Volunteer
) -> None:
    soon(campaign, ada)
    stand_at_now(other_campaign.organisation)
    stranger = make_volunteer(other_campaign.organisation, "Ada Finch", mobile=MOBILE)
    soon(other_campaign, stranger)
    out = issue(street.round, "volunteer", volunteer=ada)

    assert who(out)["secret"] not in own_page(stranger)


def said(shift: Shift | None, **more: str) -> dict[str, object]:
    return {
        "name": "Tuesday doors",
        "day": "2024-04-23",
        "begins": "11:00",
        "ends": "13:00",
        "shift": shift.pk if shift else "",
        **more,
    }


def test_a_session_is_made_from_its_shift_and_each_leads_to_the_other(
    desk: Client, campaign: Campaign, ward: Ward
) -> None:
    shift = make_shift(
        campaign, ward=ward, starts_at=NOW + HOUR, meeting_point="Scout Hut"
    )
    at_shift = f"/mayor-2024/volunteers/shifts/{shift.pk}/"
    to_make = f"/mayor-2024/sessions/new/?shift={shift.pk}"

    before = desk.get(at_shift).content.decode()
    form = desk.get(to_make).content.decode()
    made = desk.post(to_make, said(shift))
    session = CanvassSession.objects.get()
    where = f"/mayor-2024/sessions/{session.pk}/"

    assert to_make in before
    assert 'value="Scout Hut"' in form
    assert f'<option value="{shift.pk}" selected>' in form
    assert made.headers["Location"] == where
    assert session.shift == shift
    assert where in desk.get(at_shift).content.decode()
    assert f'href="{at_shift}"' in desk.get(where).content.decode()


def test_a_shift_has_one_session(desk: Client, campaign: Campaign) -> None:
    shift = make_shift(campaign, starts_at=NOW + HOUR)
    make_session(campaign, shift=shift)
    other = make_session(campaign)

    page = desk.post("/mayor-2024/sessions/new/", said(shift))
    desk.post(f"/mayor-2024/sessions/{other.pk}/edit/", said(shift))

    assert "Select a valid choice" in page.content.decode()
    assert CanvassSession.objects.filter(shift=shift).count() == 1


def test_a_session_is_for_a_shift_on_the_doors_that_is_not_over_or_called_off(
    desk: Client, campaign: Campaign, other_campaign: Campaign
) -> None:
    to_come = make_shift(campaign, starts_at=NOW + HOUR)
    no_choice = [
        make_shift(campaign, starts_at=NOW + HOUR, cancelled_at=NOW),
        make_shift(campaign, starts_at=NOW - 5 * HOUR),
        make_shift(campaign, starts_at=NOW + HOUR, kind="stall"),
        make_shift(other_campaign, starts_at=NOW + HOUR),
    ]

    form = desk.get("/mayor-2024/sessions/new/").content.decode()
    refused = [
        desk.post("/mayor-2024/sessions/new/", said(shift)).status_code
        for shift in no_choice
    ]

    assert f'<option value="{to_come.pk}"' in form
    assert not [one for one in no_choice if f'<option value="{one.pk}"' in form]
    assert refused == [200] * 4
    assert not CanvassSession.objects.exists()


def test_a_session_keeps_its_shift_when_it_is_changed_and_may_lose_it(
    desk: Client, campaign: Campaign
) -> None:
    shift = make_shift(campaign, starts_at=NOW + HOUR)
    session = make_session(campaign, shift=shift)
    where = f"/mayor-2024/sessions/{session.pk}/edit/"
    assert f'<option value="{shift.pk}" selected>' in desk.get(where).content.decode()

    desk.post(where, said(shift, name="Renamed"))
    session.refresh_from_db()
    kept = (session.name, session.shift)
    desk.post(where, said(None))
    session.refresh_from_db()

    assert kept == ("Renamed", shift)
    assert session.shift is None


@pytest.mark.parametrize("asked", ["999999999", "x", "1" * 40, "٣"])
def test_a_shift_that_there_is_none_of_is_not_asked_about(
    desk: Client, campaign: Campaign, asked: str
) -> None:
    page = desk.get("/mayor-2024/sessions/new/", {"shift": asked})

    assert page.status_code == 200


def test_a_shift_at_the_phones_leads_to_its_bank(
    desk: Client, campaign: Campaign
) -> None:
    shift = make_shift(campaign, kind="phones", starts_at=NOW + HOUR)
    bank = bank_of(campaign)
    where = f"/mayor-2024/volunteers/shifts/{shift.pk}/"

    before = desk.get(where).content.decode()
    CanvassSession.objects.filter(pk=bank.session_id).update(shift=shift)
    after = desk.get(where).content.decode()

    assert "Make its session" not in before
    assert f"/mayor-2024/phones/{bank.pk}/" in after
