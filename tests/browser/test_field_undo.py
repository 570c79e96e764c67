"""Taking back what was tapped: all of it, while the volunteer is at the door."""

from typing import Any

import pytest
from playwright.sync_api import expect

from campaigns.access import system
from campaigns.actions.hiding import hide_elector
from campaigns.models import Campaign, Ward
from canvassing.models import (
    BuildingNote,
    Contact,
    DoNotContact,
    PhoneNumber,
    RoundKnocker,
    ViewsObjection,
)
from tests.browser.field_street import make_homes
from tests.canvassing.field_helpers import Street, issue
from tests.cast import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def street(campaign: Campaign, ward: Ward) -> Street:
    return make_homes(campaign, ward, doors=4)


@pytest.fixture
def phone(street: Street, open_phone: Any) -> Any:
    phone = open_phone()
    phone.join(issue(street.round))
    phone.at_door(2)
    return phone


def undo(phone: Any) -> None:
    phone.page.get_by_role("button", name="Undo").click()
    expect(phone.page.get_by_role("status")).to_contain_text("Taken back")


def test_a_wish_and_a_note_on_the_building_are_taken_back(phone: Any) -> None:
    phone.opened("Take us all off your list")
    phone.page.get_by_role("button", name="for good").first.click()
    expect(phone.page.get_by_text("Do not knock since 23 April")).to_be_visible()
    expect(phone.page.get_by_text("If this is a mistake, tap Undo")).to_be_visible()

    undo(phone)

    expect(phone.page.get_by_text("Do not knock since")).to_have_count(0)
    form = phone.opened("Note about the building")
    form.get_by_role("textbox").fill("wrong bell")
    form.get_by_role("button", name="Save").click()
    expect(phone.page.get_by_text("“wrong bell”")).to_be_visible()
    undo(phone)
    expect(phone.page.get_by_text("wrong bell")).to_have_count(0)
    phone.back_to_the_round()
    phone.all_sent()
    assert not DoNotContact.objects.exists()
    assert not BuildingNote.objects.exists()


def test_an_objection_and_a_number_are_taken_back(phone: Any) -> None:
    phone.opened("Do not record my views").get_by_role("button").click()
    pledge = phone.page.get_by_role("button", name="Pledge: will vote")
    expect(pledge).to_have_count(0)
    undo(phone)
    expect(pledge).to_be_visible()

    form = phone.opened("Leaves a number or e-mail address")
    form.get_by_role("textbox").fill("07700 900555")
    form.get_by_role("button", name="Save").click()
    phone.says_saved()
    undo(phone)

    phone.back_to_the_round()
    phone.all_sent()
    assert not ViewsObjection.objects.exists()
    assert not PhoneNumber.objects.exists()


def test_undo_goes_one_tap_back_and_then_another(phone: Any) -> None:
    pledge = phone.page.get_by_role("button", name="Pledge: will vote")
    pledge.click()
    expect(pledge).to_have_attribute("aria-pressed", "true")
    form = phone.opened("Note")
    form.get_by_role("textbox").fill("wrong person")
    form.get_by_role("button", name="Save").click()
    expect(phone.page.get_by_text("Change the note", exact=True)).to_be_visible()

    undo(phone)

    expect(pledge).to_have_attribute("aria-pressed", "true")
    expect(phone.page.get_by_text("Change the note", exact=True)).to_have_count(0)
    undo(phone)
    expect(phone.page.get_by_text("Not asked yet")).to_be_visible()
    expect(phone.page.get_by_role("button", name="Undo")).to_be_disabled()
    assert "wrong person" not in phone.kept()
    phone.back_to_the_round()
    phone.all_sent()
    assert not Contact.objects.exists()


def test_moved_away_is_undone_also_after_it_was_sent(
    phone: Any, street: Street
) -> None:
    gone = phone.opened("Moved away, or has died")
    gone.get_by_role("button", name="Moved").click()
    phone.back_to_the_round()
    phone.all_sent()
    assert Contact.objects.get().outcome.kind == "moved"

    phone.page.get_by_role("button", name="Undo what was recorded last").click()

    expect(phone.page.get_by_text("0 of 4 doors")).to_be_visible()
    phone.all_sent()
    assert Contact.objects.filter(corrects__isnull=False, outcome=None).count() == 1


def test_what_was_undone_brings_nobody_back_who_has_left_the_round(
    phone: Any, street: Street
) -> None:
    phone.at_door(4)
    phone.opened("Note about the building").get_by_role("textbox").fill("buzz 12")
    phone.page.get_by_role("button", name="Save").first.click()
    charles = phone.page.get_by_role("heading", name="Charles Stevens")
    expect(charles).to_be_visible()
    who = system(street.round.organisation)
    hide_elector(street.electors[1], reason="asked us to", by=who, at=NOW)
    phone.asks_the_server()
    expect(charles).to_have_count(0)

    undo(phone)

    expect(charles).to_have_count(0)
    assert "Charles" not in phone.kept()


def test_whoever_has_left_the_team_by_a_slip_of_the_finger_is_back_by_undo(
    phone: Any,
) -> None:
    page = phone.page
    page.goto("/field/#/team")
    page.get_by_label("Their name").fill("Bo Lane")
    page.get_by_label("Their mobile number").fill("07700 900456")
    page.get_by_label("They have read it and promise").check()
    page.get_by_label("They are 18 or older").check()
    page.get_by_role("button", name="Add").click()
    bo = page.get_by_role("region", name="Bo Lane")
    bo.get_by_role("button", name="Has left").click()
    expect(page.get_by_text("Bo Lane has left")).to_be_visible()
    expect(bo).to_have_count(0)

    undo(phone)

    expect(bo).to_be_visible()
    phone.back_to_the_round()
    phone.all_sent()
    assert not RoundKnocker.objects.filter(left_at__isnull=False).exists()
    page.get_by_role("link", name="Team").click()
    bo.get_by_role("button", name="Has left").click()
    phone.back_to_the_round()
    phone.all_sent()
    assert RoundKnocker.objects.get(left_at__isnull=False).volunteer.name == "Bo Lane"
