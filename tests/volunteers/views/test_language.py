"""Volunteers read their pages in English or Welsh, as they choose."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from campaigns.models import AuditEntry, Campaign
from tests.cast import NOW
from tests.volunteers.helpers import give_place, make_shift, make_volunteer
from volunteers import personal_links
from volunteers.actions.mails import link_of
from volunteers.exporters.mails import send_waiting_mails
from volunteers.models import Language, Volunteer

VERA = {
    "name": "Vera Helper",
    "email": "vera@example.org",
    "is_18": "yes",
    "kind": "member",
    "promised": "on",
}


@pytest.fixture(autouse=True)
def its_day(campaign: Campaign) -> None:
    cache.clear()
    campaign.organisation.clock_offset = NOW - timezone.now()
    campaign.organisation.save()


def test_whoever_chooses_welsh_is_answered_in_welsh_from_then_on(db: None) -> None:
    there = "/field/link/"
    browser = Client(headers={"Accept-Language": "en-GB"})
    assert "Send me my link" in browser.get(there).content.decode()

    answer = browser.post("/field/language/", {"language": "cy", "next": there})

    assert answer.headers["Location"] == there
    page = browser.get(there)
    assert "Anfonwch fy nolen ataf" in page.content.decode()
    assert '<html lang="cy">' in page.content.decode()
    assert "Cookie" in page.headers["Vary"]
    assert '<html lang="en-gb">' in browser.get("/account/sign-in/").content.decode()


def test_a_welsh_browser_is_answered_in_welsh_until_it_chooses_english(
    db: None,
) -> None:
    browser = Client(headers={"Accept-Language": "cy, en;q=0.5"})
    assert "Anfonwch fy nolen ataf" in browser.get("/field/link/").content.decode()

    browser.post("/field/language/", {"language": "en-gb"})

    assert "Send me my link" in browser.get("/field/link/").content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/field/", "//example.org/field/", "/account/", ""]
)
def test_choosing_leads_back_to_a_page_of_volunteers_and_nowhere_else(
    db: None, elsewhere: str
) -> None:
    said = {"language": "cy", "next": elsewhere}
    assert Client().post("/field/language/", said).headers["Location"] == "/field/"


def test_a_language_that_we_do_not_speak_asks_again(db: None) -> None:
    browser = Client()
    answer = browser.post("/field/language/", {"language": "tlh"})

    assert answer.status_code == 200
    assert "Cymraeg" in answer.content.decode()
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_the_languages_of_volunteers_are_those_of_the_pages() -> None:
    assert Language.choices == settings.LANGUAGES


def test_whoever_signs_up_in_welsh_promises_and_is_written_to_in_welsh(
    campaign: Campaign,
) -> None:
    browser = Client(headers={"Accept-Language": "cy"})
    address = "/field/help/mayor-2024/"
    assert "Byddaf yn defnyddio" in browser.get(address).content.decode()

    browser.post(address, VERA)
    send_waiting_mails()

    vera = Volunteer.objects.get()
    assert vera.language == Language.WELSH
    assert vera.undertakings.get().text.startswith("Byddaf yn defnyddio’r enwau")
    [sent] = mail.outbox
    assert sent.subject == f"Eich tudalen fel gwirfoddolwr {campaign}"
    assert "diolch am gynnig helpu" in sent.body


def test_what_is_wrong_is_said_in_welsh(campaign: Campaign) -> None:
    browser = Client(headers={"Accept-Language": "cy"})

    for changed, said in (
        ({"mobile": "12"}, "Nid rhif ffôn yw hwnnw"),
        ({"postcode": "nowhere"}, "Nid cod post yw hwnnw"),
        ({"name": "12"}, "Rhowch enw."),
        ({"promised": ""}, "Ni all neb helpu heb wneud yr addewid."),
    ):
        answer = browser.post("/field/help/mayor-2024/", VERA | changed)
        assert said in answer.content.decode(), changed


def test_their_own_page_changes_the_language_of_our_mails_to_them(
    campaign: Campaign,
) -> None:
    vera = make_volunteer(campaign.organisation)
    link = link_of(vera, at=NOW)
    browser = Client(headers={"Accept-Language": "en-GB"})
    browser.get(f"/field/open/{personal_links.written(link)}/")
    page = browser.get("/field/mine/").content.decode()
    assert "/field/mine/language/?next=/field/mine/" in page

    assert "Cymraeg" in browser.get("/field/mine/language/").content.decode()
    for said in ("tlh", "cy", "cy"):
        browser.post(
            "/field/mine/language/", {"language": said, "next": "/field/mine/"}
        )

    vera.refresh_from_db()
    assert vera.language == Language.WELSH
    assert "Eich sifftiau" in browser.get("/field/mine/").content.decode()
    assert AuditEntry.objects.filter(verb="volunteer.language").count() == 1


def test_a_shift_says_no_in_welsh(campaign: Campaign) -> None:
    vera = make_volunteer(campaign.organisation)
    day = NOW + timedelta(days=2)
    give_place(make_shift(campaign, starts_at=day), vera)
    other = make_shift(campaign, starts_at=day)
    link = link_of(vera, at=NOW)
    browser = Client(headers={"Accept-Language": "cy"})
    browser.get(f"/field/open/{personal_links.written(link)}/")

    say = f"/field/mine/shifts/{other.pk}/say/"
    answer = browser.post(say, {"say": "take"}, follow=True)

    assert "Mae lle ar sifft arall" in answer.content.decode()
