"""A round on a phone in Welsh: chosen before the promise, and said throughout."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from campaigns.models import Campaign, Ward
from canvassing.actions.round_issues import link_secret
from canvassing.models import RoundIssue
from tests.browser.field_phone import MOBILE
from tests.browser.field_street import make_homes
from tests.canvassing.contact_helpers import record, said
from tests.canvassing.field_helpers import Street, issue
from tests.cast import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CLOCK = """async () => {
    const { clock, date } = await import("/static/field/words.js");
    return ["2024-04-23T23:00:00Z", "2024-04-24T08:05:00Z", "2024-04-24T11:00:00Z",
        "2024-12-24T17:00:00Z"].map((at) => `${clock(new Date(at))}, ${date(at)}`);
}"""


@pytest.fixture
def street(campaign: Campaign, ward: Ward) -> Street:
    street = make_homes(
        campaign, ward, doors=4, name="Llanbedr-y-cennin uchaf, ochr eilrif"
    )
    in_march = NOW - timedelta(days=51)
    record(campaign, said(street.electors[0], said_at=in_march), at=in_march)
    return street


def join_in_welsh(page: Any, sent_out: RoundIssue) -> None:
    page.get_by_label("Eich enw").fill("Ada Finch")
    page.get_by_label("Eich rhif ffôn symudol").fill(MOBILE)
    page.get_by_label("Cod heddiw").fill(sent_out.code_asked)
    page.get_by_label("Rwyf wedi’i ddarllen ac yn addo").check()
    page.get_by_label("Rwy’n 18 oed neu’n hŷn").check()
    page.get_by_role("button", name="Ymuno").click()


def test_welsh_is_chosen_before_the_promise_and_dates_and_times_are_said_in_it(
    street: Street, open_phone: Any
) -> None:
    phone = open_phone()
    page = phone.page
    sent_out = issue(street.round)
    page.goto(f"/field/join#{link_secret(sent_out)}")
    expect(page.get_by_label("I have read it and promise")).to_be_visible()
    page.get_by_role("link", name="Cymraeg / English").click()
    page.get_by_role("button", name="Cymraeg").click()

    join_in_welsh(page, sent_out)

    expect(page.get_by_role("heading", level=1)).to_have_text(street.round.name)
    page.get_by_role("link", name="Suzanne Rose").first.click()
    expect(page.get_by_text("Y tro diwethaf, 3 Mawrth")).to_be_visible()
    expect(page.get_by_text("tan 5yh, 24 Ebrill 2024")).to_be_visible()
    page.goto("/field/#/phone")
    expect(page.get_by_text("tan 2yh ar 23 Ebrill")).to_be_visible()
    assert page.evaluate(CLOCK) == [
        "canol nos, 24 Ebrill",
        "9.05yb, 24 Ebrill",
        "canol dydd, 24 Ebrill",
        "5yh, 24 Rhagfyr",
    ]


WORDS_CUT = """(heading) => {
    const text = heading.firstChild;
    return text.data.split(/(?<=[ -])/).map((word, i, all) => {
        const start = all.slice(0, i).join("").length;
        const range = document.createRange();
        range.setStart(text, start);
        range.setEnd(text, start + word.trimEnd().length);
        return range.getClientRects().length > 1 ? word : "";
    }).filter(Boolean);
}"""


def test_a_long_name_of_a_round_is_not_cut_within_a_word(
    campaign: Campaign, ward: Ward, open_phone: Any
) -> None:
    name = "Mallowgarthenfieldway uchaf, ochr eilrif"
    street = make_homes(campaign, ward, doors=4, name=name)
    phone = open_phone(locale="cy")
    page = phone.page
    sent_out = issue(street.round)
    page.goto(f"/field/join#{link_secret(sent_out)}")
    join_in_welsh(page, sent_out)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(name)
    page.get_by_role("link", name="Drws nesaf").click()
    page.get_by_role("button", name="Neb gartref").click()
    page.goto("/field/#/")
    expect(heading).to_have_text(name)

    assert heading.evaluate(WORDS_CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
