"""A form that is sent again from a page that one came back to is carried out once."""

from typing import Any

import pytest
from playwright.sync_api import expect

from campaigns.models import Campaign, Donation, User
from campaigns.views.once import DONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fill_in(page: Any) -> None:
    page.get_by_label("Who gave it?").fill("Dorothy Penhallow")
    page.get_by_label("Amount or value").fill("40")


def test_back_and_send_again_makes_one_donation(
    open_page: Any, campaign: Campaign, agent: User
) -> None:
    page = open_page(agent)
    heading = page.get_by_role("heading", level=1)
    page.goto("/mayor-2024/money/donations/add/")
    fill_in(page)
    page.get_by_role("button", name="Enter it").click()
    expect(heading).not_to_have_text("Enter a donation")

    page.go_back()
    expect(heading).to_have_text("Enter a donation")
    fill_in(page)
    page.get_by_role("button", name="Enter it").click()

    expect(page.get_by_text(DONE)).to_be_visible()
    assert Donation.objects.count() == 1


def test_two_taps_make_one_donation(
    open_page: Any, campaign: Campaign, agent: User
) -> None:
    page = open_page(agent, width=375)
    page.goto("/mayor-2024/money/donations/add/")
    fill_in(page)
    page.get_by_role("button", name="Enter it").dblclick(delay=60)

    expect(page.get_by_role("heading", level=1)).not_to_have_text("Enter a donation")
    assert Donation.objects.count() == 1
