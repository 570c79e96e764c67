"""A morning at a street stall on a helper’s phone, with axe on each page."""

from typing import Any

import pytest
from playwright.sync_api import expect

from campaigns.access import system
from campaigns.models import Campaign, Organisation, User, Ward
from canvassing.actions.scripts import default_scripts
from canvassing.actions.stall_links import link_secret
from canvassing.models import Contact, DoNotContact, PhoneNumber, StallLink
from tests.browser.looks import pictured, serious
from tests.canvassing.stall_helpers import helper_of, stall_of
from tests.cast import NOW, make_district, make_elector

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALL_TARGETS = """() => [...document.querySelectorAll(
    "main .button, main summary, main .line, main label:has(input), main [type=text]"
  )].filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 51.5)
    .map((one) => one.textContent || one.name)"""


@pytest.fixture
def link(organisation: Organisation, campaign: Campaign, ward: Ward) -> StallLink:
    """With two to be found, and the usual script."""
    district = make_district(organisation, ward)
    make_elector(district, attains_on=NOW.date())
    make_elector(district, forename="Ida")
    default_scripts(campaign=campaign, by=system(organisation), at=NOW)
    return stall_of(campaign, ward)


def join(phone: Any, link: StallLink) -> None:
    page = phone.page
    page.goto(f"/field/join#{link_secret(link)}")
    expect(page.get_by_text("Help at a street stall")).to_be_visible()
    page.get_by_label("Your name").fill("Ada Finch")
    page.get_by_label("Your mobile number").fill("07700 900123")
    page.get_by_label("Today’s code").fill(link.session.short_code)
    page.get_by_label("I have read it and promise").check()
    page.get_by_label("I am 18 or older").check()
    page.get_by_role("button", name="Join in").click()
    expect(page.get_by_role("heading", name="Who are you talking to?")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_helper_joins_finds_records_and_undoes_and_axe_finds_nothing_serious(
    link: StallLink, open_phone: Any, dark: bool
) -> None:
    phone, shade = open_phone(dark=dark), "dark" if dark else "light"
    page = phone.page
    found: list[str] = []

    def look() -> None:
        found.extend([*serious(page), *page.evaluate(SMALL_TARGETS)])

    def find(name: str) -> None:
        page.get_by_label("Surname or postcode").fill(name)
        page.get_by_role("button", name="Find").click()

    join(phone, link)
    look()
    pictured(page, f"stall-find-{shade}")
    find("Nobody")
    expect(page.get_by_role("heading", name="Nobody found here")).to_be_visible()
    look()
    find("Marsh")
    expect(page.get_by_role("heading", name="Who is it?")).to_be_visible()
    look()
    page.get_by_role("link", name="Ivy Marsh").click()
    expect(page.get_by_text("First vote")).to_be_visible()
    for fold in page.locator("summary").all():
        fold.click()
    look()
    page.get_by_label("Pledge: will vote").check()
    page.get_by_role("button", name="Spoke to them").click()
    expect(page.get_by_role("heading", name="Noted: spoken to")).to_be_visible()
    look()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    page.get_by_role("button", name="Refused").click()
    expect(page.get_by_role("heading", name="Noted: refused")).to_be_visible()
    page.get_by_text("Leaves a number or e-mail address").click()
    page.get_by_label("Number or e-mail address").fill("07700 900456")
    page.get_by_label("Calls", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Kept, with their consent.")).to_be_visible()
    page.get_by_text("Take me off your list").click()
    page.get_by_role("button", name="Do not knock, for good").click()
    expect(page.get_by_text("Noted: we will keep to it.")).to_be_visible()
    look()
    pictured(page, f"stall-wish-{shade}")
    wish = page.locator("section").filter(has_text="Noted: do not knock, for good")
    wish.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    expect(wish).to_have_count(0)
    page.get_by_role("link", name="Next person").click()
    expect(page.get_by_text("1 met by you")).to_be_visible()

    assert found == []
    kinds = Contact.objects.filter(outcome__isnull=False).order_by("pk")
    assert list(kinds.values_list("outcome__kind", flat=True)) == ["spoken", "refused"]
    assert PhoneNumber.objects.get().calls_given_at is not None
    assert DoNotContact.objects.get().lifted_at is not None


@pytest.mark.parametrize("width", [375, 1280])
def test_the_organisers_page_of_helpers_has_nothing_serious(
    width: int, link: StallLink, organiser: User, open_page: Any
) -> None:
    helper_of(link)
    page = open_page(organiser, width=width)
    page.goto(f"/mayor-2024/stall/{link.session_id}/helpers/")
    expect(page.get_by_text("Short code")).to_be_visible()
    assert serious(page) == []
