"""What holds for every route, whoever attacks it: headers, and tokens of forms."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from campaigns.models import Campaign, User
from tests.house.routes import routes
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Anything(dict[str, Any]):
    """A value for whatever an address names."""

    def get(self, name: str, default: Any = None) -> Any:
        return "mayor-2024" if "campaign" in name else self.setdefault(name, "1")


def test_no_form_is_taken_without_its_token(
    campaign: Campaign, organiser: User
) -> None:
    browser = signed_in(organiser)
    attacker = Client(enforce_csrf_checks=True)
    attacker.cookies = browser.cookies
    cache.clear()

    seen = {
        found.name: attacker.post(
            found.address(Anything()), "{}", content_type="application/json"
        ).status_code
        for found in routes()
        # A phone proves itself by its own key: no cookie counts there.
        if not found.name.startswith(("api-", "field-"))
    }

    # 405: a resource of the API that takes no POST at all; 415: one that takes files.
    assert {name: status for name, status in seen.items() if status < 400} == {}
    assert set(seen.values()) <= {403, 404, 405, 415}


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/account/sign-in/",
        "/nothing/here/",
        "/mayor-2024/electors/?q=%00",
        "/static/site/css/page.css",
        "/health/",
        "/api/docs/",
        "/api/v1/councils/",
        "/admin/",
    ],
)
def test_every_answer_carries_the_security_headers(
    campaign: Campaign, organiser: User, address: str
) -> None:
    for client in (Client(), signed_in(organiser)):
        answer = client.get(address)

        for name, value in EVERYWHERE.items():
            assert answer[name] == value
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        if not address.startswith("/static/"):
            assert answer["Cache-Control"] in ("private, no-store", NEVER)


NEVER = "max-age=0, no-cache, no-store, must-revalidate, private"


def test_a_fault_carries_them_too(
    campaign: Campaign, organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*args: object, **named: object) -> None:
        raise RuntimeError("Ivy Marsh")

    monkeypatch.setattr("campaigns.views.people.members_of", fault)
    client = signed_in(organiser)
    client.raise_request_exception = False

    answer = client.get("/mayor-2024/people/")

    assert answer.status_code == 500
    assert "Content-Security-Policy" in answer
    assert "Ivy" not in answer.content.decode()


def test_signing_in_begins_another_session(agent: User) -> None:
    client = Client()
    client.get("/account/sign-in/")
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key

    client.cookies["sessionid"] = str(planted)
    client.post(
        "/account/sign-in/",
        {"username": agent.email, "password": "a long password"},
    )

    assert client.session.session_key != planted


@pytest.mark.parametrize(
    "next", ["//evil.example/", "https://evil.example/", "/\\evil"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(agent: User, next: str) -> None:
    answer = Client().post(
        f"/account/sign-in/?next={next}",
        {"username": agent.email, "password": "a long password", "next": next},
    )

    assert answer.headers["Location"] == "/"
