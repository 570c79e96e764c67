"""Whoever writes at a door: nothing of it is lost, whatever arrives or is tapped."""

from typing import Any

import pytest
from playwright.sync_api import expect

from campaigns.models import Campaign, Ward
from canvassing.models import BuildingNote, Contact
from tests.browser.field_street import make_homes
from tests.canvassing.field_helpers import Phone, Street, contact, issue
from tests.embedded.clients import eventually

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


LIFTED_AND_DOWN_AGAIN = """() => {
    dispatchEvent(new PointerEvent("pointerup"));
    dispatchEvent(new PointerEvent("pointerdown"));
}"""


@pytest.fixture
def street(campaign: Campaign, ward: Ward) -> Street:
    return make_homes(campaign, ward, doors=4)


@pytest.fixture
def phone(street: Street, open_phone: Any) -> Any:
    phone = open_phone()
    phone.join(issue(street.round))
    return phone


def test_what_others_did_arrives_while_a_note_is_written_and_the_note_stays(
    street: Street, open_phone: Any
) -> None:
    sent_out = issue(street.round)
    phone, other = open_phone(), Phone()
    phone.join(sent_out)
    other.join(sent_out, name="Bo Lane", mobile="07700 900456")
    phone.at_door(4)
    phone.page.get_by_role("button", name="Ask Charles").click()
    note = phone.opened("Note").get_by_role("textbox")
    note.fill("has a ramp")

    other.send(contact(street.electors[2]))
    phone.asks_the_server()
    phone.page.wait_for_timeout(1_500)
    expect(note).to_be_focused()
    expect(note).to_have_value("has a ramp")

    note.blur()
    iain = phone.page.get_by_role("region", name="Iain Stevens")
    expect(iain).to_contain_text("Not in")
    expect(note).to_be_visible()
    expect(note).to_have_value("has a ramp")
    phone.page.get_by_role("button", name="Save").first.click()
    phone.back_to_the_round()
    phone.all_sent()
    assert Contact.objects.get(elector=street.electors[1]).note == "has a ramp"


def test_what_was_opened_to_be_read_stays_open_when_something_arrives(
    street: Street, open_phone: Any
) -> None:
    sent_out = issue(street.round)
    phone, other = open_phone(), Phone()
    phone.join(sent_out)
    other.join(sent_out, name="Bo Lane", mobile="07700 900456")
    phone.at_door(4)
    how = phone.opened("How did you get my details\\?")

    other.send(contact(street.electors[2]))
    phone.asks_the_server()

    expect(phone.page.get_by_role("region", name="Iain")).to_contain_text("Not in")
    expect(how).to_contain_text("electoral register")


def test_an_answer_tapped_beside_a_note_half_written_shows_and_keeps_the_note(
    phone: Any, street: Street
) -> None:
    phone.at_door(2)
    note = phone.opened("Note").get_by_role("textbox")
    note.fill("has a ramp")

    undecided = phone.page.get_by_role("button", name="Has not decided")
    undecided.click()

    expect(undecided).to_have_attribute("aria-pressed", "true")
    expect(note).to_have_value("has a ramp")


def test_notes_that_were_not_saved_are_saved_on_going_to_the_next_door(
    phone: Any, street: Street
) -> None:
    phone.at_door(2)
    phone.opened("Note").get_by_role("textbox").fill("has a ramp")
    phone.opened("Note about the building").get_by_role("textbox").fill("buzz 12")

    phone.page.get_by_role("link", name="Next door").click()

    expect(phone.page.get_by_role("heading", level=1)).to_have_text("4 Alamein Road")
    phone.back_to_the_round()
    phone.all_sent()
    assert Contact.objects.get().note == "has a ramp"
    assert BuildingNote.objects.get().text == "buzz 12"


def test_a_number_half_written_is_not_taken_for_given(
    phone: Any, street: Street
) -> None:
    phone.at_door(2)
    form = phone.opened("Leaves a number or e-mail address")
    form.get_by_role("textbox").fill("07700 900")

    phone.back_to_the_round()

    expect(phone.page.get_by_role("link", name="All sent")).to_be_visible()
    assert "07700 900" not in phone.kept()


def test_whoever_goes_by_keyboard_is_where_they_were_after_saving(
    phone: Any, street: Street
) -> None:
    phone.at_door(2)
    note = phone.opened("Note about the building").get_by_role("textbox")
    note.fill("buzz 12")

    note.press("Enter")

    summary = phone.page.locator("summary", has_text="the note about the building")
    expect(summary).to_be_focused()
    phone.back_to_the_round()
    assert eventually(lambda: BuildingNote.objects.exists())


def test_a_tap_is_not_lost_when_something_arrives_under_the_finger(
    street: Street, open_phone: Any
) -> None:
    sent_out = issue(street.round)
    phone, other = open_phone(), Phone()
    phone.join(sent_out)
    other.join(sent_out, name="Bo Lane", mobile="07700 900456")
    page = phone.page
    page.get_by_role("link", name="8 Siân").hover()
    page.mouse.down()
    page.evaluate(LIFTED_AND_DOWN_AGAIN)

    other.send(contact(street.electors[2]))
    phone.asks_the_server()
    page.wait_for_timeout(1_500)
    page.mouse.up()

    expect(page.get_by_role("heading", level=1)).to_have_text("8 Alamein Road")


def test_nor_is_a_tap_on_the_badge_when_its_words_change(
    phone: Any, street: Street
) -> None:
    page = phone.page
    page.context.route("**/field/sync/", lambda route: route.abort())
    phone.at_door(2)
    page.get_by_role("button", name="Nobody in").click()
    page.get_by_role("link", name="1 not sent").hover()
    page.mouse.down()

    page.context.unroute("**/field/sync/")
    phone.asks_the_server()
    assert eventually(lambda: page.evaluate("1") and Contact.objects.exists())
    page.wait_for_timeout(500)
    page.mouse.up()

    expect(page.get_by_text("Hand the round back", exact=True)).to_be_visible()
