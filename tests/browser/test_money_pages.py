"""Every page of the money in a real browser: it fits, it is whole, each field has its
label, and axe finds nothing serious, on a desk and on a phone."""

from typing import Any

import pytest
from django.utils import timezone

from campaigns.models import Campaign, User
from tests.browser.looks import cut_off, pictured, serious, unlabelled
from tests.cast import NOW
from tests.house.money_samples import money_samples
from tests.house.routes import Found, routes
from tests.house.statement_samples import statement_samples
from tests.house.supplier_samples import supplier_samples
from tests.signing_in import signed_in

# Tables of which a part is out of sight until it is scrolled to.
ROLLED_UP = """all => all.flatMap(one => [...one.querySelectorAll(".table-wrap")])
  .filter(one => one.scrollHeight > one.clientHeight + 1).map(one => one.className)"""

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def addresses(campaign: Campaign, agent: User) -> list[str]:
    samples = {
        "campaign": campaign.slug,
        **money_samples(campaign),
        **statement_samples(campaign),
        **supplier_samples(campaign),
    }
    money = f"/{campaign.slug}/money/"
    ours = [one.address(samples) for one in routes() if is_named(one, samples)]
    client = signed_in(agent)
    return [at for at in ours if at.startswith(money) and is_page(client.get(at))]


def is_named(route: Found, samples: dict[str, Any]) -> bool:
    """Whether these samples hold all that its address names, a campaign among it."""
    parts = route.parameters
    known = {part for part in parts if f"{route.name}.{part}" in samples}
    return "campaign" in parts and {*parts} - known <= samples.keys()


def is_page(answer: Any) -> bool:
    return answer.status_code == 200 and "text/html" in answer["Content-Type"]


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (375, True)])
def test_every_page_of_the_money_fits_and_can_be_read_by_everybody(
    open_page: Any, addresses: list[str], agent: User, width: int, dark: bool
) -> None:
    page = open_page(agent, width=width, dark=dark)
    faults = {}

    for address in addresses:
        answer = page.goto(address)
        found = (
            answer.status,
            page.locator("h1").count(),
            unlabelled(page),
            cut_off(page),
            serious(page),
        )
        if found != (200, 1, [], [], []):
            faults[address] = found

    assert len(addresses) > 20
    assert faults == {}


@pytest.fixture
def its_day(campaign: Campaign) -> None:
    campaign.organisation.clock_offset = NOW - timezone.now()
    campaign.organisation.save()


@pytest.mark.usefixtures("its_day")
@pytest.mark.parametrize("dark", [False, True])
def test_the_overview_on_a_phone_says_first_what_is_left_and_what_is_due(
    campaign: Campaign, addresses: list[str], agent: User, open_page: Any, dark: bool
) -> None:
    from playwright.sync_api import expect

    page = open_page(agent, width=375, dark=dark)
    page.goto(f"/{campaign.slug}/money/")
    pictured(page, f"money-phone{'-dark' if dark else ''}")
    tops = [
        page.locator(place).bounding_box()["y"]
        for place in (".money-figures", ".needs", ".due", ".warnings", ".menu")
    ]

    assert tops == sorted(tops)
    expect(page.locator(".due .on-phone").first).to_contain_text(
        "Next: Bills received, by"
    )
    expect(page.get_by_role("link", name="Receipts")).to_be_hidden()
    expect(page.locator(".chart")).to_be_hidden()
    assert height(page) < 2400

    folds = page.locator("main .phone-fold > summary:visible")
    for nth in range(folds.count()):
        folds.nth(nth).focus()
        page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Receipts")).to_be_visible()
    expect(page.locator(".chart").first).to_be_visible()
    expect(page.get_by_role("button", name="Make the report")).to_be_visible()
    expect(page.get_by_text("Candidate’s declaration").first).to_be_visible()
    assert serious(page) == []


@pytest.mark.usefixtures("its_day")
def test_the_overview_at_a_desk_folds_none_of_what_a_phone_folds(
    campaign: Campaign, addresses: list[str], agent: User, open_page: Any
) -> None:
    from playwright.sync_api import expect

    page = open_page(agent)
    page.goto(f"/{campaign.slug}/money/")
    pictured(page, "money-desk")

    expect(page.locator(".phone-fold:visible, .on-phone:visible")).to_have_count(0)
    expect(page.locator(".chart").first).to_be_visible()
    expect(page.get_by_role("link", name="Receipts")).to_be_visible()
    expect(page.get_by_role("heading", name="The spending report")).to_be_visible()


# A4 with margins of 14 mm, in CSS pixels.
@pytest.mark.parametrize("width", [687, 375])
def test_what_a_phone_folds_is_whole_on_paper(
    campaign: Campaign, addresses: list[str], agent: User, open_page: Any, width: int
) -> None:
    page = open_page(agent, width=width)
    # Lower than any table, of which a part of the window's height is shown at a desk.
    page.set_viewport_size({"width": width, "height": 60})
    page.emulate_media(media="print")
    for address in ("funding/", "reminders/"):
        page.goto(f"/{campaign.slug}/money/{address}")
        table = page.locator("main .phone-fold + div table")

        assert table.count() == 1, address
        assert table.is_visible(), address
        assert page.locator("main .phone-fold:visible").count() == 0
        assert page.locator("main .phone-fold + div").evaluate_all(ROLLED_UP) == []


def height(page: Any) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight"))
