"""A volunteer's own pages on a phone: sign-up, their page, a shift, and "I can't"."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from campaigns.models import Campaign, Ward
from tests.browser.field_phone import MOBILE
from tests.browser.field_street import make_homes
from tests.browser.looks import pictured, serious
from tests.canvassing.field_helpers import issue
from tests.cast import NOW
from tests.volunteers.helpers import give_place, make_shift, make_volunteer
from volunteers import personal_links
from volunteers.actions.mails import link_of
from volunteers.models import Volunteer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW = 375
MOBILE_AS_KEPT = "+447700900123"


@pytest.fixture(autouse=True)
def its_day(campaign: Campaign) -> None:
    cache.clear()
    campaign.organisation.clock_offset = NOW - timezone.now()
    campaign.organisation.save()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_somebody_signs_up_takes_a_shift_and_gives_it_back_on_a_phone(
    campaign: Campaign, open_page: Any, dark: bool
) -> None:
    make_shift(campaign, meeting_point="The clock, High Street")
    shade = "dark" if dark else "light"
    page = open_page(None, width=NARROW, dark=dark)
    page.goto("/field/help/mayor-2024/")
    faults = serious(page)
    pictured(page, f"sign-up-{shade}")
    page.get_by_label("Your name").fill("Vera Helper")
    page.get_by_label("E-mail").first.fill("vera@example.org")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("I make this promise").check()
    page.get_by_role("button", name="I want to help").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    faults += serious(page)

    vera = Volunteer.objects.get()
    page.goto(f"/field/open/{personal_links.written(link_of(vera, at=NOW))}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your shifts")
    faults += serious(page)
    pictured(page, f"mine-{shade}")
    page.get_by_role("link", name="Doors").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Doors")
    faults += serious(page)
    page.get_by_role("button", name="Take a place").click()
    expect(page.get_by_text("You have a place. Thank you!")).to_be_visible()

    page.get_by_role("link", name="Doors").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Doors")
    faults += serious(page)
    pictured(page, f"shift-{shade}")
    page.get_by_role("button", name="I can't").click()
    expect(page.get_by_text("Noted: you can't come.")).to_be_visible()
    faults += serious(page)

    assert faults == []
    assert vera.sign_ups.get().withdrawn_at is not None


def test_a_link_in_a_reminder_leads_to_the_shift_with_one_tap_left(
    campaign: Campaign, open_page: Any
) -> None:
    young = make_volunteer(campaign.organisation, is_under_18=True)
    mine = give_place(make_shift(campaign, starts_at=NOW + timedelta(hours=9)), young)
    page = open_page(None, width=NARROW)

    link = personal_links.written(link_of(young, at=NOW))
    page.goto(f"/field/open/{link}/?shift={mine.shift_id}")
    page.get_by_role("button", name="I will be there").click()

    expect(page.get_by_text("Noted: you will be there.")).to_be_visible()
    assert serious(page) == []
    pictured(page, "under-18")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_shift_leads_to_its_round_whose_doors_are_then_on_the_phone(
    campaign: Campaign, ward: Ward, open_page: Any, dark: bool
) -> None:
    street = make_homes(campaign, ward, doors=4)
    ada = make_volunteer(campaign.organisation, "Ada Finch", mobile=MOBILE_AS_KEPT)
    shift = make_shift(
        campaign, starts_at=NOW + timedelta(hours=1), meeting_point="The clock"
    )
    give_place(shift, ada)
    out = issue(street.round, "volunteer", volunteer=ada, at=NOW)
    shade = "dark" if dark else "light"
    page = open_page(None, width=NARROW, dark=dark)

    page.goto(f"/field/open/{personal_links.written(link_of(ada, at=NOW))}/")
    expect(page.get_by_text("The clock")).to_be_visible()
    faults = serious(page)
    pictured(page, f"mine-with-round-{shade}")
    page.get_by_role("link", name="Your round").click()
    page.get_by_label("Your name").fill("Ada Finch")
    page.get_by_label("Your mobile number").fill(MOBILE)
    page.get_by_label("Today’s code").fill(out.code_asked)
    page.get_by_label("I have read it and promise").check()
    page.get_by_label("I am 18 or older").check()
    page.get_by_role("button", name="Join in").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(street.round.name)
    page.goto("/field/mine/")
    expect(
        page.get_by_text("It is on the phone on which you opened it.")
    ).to_be_visible()
    faults += serious(page)
    page.get_by_role("link", name="Your round").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(street.round.name)
    assert faults == []
