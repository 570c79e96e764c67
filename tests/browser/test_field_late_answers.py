"""Answers that come late: none brings back what was wiped, or puts an old round over
the one that was joined since."""

from typing import Any

import pytest
from playwright.sync_api import expect

from campaigns.access import system
from campaigns.models import Campaign, Ward
from canvassing.actions.round_issues import take_back
from canvassing.models import DoNotContact, HeldItem, RoundDoor
from tests.browser.field_phone import (
    ANSWERED_WHILE_WIPING,
    HeldAnswers,
    HeldRequests,
    says_no,
)
from tests.browser.field_street import make_homes
from tests.canvassing.field_helpers import Street, issue, make_round
from tests.cast import NOW
from tests.embedded.clients import eventually

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OF_THE_ROUND = ("Alamein", "Suzanne", "Stevens", "Bushbury")


@pytest.fixture
def street(campaign: Campaign, ward: Ward) -> Street:
    return make_homes(campaign, ward, doors=4)


def names_on(phone: Any) -> list[str]:
    """What is kept of the round, or shown of it."""
    everything = phone.kept() + phone.page.locator("body").inner_text()
    return [word for word in OF_THE_ROUND if word in everything]


def cut(route: Any) -> None:
    route.abort()


def ends_as(phone: Any, words: str) -> None:
    expect(phone.page.get_by_role("heading", level=1)).to_have_text(words)


def test_a_revoked_phone_that_comes_online_keeps_no_name_and_files_what_it_has(
    street: Street, open_phone: Any
) -> None:
    phone = open_phone()
    sent_out = issue(street.round)
    phone.join(sent_out)
    phone.context.set_offline(True)
    phone.at_door(2)
    off = phone.opened("Take us all off your list")
    off.get_by_role("button", name="for good").first.click()
    phone.says_saved()
    phone.back_to_the_round()
    take_back(sent_out, by=system(sent_out.organisation), at=NOW)
    phone.page.route("**/field/changes/*", says_no("revoked"))
    phone.page.evaluate(ANSWERED_WHILE_WIPING)

    phone.context.set_offline(False)

    ends_as(phone, "This round was taken back")
    expect(phone.page.get_by_role("heading", name="For your organiser")).to_be_visible()
    assert names_on(phone) == []
    assert HeldItem.objects.count() == 1
    phone.reopen()
    ends_as(phone, "This round was taken back")


def test_a_round_that_arrives_after_the_phone_signed_out_stays_off_it(
    street: Street, open_phone: Any
) -> None:
    phone = open_phone()
    phone.join(issue(street.round))
    late = HeldAnswers()
    phone.context.route("**/field/round/", late)
    phone.reopen()
    phone.page.goto("/field/#/phone")
    assert eventually(lambda: phone.page.evaluate("1") and late.routes)

    phone.page.get_by_role("button", name="Sign this phone out").click()
    ends_as(phone, "You are signed out")
    late.let_go()
    phone.page.wait_for_timeout(1_000)

    assert names_on(phone) == []
    ends_as(phone, "You are signed out")


def test_what_an_old_tab_hears_of_its_round_leaves_the_one_joined_since(
    street: Street, open_phone: Any, campaign: Campaign, ward: Ward
) -> None:
    RoundDoor.objects.filter(address__in=street.addresses[2:]).delete()
    other = make_round(campaign, ward, *street.addresses[2:], name="The other round")
    phone = open_phone()
    sent_out = issue(street.round)
    phone.join(sent_out)
    late: list[Any] = []
    old_tab = phone.page
    old_tab.route("**/field/changes/*", lambda route: late.append(route))
    phone.asks_the_server()
    assert eventually(lambda: old_tab.evaluate("1") and late)
    take_back(sent_out, by=system(sent_out.organisation), at=NOW)
    phone.page = phone.watched(phone.context.new_page())
    phone.join(issue(other))

    for route in late:
        route.continue_()
    phone.page.wait_for_timeout(1_000)
    phone.page.reload()

    ends_as(phone, "The other round")
    assert "The other round" in phone.kept()


def test_a_round_that_was_read_before_a_wish_was_sent_does_not_hide_the_wish(
    street: Street, open_phone: Any
) -> None:
    """On opening the round, what waits and what is new are asked for together; the
    round, the largest, comes last though it was read first."""
    phone = open_phone()
    phone.join(issue(street.round))
    phone.context.set_offline(True)
    phone.at_door(2)
    off = phone.opened("Take us all off your list")
    off.get_by_role("button", name="for good").first.click()
    phone.says_saved()
    phone.back_to_the_round()
    late, asked = HeldAnswers(), HeldRequests()
    phone.page.route("**/field/round/", late)
    phone.page.route("**/field/changes/*", asked)
    phone.page.route("**/field/sync/", cut)

    phone.context.set_offline(False)
    phone.page.reload()
    assert eventually(lambda: phone.page.evaluate("1") and bool(late.routes))
    phone.page.unroute("**/field/sync/")
    expect(phone.page.get_by_text("1 not sent")).to_have_count(0, timeout=15_000)
    assert DoNotContact.objects.exists()
    asked.let_go()
    phone.page.wait_for_timeout(500)
    late.let_go()
    phone.page.unroute("**/field/round/")
    phone.page.unroute("**/field/changes/*")

    phone.page.wait_for_timeout(500)
    links = phone.page.get_by_role("link")
    expect(links.filter(has_text="Do not knock")).to_be_visible()
