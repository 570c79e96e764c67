"""Joining on one bar of signal, and by somebody under 18."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from campaigns.models import Campaign, Ward
from canvassing.actions.round_issues import link_secret
from canvassing.models import FieldPhone, RoundIssue
from tests.browser.field_phone import MOBILE
from tests.browser.field_street import make_homes
from tests.canvassing.field_helpers import Street, issue, make_session, make_volunteer
from volunteers.models import Volunteer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def street(campaign: Campaign, ward: Ward) -> Street:
    return make_homes(campaign, ward, doors=4)


def fill_in(page: Any, sent_out: RoundIssue, *, mobile: str = MOBILE) -> None:
    page.goto(f"/field/join#{link_secret(sent_out)}")
    page.get_by_label("Your name").fill("Ada Finch")
    page.get_by_label("Your mobile number").fill(mobile)
    page.get_by_label("Today’s code").fill(sent_out.code_asked)
    page.get_by_label("I have read it and promise").check()


class LostAnswers:
    """The server takes what is asked, and its answer never arrives; `count` times."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __call__(self, route: Any) -> None:
        if not self.count:
            return route.continue_()
        self.count -= 1
        route.fetch()
        return route.abort()


def test_ones_own_link_opens_although_the_first_answers_were_lost(
    street: Street, campaign: Campaign, open_phone: Any
) -> None:
    sent_out = issue(street.round, "volunteer", volunteer=make_volunteer(campaign))
    phone = open_phone()
    page = phone.page
    page.route("**/field/join/", LostAnswers(1))
    page.route("**/field/round/", LostAnswers(1))
    fill_in(page, sent_out)
    page.get_by_label("I am 18 or older").check()
    page.get_by_role("button", name="Join in").click()
    expect(page.get_by_text("There is no signal")).to_be_visible()

    page.get_by_role("button", name="Join in").click()

    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Your round is on its way")
    page.get_by_role("button", name="Try again").click()
    expect(heading).to_have_text(sent_out.round.name)
    assert FieldPhone.objects.count() == 1
    sent_out.refresh_from_db()
    assert sent_out.refused_joins == 0


def test_somebody_under_18_says_so_and_goes_with_an_adult(
    street: Street, open_phone: Any
) -> None:
    sent_out = issue(street.round)
    open_phone().join(sent_out, name="Bo Lane", mobile="07700 900456")
    phone = open_phone()
    page = phone.page
    fill_in(page, sent_out)
    expect(page.get_by_text("Under 18 you are welcome too")).to_be_visible()
    page.get_by_label("I am under 18").check()
    page.get_by_role("button", name="Join in").click()

    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(sent_out.round.name)
    assert Volunteer.objects.get(name="Ada Finch").is_under_18


def test_a_wrong_code_is_said_at_its_field_which_has_the_focus(
    street: Street, campaign: Campaign, open_phone: Any
) -> None:
    phone = open_phone()
    page = phone.page
    fill_in(page, issue(street.round, session=make_session(campaign)))
    page.get_by_label("I am 18 or older").check()
    code = page.get_by_label("Today’s code")
    code.fill("000000")

    page.get_by_role("button", name="Join in").click()

    expect(code).to_be_focused()
    expect(code).to_be_in_viewport()
    expect(code).to_have_accessible_description(re.compile("^ ?That is not the code"))
    expect(page.get_by_role("alert")).to_contain_text("That is not the code")
    code.fill("483920")
    page.get_by_role("button", name="Join in").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(street.round.name)
