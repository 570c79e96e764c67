"""What stays on a phone once its round has left it: no name, and nothing lost."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from campaigns.models import Campaign, Ward
from canvassing.models import (
    BuildingNote,
    Contact,
    FieldPhone,
    HeldItem,
    RoundDoor,
    RoundIssue,
)
from tests.browser.field_street import make_homes
from tests.canvassing.field_helpers import Street, issue, make_round
from tests.cast import NOW
from tests.embedded.clients import eventually

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIVE_HOURS_ON = """() => { const real = Date.now;
    Date.now = () => real() + 5 * 3_600_000; }"""
OF_THE_ROUND = ("Alamein", "Suzanne", "Rose", "Charles", "Stevens", "Bushbury")


@pytest.fixture
def street(campaign: Campaign, ward: Ward) -> Street:
    return make_homes(campaign, ward, doors=4)


def note_the_building(phone: Any, text: str) -> None:
    form = phone.opened("Note about the building")
    form.get_by_role("textbox").fill(text)
    form.get_by_role("button", name="Save").click()
    phone.says_saved()


def test_a_round_whose_time_is_over_leaves_the_phone_with_no_signal_and_mid_word(
    street: Street, open_phone: Any
) -> None:
    phone = open_phone()
    phone.join(issue(street.round))
    phone.context.set_offline(True)
    phone.at_door(2)
    phone.page.get_by_role("button", name="Pledge: will vote").click()
    phone.says_saved()
    note_the_building(phone, "buzz 12")
    phone.opened("Note").get_by_role("textbox").fill("half a wo")

    phone.page.evaluate(FIVE_HOURS_ON)
    phone.asks_the_server()

    heading = phone.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("The time of this round is over")
    expect(phone.page.get_by_role("heading", name="2 not sent")).to_be_visible()
    shown = phone.page.locator("body").inner_text()
    assert not [word for word in (*OF_THE_ROUND, "buzz") if word in shown]
    assert not [word for word in OF_THE_ROUND if word in phone.kept()]
    assert str(street.electors[0].pk) in phone.kept()

    RoundIssue.objects.update(expires_at=NOW - timedelta(minutes=1))
    phone.context.set_offline(False)
    expect(phone.page.get_by_role("heading", name="For your organiser")).to_be_visible()
    assert eventually(lambda: HeldItem.objects.count() == 2)
    assert "buzz 12" not in phone.kept()


def test_what_is_being_sent_as_the_round_is_handed_back_is_filed_and_not_held(
    street: Street, open_phone: Any
) -> None:
    phone = open_phone()
    phone.join(issue(street.round))
    slow: list[Any] = []
    phone.context.route("**/field/sync/", lambda route: slow.append(route))
    phone.at_door(2)
    phone.page.get_by_role("button", name="Nobody in").click()
    assert eventually(lambda: phone.page.evaluate("1") and slow)
    phone.page.goto("/field/#/phone")

    phone.hands_back()
    phone.page.wait_for_timeout(1_000)
    slow[0].continue_()

    heading = phone.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("The round is handed back")
    assert Contact.objects.count() == 1
    assert not HeldItem.objects.exists()


def test_handing_back_says_first_who_else_has_the_round_and_what_is_to_do(
    street: Street, open_phone: Any
) -> None:
    out, ada, bo = issue(street.round), open_phone(), open_phone()
    ada.join(out)
    bo.join(out, name="Bo Lane", mobile="07700 900456")
    bo.at_door(2)
    bo.page.get_by_role("button", name="Nobody in").click()
    bo.says_saved()
    bo.page.goto("/field/#/phone")

    sign_out = bo.page.get_by_role("button", name="Sign this phone out")
    expect(sign_out).to_have_class(re.compile("primary"))
    asked = bo.opened("Hand the round back")

    expect(asked).to_contain_text("1 other phone has this round, and it stops too.")
    expect(asked).to_contain_text("3 doors are still to do.")
    assert not RoundIssue.objects.get().closed_at
    asked.get_by_role("button", name="Yes, hand the round back").click()
    heading = bo.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("The round is handed back")
    ada.asks_the_server()
    heading = ada.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("The round is handed back")


def test_who_else_has_the_round_is_known_where_only_the_round_came(
    street: Street, open_phone: Any
) -> None:
    out, ada, bo = issue(street.round), open_phone(), open_phone()
    ada.join(out)
    bo.context.route("**/field/changes/**", lambda route: route.abort())
    bo.join(out, name="Bo Lane", mobile="07700 900456")
    bo.page.goto("/field/#/phone")

    asked = bo.opened("Hand the round back")

    expect(asked).to_contain_text("1 other phone has this round, and it stops too.")
    bo.reports.clear()


def test_another_round_opens_while_a_note_of_the_last_one_still_waits(
    street: Street, open_phone: Any, campaign: Campaign, ward: Ward
) -> None:
    RoundDoor.objects.filter(address__in=street.addresses[2:]).delete()
    other = make_round(campaign, ward, *street.addresses[2:], name="The other round")
    phone = open_phone()
    phone.join(issue(street.round))
    phone.context.route("**/field/sync/", lambda route: route.abort())
    phone.at_door(2)
    note_the_building(phone, "buzz 12")

    phone.join(issue(other))
    phone.reopen()

    heading = phone.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("The other round")
    phone.context.unroute("**/field/sync/")
    phone.asks_the_server()
    phone.all_sent()
    assert BuildingNote.objects.get().text == "buzz 12"


def test_what_is_said_between_the_phone_and_us_takes_no_round_away(
    street: Street, open_phone: Any
) -> None:
    phone = open_phone()
    sent_out = issue(street.round)
    phone.join(sent_out)
    phone.page.route(
        "**/field/changes/*",
        lambda route: route.fulfill(status=403, body="<h1>Sign in to the Wi-Fi</h1>"),
    )
    with phone.page.expect_response("**/field/changes/*"):
        phone.asks_the_server()
    phone.page.wait_for_timeout(500)

    heading = phone.page.get_by_role("heading", level=1)
    expect(heading).to_have_text(sent_out.round.name)
    assert "Alamein" in phone.kept()


def test_a_phone_that_we_do_not_know_keeps_no_name_and_all_that_is_not_sent(
    street: Street, open_phone: Any
) -> None:
    phone = open_phone()
    phone.join(issue(street.round))
    phone.context.set_offline(True)
    phone.at_door(2)
    phone.page.get_by_role("button", name="Nobody in").click()
    phone.says_saved()
    FieldPhone.objects.update(key_hash="0" * 64)

    phone.context.set_offline(False)

    heading = phone.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("This phone is not known here")
    expect(phone.page.get_by_role("heading", name="1 not sent")).to_be_visible()
    assert not [word for word in OF_THE_ROUND if word in phone.kept()]
