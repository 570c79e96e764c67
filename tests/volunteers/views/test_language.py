"""Volunteers read their pages in English or Welsh, as they choose."""

import pytest
from django.conf import settings
from django.test import Client


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
