"""A real Chromium on the live server; any report of its console fails the test."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started

from campaigns.models import User
from tests.browser.field_phone import SMALL, FieldPhone
from tests.embedded.clients import eventually
from tests.signing_in import signed_in

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Open = Callable[..., Any]


class Answering:
    """How many requests the live server is at, in threads of its own."""

    def __init__(self) -> None:
        self.under_way = 0
        self.lock = threading.Lock()
        request_started.connect(self._begun)
        request_finished.connect(self._ended)

    def _begun(self, **_: Any) -> None:
        self._count(1)

    def _ended(self, **_: Any) -> None:
        self._count(-1)

    def _count(self, more: int) -> None:
        if threading.current_thread() is not threading.main_thread():
            with self.lock:
                self.under_way += more

    def is_done(self) -> bool:
        """Nothing for a moment: a page that was closed may have asked just before."""
        return not any(self.under_way or sleep(0.02) for _ in range(5))


@pytest.fixture(scope="session")
def answering() -> Answering:
    return Answering()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    if not CHROMIUM.exists():
        pytest.skip(f"There is no Chromium at {CHROMIUM}: install it, or set CHROMIUM.")
    # Playwright runs an event loop here, in which Django would refuse queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import expect, sync_playwright

    # A busy machine is slow, and no test is about that.
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any, live_server: Any, answering: Answering) -> Iterator[Open]:
    """`open_page(user, width=1280, dark=False)`: a page of a signed-in browser."""
    reports: list[str] = []
    contexts: list[Any] = []

    def noted(message: Any) -> None:
        if message.type in ("error", "warning"):
            reports.append(f"{message.text} ({message.location.get('url')})")

    def open_for(user: User | None, *, width: int = 1280, dark: bool = False) -> Any:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 820},
            color_scheme="dark" if dark else "light",
            locale="en-GB",
        )
        contexts.append(context)
        if user is not None:
            context.add_cookies([session_cookie(user, live_server.url)])
        page = context.new_page()
        page.on("console", noted)
        page.on("pageerror", lambda error: reports.append(str(error)))
        return page

    yield open_for
    for context in contexts:
        context.close()
    # Tables are emptied next, which what is still being answered would wait for.
    assert eventually(answering.is_done)
    assert reports == []


def session_cookie(user: User, url: str) -> dict[str, str]:
    cookie = signed_in(user).cookies[settings.SESSION_COOKIE_NAME]
    return {"name": cookie.key, "value": cookie.value, "url": url}


@pytest.fixture
def open_phone(
    chromium: Any, live_server: Any, answering: Answering
) -> Iterator[Callable[..., FieldPhone]]:
    """`open_phone(dark=False, locale="cy")`: a phone of its own, nothing on it yet."""
    phones: list[FieldPhone] = []

    def opened(*, dark: bool = False, locale: str = "en-GB") -> FieldPhone:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport=SMALL,
            color_scheme="dark" if dark else "light",
            locale=locale,
            timezone_id="Europe/London",
            has_touch=True,
        )
        phone = FieldPhone(context, context.new_page())
        phone.watched(phone.page)
        phones.append(phone)
        return phone

    yield opened
    for phone in phones:
        phone.context.close()
    assert eventually(answering.is_done)
    assert [report for phone in phones for report in phone.reports] == []
