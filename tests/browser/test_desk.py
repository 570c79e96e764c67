"""The desk in a real browser: no report of the content-security policy, no sideways
scrolling, nothing cut off, a label on every field, and progress that follows the work
by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Campaign, Job, Organisation, User, Ward, WardTarget
from tests.browser.looks import cut_off, pictured, serious, too_wide, unlabelled
from tests.canvassing.list_helpers import stand
from tests.cast import NOW, make_edition
from tests.house.volunteer_samples import volunteer_samples

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "",
    "wards/",
    "wards/{gss}/",
    "electors/",
    "electors/?q=marsh",
    "electors/{elector}/",
    "electors/to-check/",
    "electors/codes/",
    "register/",
    "register/{edition}/",
    "register/load/",
    "register/absent-voters/",
    "register/matches/",
    "register/districts/",
    "people/",
    "people/add/",
    "people/tokens/add/",
    "campaign/",
    "campaign/wards/",
    "jobs/",
    "jobs/{job}/",
    "volunteers/",
    "volunteers/add/",
    "volunteers/load/",
    "volunteers/export/",
    "volunteers/hours/",
    "volunteers/presence/",
    "volunteers/mails/",
    "volunteers/teams/",
    "volunteers/teams/{team}/",
    "volunteers/{volunteer}/",
    "volunteers/shifts/",
    "volunteers/shifts/new/",
    "volunteers/shifts/at-risk/",
    "volunteers/shifts/{shift}/",
)


@pytest.fixture
def job(campaign: Campaign, organisation: Organisation) -> Job:
    return Job.objects.create(
        organisation=organisation,
        campaign=campaign,
        kind="letters",
        title="Letters to pledges",
        state="running",
        done=1,
        total=4,
        asked_at=NOW,
        started_at=timezone.now() - timedelta(seconds=20),
        by_kind="system",
        by_label="Committee Room",
    )


@pytest.fixture
def addresses(campaign: Campaign, organiser: User, ward: Ward, job: Job) -> list[str]:
    square = [[-2.0, 52.5], [-1.9, 52.5], [-1.9, 52.6], [-2.0, 52.6], [-2.0, 52.5]]
    ward.boundary = {"type": "Polygon", "coordinates": [square]}
    ward.save()
    WardTarget.objects.create(
        organisation=campaign.organisation, campaign=campaign, ward=ward, pledges=9
    )
    named = {
        "gss": ward.gss,
        "elector": stand(campaign, ward, votes_by=1, last_spoken_at=NOW).pk,
        "edition": make_edition(campaign.organisation, ward.council).pk,
        "job": job.pk,
        **volunteer_samples(campaign, ward),
    }
    return [f"/{campaign.slug}/{path.format(**named)}" for path in PAGES]


@pytest.mark.parametrize(("width", "dark"), [(420, False), (420, True), (1280, False)])
def test_every_page_of_the_desk_is_quiet_fits_is_whole_and_labelled(
    addresses: list[str], organiser: User, open_page: Any, width: int, dark: bool
) -> None:
    page = open_page(organiser, width=width, dark=dark)
    faults = {}

    for address in addresses:
        answer = page.goto(address)
        found = (
            answer.status,
            page.locator("h1").count(),
            too_wide(page),
            unlabelled(page),
            cut_off(page),
        )
        if found != (200, 1, False, [], []):
            faults[address] = found

    assert faults == {}


def test_the_admin_is_quiet_under_the_same_policy(
    addresses: list[str], organiser: User, open_page: Any
) -> None:
    page = open_page(organiser)
    site: Any = admin.site

    for model in site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert page.goto(reverse(f"{name}_changelist")).status == 200
    for name in (
        "campaigns_wardtarget",
        "volunteers_shift",
        "canvassing_intentioncode",
    ):
        assert page.goto(reverse(f"admin:{name}_add")).status == 200


def test_progress_follows_the_work_without_a_reload(
    campaign: Campaign, organiser: User, job: Job, open_page: Any
) -> None:
    from playwright.sync_api import expect

    page = open_page(organiser)
    page.goto(f"/{campaign.slug}/jobs/")
    expect(page.locator("[data-job]")).to_contain_text("1 of 4")

    Job.objects.filter(pk=job.pk).update(done=3)
    expect(page.locator("[data-job]")).to_contain_text("3 of 4", timeout=15_000)
    Job.objects.filter(pk=job.pk).update(state="done")
    expect(page.locator("[data-job]")).to_contain_text("done", timeout=15_000)


def test_the_keyboard_comes_first_to_the_page_itself(
    campaign: Campaign, agent: User, open_page: Any
) -> None:
    from playwright.sync_api import expect

    page = open_page(agent)
    page.goto(f"/{campaign.slug}/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_on_a_phone_the_menu_of_an_organiser_is_one_button_that_keys_open(
    campaign: Campaign, organiser: User, open_page: Any
) -> None:
    from playwright.sync_api import expect

    page = open_page(organiser, width=375)
    page.goto(f"/{campaign.slug}/")
    menu = page.locator(".site-menu > summary")
    places = page.get_by_role("navigation", name="Campaign")
    expect(places).to_be_hidden()
    pictured(page, "menu-closed")
    header = page.locator(".site-header").bounding_box()
    assert header["height"] < 120
    assert menu.bounding_box()["height"] >= 44

    menu.focus()
    page.keyboard.press("Enter")
    expect(places.get_by_role("link")).to_have_count(10)
    pictured(page, "menu-open")
    assert serious(page) == []
    page.keyboard.press("Tab")
    expect(places.get_by_role("link", name="Today")).to_be_focused()
    places.get_by_role("link", name="Money").click()

    expect(page.get_by_role("heading", level=1, name="Money")).to_be_visible()
    expect(places).to_be_hidden()


def test_few_places_stand_open_on_a_phone_and_all_of_them_at_a_desk(
    campaign: Campaign, agent: User, organiser: User, open_page: Any
) -> None:
    for user, width, number in ((agent, 375, 3), (organiser, 1280, 10)):
        page = open_page(user, width=width)
        page.goto(f"/{campaign.slug}/")
        places = page.get_by_role("navigation", name="Campaign")

        pictured(page, f"menu-{number}")
        assert places.get_by_role("link").count() == number
        assert not page.locator(".site-menu > summary").is_visible()


def test_a_dropped_file_is_named_before_it_is_sent(
    campaign: Campaign, organiser: User, open_page: Any
) -> None:
    from playwright.sync_api import expect

    page = open_page(organiser)
    page.goto(f"/{campaign.slug}/register/load/")
    page.set_input_files(
        "input[type=file]",
        {"name": "december.csv", "mimeType": "text/csv", "buffer": b"a,b\n"},
    )

    expect(page.locator("[data-drop-name]")).to_have_text("december.csv is chosen.")


def test_somebody_signs_in_by_the_form(
    campaign: Campaign, agent: User, open_page: Any
) -> None:
    page = open_page(None)
    page.goto("/account/sign-in/")
    page.fill("input[name=username]", agent.email)
    page.fill("input[name=password]", "a long password")
    page.click("main button")
    page.wait_for_url(f"**/{campaign.slug}/")
