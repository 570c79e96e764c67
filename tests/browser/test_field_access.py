"""The field pages for everybody: axe finds nothing serious, large type fits, targets
are big enough, and the first load is small."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import expect

from campaigns.models import Campaign, Ward
from canvassing.actions.round_issues import link_secret
from canvassing.models import ElectorStanding, RoundIssue
from canvassing.views.field_pages import kept_files
from tests.browser.field_street import make_homes
from tests.browser.looks import serious, small_targets, too_wide
from tests.canvassing.field_helpers import issue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ("", "run", "map", "team", "phone")


@pytest.fixture
def sent_out(campaign: Campaign, ward: Ward) -> RoundIssue:
    street = make_homes(campaign, ward, doors=8)
    by_post, _, alone, *_ = street.electors
    ElectorStanding.objects.filter(elector=by_post).update(votes_by=1)
    ElectorStanding.objects.filter(elector=alone).update(no_contact=1)
    return issue(street.round)


def each_page(phone: Any, sent_out: RoundIssue, look: Callable[[str], None]) -> None:
    page = phone.page
    page.goto(f"/field/join#{link_secret(sent_out)}")
    expect(page.get_by_label("Your name")).to_be_visible()
    look("join")
    phone.join(sent_out)
    for place in PAGES:
        page.goto(f"/field/#/{place}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        look(place)
    phone.at_door(2)
    for fold in page.locator("summary").all():
        fold.click()
    look("door")
    page.get_by_role("button", name="Pledge: will vote").click()
    phone.says_saved()
    look("door with an answer")
    phone.at_door(8)
    page.get_by_role("button", name="Nobody in").click()
    page.goto("/field/#/")
    look("round under way")
    page.goto("/field/#/phone")
    page.get_by_role("button", name="Sign this phone out").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("You are signed out")
    look("ended")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_serious_is_found_on_any_page_in_light_or_dark(
    sent_out: RoundIssue, open_phone: Any, dark: bool
) -> None:
    phone = open_phone(dark=dark)
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        if faults := serious(phone.page) + small_targets(phone.page):
            found[name] = faults

    each_page(phone, sent_out, look)
    assert found == {}


def test_type_of_twice_the_size_fits_every_page(
    sent_out: RoundIssue, open_phone: Any
) -> None:
    phone = open_phone()
    wide = []

    def look(name: str) -> None:
        phone.page.evaluate("document.documentElement.style.fontSize = '200%'")
        if too_wide(phone.page):
            wide.append(name)
        phone.page.evaluate("document.documentElement.style.fontSize = ''")

    each_page(phone, sent_out, look)
    assert wide == []


def test_who_chooses_welsh_on_the_phone_reads_it_at_once_and_with_no_signal(
    sent_out: RoundIssue, open_phone: Any
) -> None:
    phone = open_phone()
    phone.join(sent_out)
    page = phone.page
    page.goto("/field/#/phone")
    page.get_by_role("link", name="Cymraeg / English").click()

    page.get_by_role("button", name="Cymraeg").click()

    expect(page.get_by_role("link", name="Popeth wedi’i anfon")).to_be_visible()
    phone.is_ready_for_no_signal()
    phone.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("link", name="Popeth wedi’i anfon")).to_be_visible()


def test_the_pages_of_the_phone_answer_in_welsh_to_a_welsh_browser(
    client: Any,
) -> None:
    welsh = client.get("/field/", headers={"Accept-Language": "cy"})
    english = client.get("/field/", headers={"Accept-Language": "fr"})

    assert '<html lang="cy">' in welsh.content.decode()
    assert "Neb gartref" in welsh.content.decode()
    assert '<html lang="en-gb">' in english.content.decode()
    refused = client.post(
        "/field/join/look/",
        "{}",
        content_type="application/json",
        headers={"Accept-Language": "cy"},
    )
    assert "Nid yw" in refused.json()["error"]["message"]


def test_the_first_load_is_less_than_a_hundred_kilobytes(client: Any) -> None:
    """As a server sends it: files compressed, each with its headers."""
    page = client.get("/field/", headers={"Accept-Encoding": "gzip"})
    files = [Path(str(finders.find(name))) for name in kept_files()]
    sizes = [
        len(gzip.compress(path.read_bytes())) if path.suffix != ".png" else 0
        for path in files
    ]

    headers = 1_000 * (1 + len(files))
    assert len(page.content) + sum(sizes) + headers < 100_000


def test_the_worker_has_its_files_and_is_asked_for_each_time(client: Any) -> None:
    answer = client.get("/field/sw.js")

    assert answer["Cache-Control"] == "no-cache"
    assert answer["Content-Type"] == "text/javascript"
    assert '"/static/field/app.js"' in answer.content.decode()
