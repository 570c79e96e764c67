"""Leaflets on a deliverer's phone: streets ticked with no signal, and what the desk
then sees of it, looked at on a phone and a screen, light and dark."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from campaigns.access import system
from campaigns.models import Campaign, User, Ward
from canvassing.actions.round_issues import link_secret, take_back
from canvassing.models import HeldItem, LeafletDelivery, LeafletMiss, LeafletRound
from tests.browser.field_street import on_the_day
from tests.browser.looks import pictured, serious, small_targets
from tests.canvassing.leaflet_helpers import make_leaflet_round, send_out
from tests.cast import NOW
from tests.embedded.clients import eventually

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def leaflets(campaign: Campaign, ward: Ward) -> LeafletRound:
    on_the_day(campaign)
    return make_leaflet_round(campaign, ward)


def ticked(page: Any, street: str) -> None:
    page.get_by_role("button", name=f"{street} is done").click()


def put_through() -> list[tuple[str, int]]:
    rows = LeafletDelivery.objects.filter(withdrawn_at=None)
    return sorted(rows.values_list("leaflet_street__street", "copies"))


def test_streets_ticked_with_no_signal_arrive_once_it_is_back(
    leaflets: LeafletRound, open_phone: Any
) -> None:
    phone = open_phone()
    phone.join(send_out(leaflets))
    expect(phone.page.get_by_text("take 8 copies")).to_be_visible()
    phone.context.set_offline(True)

    ticked(phone.page, "Elm Grove houses with a name")
    phone.says_saved()
    phone.page.get_by_role("link", name="Next: Oak Road odd 1 to 9").click()
    expect(phone.page.get_by_text("No leaflet at 3: they want none.")).to_be_visible()
    phone.page.get_by_label("Copies put through").fill("4")
    phone.page.get_by_role("button", name="Street is done").click()
    phone.says_saved()
    phone.opened("Could not deliver all of it").get_by_role(
        "button", name="Locked block"
    ).click()
    phone.says_saved()
    phone.page.goto("/field/")
    phone.page.reload()

    expect(phone.page.get_by_text("2 of 2 streets")).to_be_visible()
    expect(phone.page.get_by_text("7 copies put through")).to_be_visible()
    expect(phone.page.get_by_role("link", name="3 not sent")).to_be_visible()
    assert put_through() == []
    phone.context.set_offline(False)
    phone.all_sent()
    assert put_through() == [("Elm Grove", 3), ("Oak Road", 4)]
    assert LeafletMiss.objects.get().reason == "locked"
    phone.asks_the_server()
    expect(phone.page.get_by_text("Locked block")).to_be_visible()


def test_a_tick_is_taken_back_by_one_tap(
    leaflets: LeafletRound, open_phone: Any
) -> None:
    phone = open_phone()
    phone.join(send_out(leaflets))
    ticked(phone.page, "Oak Road odd 1 to 9")
    phone.says_saved()

    phone.page.get_by_role("button", name="Undo").click()

    expect(phone.page.get_by_role("status")).to_contain_text("Taken back")
    expect(phone.page.get_by_text("0 of 2 streets")).to_be_visible()
    phone.all_sent()
    assert put_through() == []


def test_not_done_that_is_undone_leaves_the_copies_on_their_day(
    leaflets: LeafletRound, open_phone: Any
) -> None:
    phone, yesterday = open_phone(), NOW.date() - timedelta(days=1)
    phone.join(send_out(leaflets))
    ticked(phone.page, "Oak Road odd 1 to 9")
    phone.all_sent()
    LeafletDelivery.objects.update(delivered_on=yesterday)
    with phone.page.expect_response("**/field/changes/**"):
        phone.asks_the_server()
    phone.page.get_by_role("link", name="Oak Road").click()

    phone.page.get_by_role("button", name="Not done after all").click()
    phone.says_saved()
    phone.page.get_by_role("button", name="Undo").click()
    expect(phone.page.get_by_role("status")).to_contain_text("Taken back")
    phone.all_sent()

    standing = LeafletDelivery.objects.get(withdrawn_at=None)
    assert (standing.copies, standing.delivered_on) == (5, yesterday)
    assert LeafletDelivery.objects.count() == 2


def test_what_was_ticked_before_the_round_was_taken_back_is_held(
    leaflets: LeafletRound, open_phone: Any
) -> None:
    phone = open_phone()
    link = send_out(leaflets)
    phone.join(link)
    phone.context.set_offline(True)
    ticked(phone.page, "Oak Road odd 1 to 9")
    phone.says_saved()
    take_back(link, by=system(leaflets.organisation), at=NOW)

    phone.context.set_offline(False)

    heading = phone.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("This round was taken back")
    assert eventually(HeldItem.objects.exists)
    assert HeldItem.objects.get().payload["sent"]["copies"] == 5
    expect(phone.page.get_by_text("For your organiser")).to_be_visible()
    assert "Oak Road" not in phone.kept()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_deliverers_pages_and_the_desks_have_nothing_serious(
    leaflets: LeafletRound,
    open_phone: Any,
    open_page: Any,
    organiser: User,
    dark: bool,
) -> None:
    phone, found, shade = open_phone(dark=dark), [], "dark" if dark else "light"

    def look(name: str, *, targets: bool = True) -> None:
        pictured(phone.page, f"leaflets-{name}-{shade}")
        found.extend(serious(phone.page))
        found.extend(small_targets(phone.page) if targets else [])

    link = send_out(leaflets)
    phone.page.goto(f"/field/join#{link_secret(link)}")
    expect(phone.page.get_by_label("Your name")).to_be_visible()
    look("join")
    phone.join(link)
    ticked(phone.page, "Elm Grove houses with a name")
    phone.says_saved()
    look("round")
    phone.page.get_by_role("link", name="Next: Oak Road").click()
    phone.opened("Could not deliver all of it")
    look("street")
    phone.page.get_by_role("button", name="A dog").click()
    phone.says_saved()
    look("street-missed")
    phone.page.get_by_role("link", name="Back to the round").last.click()
    expect(phone.page.get_by_text("Every street is seen to")).to_be_visible()
    look("done")
    phone.page.goto("/field/#/phone")
    phone.opened("Hand the round back")
    look("phone")
    phone.all_sent()

    for width in (360, 1280):
        desk = open_page(organiser, width=width, dark=dark)
        for place in ("", "paper/"):
            desk.goto(f"/mayor-2024/leaflets/rounds/{leaflets.pk}/{place}")
            pictured(desk, f"leaflets-desk{place.strip('/')}-{width}-{shade}")
            found.extend(serious(desk))
        desk.close()
    assert found == []


def test_an_organiser_sends_a_leaflet_round_to_a_phone(
    leaflets: LeafletRound, open_page: Any, open_phone: Any, organiser: User
) -> None:
    page = open_page(organiser)
    page.goto(f"/mayor-2024/leaflets/rounds/{leaflets.pk}/")
    pictured(page, "leaflets-desk-before-1280")
    assert serious(page) == []
    page.get_by_label("Copies with it").fill("8")
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("img", name="Code that opens Hill Top")).to_be_visible()

    phone = open_phone()
    phone.join(leaflets.issues.get())
    ticked(phone.page, "Oak Road odd 1 to 9")
    phone.all_sent()
    page.reload()

    expect(page.get_by_text("with Ada Finch")).to_be_visible()
    expect(page.get_by_text("5 on ")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Hill Top is back.")).to_be_visible()
