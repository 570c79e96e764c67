"""The map of a round: each door where it is, with its state in words."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from campaigns.models import Campaign, Ward
from tests.browser.field_street import EAST, NORTH, make_homes
from tests.canvassing.field_helpers import issue

WIDTHS_AROUND_A_TAP = """(button) => {
    const width = () => document.querySelector(".map svg").style.width;
    const before = width();
    dispatchEvent(new PointerEvent("pointerdown"));
    dispatchEvent(new PointerEvent("pointerup"));
    button.click();
    return [before, width()];
}"""

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_map_shows_each_door_by_its_state_and_leads_to_it(
    campaign: Campaign, ward: Ward, open_phone: Any
) -> None:
    street = make_homes(campaign, ward, doors=6)
    unknown = street.addresses[5]
    unknown.latitude = unknown.longitude = None
    unknown.save(update_fields=["latitude", "longitude"])
    phone = open_phone()
    phone.join(issue(street.round))
    page = phone.page
    phone.at_door(2)
    page.get_by_role("button", name="Nobody in").click()
    phone.says_saved()
    phone.back_to_the_round()

    page.get_by_role("link", name="Map").click()

    expect(page.get_by_role("link", name="2 Alamein Road: Not in")).to_be_visible()
    following = "4 Alamein Road: Still to do, Next"
    expect(page.get_by_role("link", name=following)).to_be_visible()
    legend = page.get_by_role("listitem").filter(has_text=re.compile("^Still to do$"))
    expect(legend).to_be_visible()
    expect(page.get_by_text("1 door is not on the map")).to_be_visible()
    page.get_by_role("button", name="Closer").click()
    page.get_by_role("link", name="6 Alamein Road").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("6 Alamein Road")


def test_the_map_is_drawn_larger_within_the_tap_that_asks_for_it(
    campaign: Campaign, ward: Ward, open_phone: Any
) -> None:
    phone = open_phone()
    phone.join(issue(make_homes(campaign, ward, doors=6).round))
    phone.page.get_by_role("link", name="Map").click()
    closer = phone.page.get_by_role("button", name="Closer")

    before, after = closer.evaluate(WIDTHS_AROUND_A_TAP)

    assert after != before


# A postcode's doors, which all stand at its middle.
TOO_SMALL = """() => {
    const marks = [...document.querySelectorAll(".map svg a .reach")];
    const boxes = marks.map((one) => one.getBoundingClientRect());
    const over = (a, b) =>
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    return boxes.filter((one, i) =>
        Math.min(one.width, one.height) < 44
        || boxes.some((other, j) => i !== j && over(one, other))).length;
}"""


def test_doors_of_neighbouring_postcodes_are_apart_named_and_big_enough_to_tap(
    campaign: Campaign, ward: Ward, open_phone: Any
) -> None:
    street = make_homes(campaign, ward, doors=24)
    for place, address in enumerate(street.addresses):
        address.latitude = NORTH + place // 12 * 0.0001
        address.longitude = EAST
        address.save(update_fields=["latitude", "longitude"])
    phone = open_phone()
    phone.join(issue(street.round))
    page = phone.page
    page.get_by_role("link", name="Map").click()
    following = page.get_by_role("link", name="2 Alamein Road: Still to do, Next")
    expect(following).to_be_in_viewport()

    expect(page.locator(".map .street-name")).to_have_text(["Alamein Road"] * 2)
    assert page.evaluate(TOO_SMALL) == 0
    legend = page.locator(".legend li")
    expect(legend.filter(has_text="Next")).to_be_visible()
    for _ in range(3):
        page.get_by_role("button", name="Wider").click()
    assert page.evaluate("""() => {
        const map = document.querySelector(".map");
        return map.scrollWidth <= map.clientWidth + 1;
    }""")


def test_a_lean_towards_us_has_one_sign_on_its_button_its_tag_and_the_map(
    campaign: Campaign, ward: Ward, open_phone: Any
) -> None:
    phone = open_phone()
    phone.join(issue(make_homes(campaign, ward, doors=3).round))
    phone.at_door(2)
    page = phone.page
    leaning = page.get_by_role("button", name="Leaning to")
    sign = "one => one.querySelector('svg path').getAttribute('d')"
    on_the_button = leaning.evaluate(sign)
    leaning.click()
    phone.says_saved()
    phone.back_to_the_round()

    tag = page.locator(".tag.leaning").first
    expect(tag).to_contain_text("Leaning to")
    assert tag.evaluate(sign) == on_the_button
    page.get_by_role("link", name="Map").click()
    door = page.get_by_role("link", name="2 Alamein Road: Leaning to us")
    expect(door).to_be_visible()
