"""A caller’s evening on a phone, from link to last call, with axe on each page."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from campaigns.access import system
from campaigns.models import Campaign, ControllerKind, Organisation, User, Ward
from canvassing.actions.phone_banks import block_caller, link_secret
from canvassing.actions.scripts import default_scripts
from canvassing.models import (
    BankCaller,
    CallClaim,
    Contact,
    DoNotContact,
    OpinionConsent,
    PhoneBank,
    QueuedCall,
    ScriptChannel,
)
from tests.browser.looks import serious
from tests.canvassing.phone_helpers import (
    bank_of,
    numbers,
    run_out,
    stand_with_number,
)
from tests.cast import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK = (
    "phones/screening/",
    "phones/details/",
    "stall/",
    "stall/new/",
    "electors/keypad/",
)


@pytest.fixture
def bank(organisation: Organisation, campaign: Campaign, ward: Ward) -> PhoneBank:
    """With two to be called, on a clock that stands at NOW, and the usual script."""
    organisation.clock_offset = NOW - timezone.now()
    organisation.save()
    for number in numbers(2):
        stand_with_number(campaign, ward, number)
    default_scripts(campaign=campaign, by=system(organisation), at=NOW)
    return bank_of(campaign, ends_at=NOW + timedelta(days=9))


def join(phone: Any, bank: PhoneBank) -> None:
    page = phone.page
    page.goto(f"/field/join#{link_secret(bank)}")
    page.get_by_label("Your name").fill("Ada Finch")
    page.get_by_label("Your mobile number").fill("07700 900123")
    page.get_by_label("Today’s code").fill(bank.session.short_code)
    page.get_by_label("I have read it and promise").check()
    page.get_by_label("I am 18 or older").check()
    page.get_by_role("button", name="Join in").click()
    expect(page.get_by_role("button", name="Next call")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_caller_joins_calls_and_finds_an_end_and_axe_finds_nothing_serious(
    bank: PhoneBank, open_phone: Any, dark: bool
) -> None:
    phone = open_phone(dark=dark)
    page = phone.page
    found: list[str] = []

    def look() -> None:
        found.extend(serious(page))

    join(phone, bank)
    look()
    page.get_by_role("button", name="Next call").click()
    expect(page.get_by_role("link", name=re.compile("Call 07700 900"))).to_be_visible()
    say = page.get_by_text("Hello, is that Ivy? I’m Ada, a volunteer for Rowan Ash.")
    expect(say).to_be_visible()
    for fold in page.locator("summary").all():
        fold.click()
    look()
    page.get_by_label("Pledge: will vote").check()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("status")).to_contain_text("Noted: spoken to.")
    look()
    page.get_by_role("button", name="Next call").click()
    page.get_by_role("button", name="No answer").click()
    expect(page.get_by_role("status")).to_contain_text("Noted: no answer.")
    look()

    assert found == []
    filed = Contact.objects.order_by("pk").values_list("outcome__kind", "channel")
    assert list(filed) == [("spoken", "phone"), ("not_in", "phone")]
    assert bank.session.script is not None
    assert bank.session.script.channel == ScriptChannel.PHONE


def test_a_caller_undoes_a_slip_and_has_the_same_person_on_the_line(
    bank: PhoneBank, open_phone: Any
) -> None:
    phone = open_phone()
    page = phone.page
    join(phone, bank)
    page.get_by_role("button", name="Next call").click()
    line = page.get_by_role("link", name=re.compile("Call 07700 900"))
    number = line.inner_text()
    page.get_by_text("Take me off your list").click()
    page.get_by_role("button", name="No calls, visits, letters or e-mail, ever").click()
    undo = page.get_by_role("button", name="Undo my last call: asked not to be called")
    expect(undo).to_be_visible()
    assert serious(page) == []
    undo.click()

    expect(page.get_by_role("status")).to_contain_text("Taken back")
    expect(line).to_have_text(number)
    assert not DoNotContact.objects.filter(lifted_at=None).exists()
    page.get_by_role("button", name="No answer").click()
    expect(page.get_by_role("status")).to_contain_text("Noted: no answer.")
    last = Contact.objects.latest("pk")
    assert last.outcome is not None
    assert last.outcome.kind == "not_in"


def test_a_caller_who_is_blocked_sees_no_number_any_more(
    bank: PhoneBank, open_phone: Any
) -> None:
    phone = open_phone()
    join(phone, bank)
    phone.page.get_by_role("button", name="Next call").click()
    expect(phone.page.get_by_role("link", name="Call 07700 900")).to_be_visible()
    caller = BankCaller.objects.get()

    block_caller(caller, by=system(bank.organisation), at=NOW)
    reports = list(phone.reports)
    phone.page.reload()

    expect(phone.page.get_by_text("You cannot call here")).to_be_visible()
    expect(phone.page.get_by_text("07700 900")).to_have_count(0)
    assert not CallClaim.objects.filter(closed_at=None).exists()
    phone.reports[:] = reports  # A browser reports the 403 itself.


def test_an_independents_caller_reads_the_wording_out_before_they_ask(
    bank: PhoneBank, open_phone: Any, organisation: Organisation
) -> None:
    organisation.controller_kind = ControllerKind.CANDIDATE
    organisation.save()
    phone = open_phone()
    page = phone.page
    join(phone, bank)
    page.get_by_role("button", name="Next call").click()
    page.get_by_text("Spoke to them").click()
    expect(page.get_by_text("I agree that")).to_be_visible()
    expect(page.get_by_label("Pledge: will vote")).to_have_count(0)
    assert serious(page) == []

    page.get_by_role("button", name="They agree").click()
    expect(page.get_by_role("status")).to_contain_text("they agreed")
    page.get_by_text("Spoke to them").click()
    page.get_by_label("Pledge: will vote").check()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("status")).to_contain_text("Noted: spoken to.")
    assert Contact.objects.get().elector_id == OpinionConsent.objects.get().elector_id


def test_the_number_leaves_the_page_with_the_lease_and_the_outcome_is_still_filed(
    bank: PhoneBank, open_phone: Any
) -> None:
    phone = open_phone()
    page = phone.page
    join(phone, bank)
    page.get_by_role("button", name="Next call").click()
    expect(page.get_by_role("link", name="Call 07700 900")).to_be_visible()
    page.clock.install()
    run_out(CallClaim.objects.all())
    page.reload()
    expect(page.get_by_text("07700 900")).to_have_count(0)

    page.get_by_role("button", name="Next call").click()
    expect(page.get_by_role("link", name="Call 07700 900")).to_be_visible()
    run_out(CallClaim.objects.all())
    page.clock.fast_forward("11:00")
    expect(page.get_by_text("its number is hidden")).to_be_visible()
    expect(page.get_by_role("link", name="Call 07700 900")).to_have_count(0)
    page.get_by_role("button", name="Engaged").click()
    expect(page.get_by_role("status")).to_contain_text("Noted: engaged.")
    assert Contact.objects.get().outcome.kind == "not_in"


def test_a_call_back_is_promised_and_no_hour_without_calls(
    bank: PhoneBank, open_phone: Any
) -> None:
    phone = open_phone()
    page = phone.page
    join(phone, bank)
    page.get_by_role("button", name="Next call").click()
    page.get_by_text("Call back at …").click()
    field = page.get_by_label("Call back at")
    field.fill("2024-04-23T23:00")
    page.get_by_role("button", name="Promise it").click()
    expect(page.get_by_text("makes no calls then")).to_be_visible()
    expect(page.get_by_text("We call from 9 am to 8.30 pm, UK time.")).to_be_visible()
    expect(field).to_have_value("2024-04-23T23:00")
    assert serious(page) == []
    field.fill("2024-04-23T18:30")
    page.get_by_role("button", name="Promise it").click()
    expect(page.locator(".messages")).to_contain_text("Noted: call back")
    promised = QueuedCall.objects.get(promised_to__isnull=False)
    assert promised.due_at == NOW.replace(hour=18, minute=30)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious_on_the_desks_pages_of_phones(
    bank: PhoneBank, organiser: User, open_page: Any, dark: bool
) -> None:
    page = open_page(organiser, dark=dark)
    found: list[str] = []
    for address in ("phones/", "phones/new/", f"phones/{bank.pk}/", *DESK):
        answer = page.goto(f"/{bank.campaign.slug}/{address}")
        assert answer.status == 200, address
        found += serious(page)
    assert found == []
