"""Rounds and leaflets in a real browser: at a desk and on a phone, by eye and by axe,
and the returns of a card typed in without a mouse."""

from typing import Any

import pytest
from playwright.sync_api import expect

from campaigns.access import system
from campaigns.models import Campaign, Organisation, User, Ward
from canvassing.actions.codes import default_codes
from canvassing.actions.leaflet_rounds import add_leaflet, make_leaflet_rounds
from canvassing.models import CanvassRound, Contact, LeafletRound
from tests.browser.looks import (
    cut_off,
    empty_below,
    serious,
    too_wide,
    unlabelled,
)
from tests.canvassing.round_helpers import cut_ward, hand_out, home, live_rounds
from tests.cast import NOW
from volunteers.models import Volunteer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def round_(campaign: Campaign, ward: Ward) -> CanvassRound:
    default_codes(campaign=campaign, by=system(campaign.organisation), at=NOW)
    for number, name in ((1, "Ivy"), (3, "Rex"), (2, "Max")):
        place = {"latitude": 52.57 + number / 500, "longitude": -2.08}
        home(campaign, ward, number, forename=name, pledged=False, **place)
    cut_ward(campaign, ward)
    [only] = live_rounds(campaign)
    hand_out(only)
    return only


@pytest.fixture
def leaflet_round(
    campaign: Campaign, organisation: Organisation, ward: Ward, round_: CanvassRound
) -> LeafletRound:
    by = system(organisation)
    Volunteer.objects.create(
        organisation=organisation, name="Dell Walker", joined_on=NOW.date()
    )
    leaflet = add_leaflet(campaign=campaign, name="Spring", copies=500, by=by, at=NOW)
    return make_leaflet_rounds(leaflet=leaflet, ward=ward, by=by, at=NOW)[0]


@pytest.mark.parametrize("width", [1280, 375])
def test_a_wards_many_rounds_are_folded_and_as_wide_as_the_page_once_opened(
    open_page: Any, organiser: User, ward: Ward, round_: CanvassRound, width: int
) -> None:
    fields = {
        "organisation": round_.organisation,
        "campaign": round_.campaign,
        "ward": ward,
        "whom_to_see": round_.whom_to_see,
        "made_at": round_.made_at,
    }
    CanvassRound.objects.bulk_create(
        CanvassRound(**fields, name=f"Quarry Lane {number}, odd side", doors=40)
        for number in range(2, 40)
    )
    page = open_page(organiser, width=width)
    page.goto(f"/mayor-2024/rounds/ward/{ward.gss}/")
    last = page.get_by_role("link", name="Quarry Lane 39, odd side", exact=True)
    expect(page.get_by_role("heading", name="Nobody left to see")).to_be_visible()
    expect(last).to_be_hidden()

    page.get_by_text("38 rounds", exact=True).click()

    expect(last).to_be_visible()
    assert not empty_below(page)
    assert not too_wide(page)
    box, table = page.locator(".table-wrap").last, page.locator("table").last
    height = "one => one.clientHeight"
    assert box.evaluate(height) >= table.evaluate(height)
    if width == 1280:
        assert table.bounding_box()["width"] > 1000
        buttons = page.get_by_role("link", name="Send it out").all()
        assert len(buttons) == 39
        assert max(one.bounding_box()["height"] for one in buttons) < 45


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (375, True)])
def test_every_page_fits_and_can_be_read_by_everybody(
    open_page: Any,
    organiser: User,
    ward: Ward,
    round_: CanvassRound,
    leaflet_round: LeafletRound,
    width: int,
    dark: bool,
) -> None:
    page = open_page(organiser, width=width, dark=dark)
    for address in (
        "rounds/",
        f"rounds/ward/{ward.gss}/",
        f"rounds/{round_.pk}/",
        f"rounds/{round_.pk}/returns/",
        "rounds/local/",
        "leaflets/",
        f"leaflets/{leaflet_round.leaflet_id}/",
        f"leaflets/rounds/{leaflet_round.pk}/",
    ):
        assert page.goto(f"/mayor-2024/{address}").status == 200
        assert unlabelled(page) == [], address
        assert cut_off(page) == [], address
        assert serious(page) == []


def test_a_card_is_typed_in_by_keyboard_alone(
    open_page: Any, organiser: User, round_: CanvassRound
) -> None:
    page = open_page(organiser)
    page.goto(f"/mayor-2024/rounds/{round_.pk}/returns/")

    for code in ("p1", "ni", "u"):
        page.keyboard.type(code)
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")

    page.wait_for_selector("text=3 answers filed.")
    contacts = Contact.objects.select_related("elector", "intention").order_by("pk")
    assert [
        (one.elector.forename, one.intention and one.intention.code) for one in contacts
    ] == [("Ivy", "P1"), ("Rex", None), ("Max", "U")]


def test_the_count_follows_the_wards_and_whom_to_see(
    open_page: Any, organiser: User, campaign: Campaign, ward: Ward, other_ward: Ward
) -> None:
    campaign.wards.add(other_ward)
    for number in (1, 3):
        home(campaign, ward, number, pledged=False)
    home(campaign, other_ward, 1, "Penn Road", pledged=True)
    page = open_page(organiser)
    page.goto("/mayor-2024/rounds/")
    told = page.locator("[data-count]")
    expect(told).to_have_text("3 electors at 3 doors, about 1 round.")
    expect(page.get_by_label("Pledges: 1 at 1 door")).to_be_visible()

    page.get_by_label("Wards").select_option(str(ward.pk))
    expect(told).to_have_text("2 electors at 2 doors, about 1 round.")
    page.get_by_label("Pledges: 0 at 0 doors").check()
    expect(told).to_have_text("Nobody is left to see in these wards.")

    page.get_by_label("Everybody: 2 at 2 doors").check()
    page.get_by_label("Households a round").fill("1")
    expect(told).to_have_text("2 electors at 2 doors, about 2 rounds.")
