"""A tap that needs a signal where there is none: it is said, and nothing is lost."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from campaigns.access import system
from campaigns.models import Campaign, Organisation, Ward
from canvassing.actions.phone_banks import link_secret
from canvassing.actions.scripts import default_scripts
from canvassing.models import Contact
from tests.browser.field_street import make_homes
from tests.canvassing.field_helpers import issue
from tests.canvassing.phone_helpers import bank_of, stand_with_number
from tests.cast import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTHING = "There is no signal"


def without_signal(phone: Any) -> list[str]:
    """Cuts the network; what a browser reports of that is no report of ours."""
    phone.context.set_offline(True)
    return list(phone.reports)


def test_send_now_and_another_language_say_that_there_is_no_signal(
    campaign: Campaign, ward: Ward, open_phone: Any
) -> None:
    phone = open_phone()
    phone.join(issue(make_homes(campaign, ward, doors=4).round))
    page = phone.page
    reports = without_signal(phone)
    phone.at_door(2)
    page.get_by_role("button", name="Nobody in").click()
    page.goto("/field/#/phone")
    told = page.get_by_role("status")

    page.get_by_role("button", name="Send now").click()
    expect(told).to_contain_text(NOTHING)
    page.get_by_role("link", name="1 not sent").click()
    page.reload()
    expect(page.get_by_role("heading", name="1 not sent")).to_be_visible()
    page.get_by_role("link", name="Cymraeg / English").click()
    expect(told).to_contain_text(NOTHING)
    expect(page.get_by_role("heading", name="1 not sent")).to_be_visible()

    phone.context.set_offline(False)
    page.get_by_role("button", name="Send now").click()
    phone.all_sent()
    assert Contact.objects.count() == 1
    phone.reports[:] = reports


def joins_a_bank(
    phone: Any, organisation: Organisation, campaign: Campaign, ward: Ward
) -> None:
    """With one to be called, who is on their page."""
    organisation.clock_offset = NOW - timezone.now()
    organisation.save()
    stand_with_number(campaign, ward, "+447700900001")
    default_scripts(campaign=campaign, by=system(organisation), at=NOW)
    bank = bank_of(campaign)
    page = phone.page
    page.goto(f"/field/join#{link_secret(bank)}")
    page.get_by_label("Your name").fill("Ada Finch")
    page.get_by_label("Your mobile number").fill("07700 900123")
    page.get_by_label("Today’s code").fill(bank.session.short_code)
    page.get_by_label("I have read it and promise").check()
    page.get_by_label("I am 18 or older").check()
    page.get_by_role("button", name="Join in").click()
    page.get_by_role("button", name="Next call").click()


def test_a_callers_page_keeps_what_was_chosen_until_there_is_a_signal(
    organisation: Organisation, campaign: Campaign, ward: Ward, open_phone: Any
) -> None:
    phone = open_phone()
    joins_a_bank(phone, organisation, campaign, ward)
    page = phone.page
    page.get_by_text("Spoke to them").click()
    page.get_by_label("Pledge: will vote").check()
    page.get_by_label("Note").fill("has a ramp")

    reports = without_signal(phone)
    page.get_by_role("button", name="Done").click()
    told = page.get_by_role("alert").filter(has_text=NOTHING)
    expect(told).to_be_visible()
    page.get_by_role("link", name="Cymraeg / English").click()
    expect(told).to_be_visible()
    expect(page.get_by_label("Pledge: will vote")).to_be_checked()
    expect(page.get_by_label("Note")).to_have_value("has a ramp")
    phone.context.set_offline(False)
    page.get_by_role("button", name="Done").click()

    expect(page.get_by_role("status")).to_contain_text("Noted: spoken to.")
    only = Contact.objects.get()
    assert only.note == "has a ramp"
    assert only.intention is not None
    phone.reports[:] = reports


def test_an_old_browser_that_sends_no_form_twice_files_calls_all_the_same(
    organisation: Organisation, campaign: Campaign, ward: Ward, open_phone: Any
) -> None:
    phone = open_phone()
    phone.page.add_init_script("delete HTMLFormElement.prototype.requestSubmit")
    joins_a_bank(phone, organisation, campaign, ward)
    phone.page.get_by_text("Spoke to them").click()
    phone.page.get_by_role("button", name="Done").click()

    expect(phone.page.get_by_role("status")).to_contain_text("Noted: spoken to.")
    assert Contact.objects.count() == 1
