"""Every refusal of the API has one shape, and says how many calls are left."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import DataError, connection
from django.db.models import IntegerField
from django.db.models.functions import Cast
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from rest_framework.request import Request
from rest_framework.test import APIClient, APIRequestFactory

from campaigns.api.campaigns import Campaigns
from campaigns.api.pagination import CursorPages
from campaigns.models import Campaign, User, Ward
from campaigns.roles import Capability, Role
from tests.campaigns.api.test_tokens import client_of, token_for
from tests.cast import NOW, actor, give_role, make_campaign

OURS = "/api/v1/campaigns/mayor-2024/"


@pytest.fixture(autouse=True)
def fresh_rates() -> None:
    cache.clear()


@pytest.fixture
def client(campaign: Campaign) -> APIClient:
    return client_of(token_for(campaign)[1])


def deep(levels: int) -> str:
    return "[" * levels + "]" * levels


REFUSALS: dict[str, tuple[int, str, tuple[str, str, dict[str, Any]]]] = {
    "broken JSON": (400, "parse_error", ("post", "contacts/", {"data": "{"})),
    "nested too deep": (
        400,
        "parse_error",
        ("post", "contacts/", {"data": deep(100_000)}),
    ),
    "not an object": (400, "invalid", ("post", "contacts/", {"data": "[1]"})),
    "no such filter": (400, "invalid", ("get", "electors/?wrad=E05014001", {})),
    "no such cursor": (400, "invalid", ("get", "electors/?cursor=bm9uZQ", {})),
    "a cursor beyond all numbers": (
        400,
        "invalid",
        ("get", "electors/?cursor=WzFlOTk5XQ", {}),
    ),
    "an instant before the year 1": (
        400,
        "invalid",
        ("get", "electors/?changed_since=0001-01-01T00:00:00%2B23:59", {}),
    ),
    "an instant after the year 9999": (
        400,
        "invalid",
        ("get", "contacts/?received_since=9999-12-31T23:59:59-23:59", {}),
    ),
    "a page of no rows": (400, "invalid", ("get", "electors/?page_size=0", {})),
    "a NUL": (400, "parse_error", ("get", "electors/?district=%00", {})),
    "an id of twenty figures": (
        400,
        "invalid",
        ("get", f"contacts/?elector={'9' * 20}", {}),
    ),
    "an id of five thousand figures": (
        404,
        "not_found",
        ("get", f"electors/{'9' * 5000}/", {}),
    ),
    "no such address": (404, "not_found", ("get", "elektors/", {})),
    "no slash": (404, "not_found", ("get", "electors", {})),
    "no such campaign": (404, "not_found", ("get", "../no-such/wards/", {})),
    "read only": (405, "method_not_allowed", ("post", "wards/", {"data": "{}"})),
    "never deleted": (405, "method_not_allowed", ("delete", "electors/1/", {})),
    "only JSON": (
        406,
        "not_acceptable",
        ("get", "wards/", {"HTTP_ACCEPT": "application/xml"}),
    ),
    "too large": (
        413,
        "too_large",
        ("post", "contacts/", {"data": " " * (5 * 1024**2 + 1)}),
    ),
    "a form": (
        415,
        "unsupported_media_type",
        ("post", "contacts/", {"data": "a=1", "content_type": "text/plain"}),
    ),
}


@pytest.mark.parametrize(("status", "code", "call"), REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_has_the_one_shape_and_the_headers(
    client: APIClient, status: int, code: str, call: tuple[str, str, dict[str, Any]]
) -> None:
    method, address, options = call
    if "data" in options:
        options = {"content_type": "application/json", **options}

    answer = getattr(client, method)(OURS + address, **options)

    assert answer.status_code == status
    assert answer.json()["error"]["code"] == code
    assert set(answer.json()["error"]) <= {"code", "message", "fields"}
    assert int(answer["RateLimit-Remaining"]) > 0
    assert "Content-Security-Policy" in answer


def test_nobody_and_somebody_without_the_right_are_told_so_in_the_same_shape(
    campaign: Campaign,
) -> None:
    nobody = APIClient().get(f"{OURS}electors/")
    no_right = client_of(token_for(campaign, Capability.SEE_MONEY)[1]).get(
        f"{OURS}electors/"
    )

    for answer, status in ((nobody, 401), (no_right, 403)):
        assert answer.status_code == status
        assert set(answer.json()["error"]) == {"code", "message"}
        assert "RateLimit-Limit" in answer


@override_settings(API_RATE_PER_MINUTE=1)
def test_refused_calls_count_too(client: APIClient) -> None:
    client.get(f"{OURS}no-such/")

    answer = client.get(f"{OURS}wards/")

    assert answer.status_code == 429
    assert answer.json()["error"]["code"] == "throttled"
    assert answer["RateLimit-Remaining"] == "0"


def test_a_fault_of_ours_tells_nothing_of_itself(
    client: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(self: Campaigns) -> None:
        raise RuntimeError("Ivy Marsh, 1 Quarry Lane")

    monkeypatch.setattr(Campaigns, "get_queryset", fault)
    client.raise_request_exception = False

    answer = client.get("/api/v1/campaigns/")

    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "server_error"
    assert "Ivy" not in answer.content.decode()
    assert "RateLimit-Remaining" in answer


def test_an_address_of_the_api_tells_nobody_what_is_there(db: None) -> None:
    assert Client().get("/api/v1/no-such/").status_code == 401


def test_a_field_that_is_not_known_is_refused_rather_than_lost(
    client: APIClient,
) -> None:
    answer = client.post(
        f"{OURS}contacts/", {"contacts": [{"intension": "P"}]}, format="json"
    )

    fields = answer.json()["error"]["fields"]["contacts"]["0"]
    assert fields == {"intension": ["Not known here."]}


def test_a_caller_reads_what_they_may_do(campaign: Campaign, ward: Ward) -> None:
    _, key = token_for(campaign, Capability.RECORD_CONTACTS, wards=(ward,))

    answer = client_of(key).get("/api/v1/me/").json()

    assert answer["grants"] == [
        {
            "organisation": "alder",
            "campaign": "mayor-2024",
            "wards": [ward.gss],
            "capabilities": ["record_contacts"],
        }
    ]


def test_who_has_many_roles_costs_no_more_questions(
    campaign: Campaign, organiser: User, ward: Ward, other_ward: Ward
) -> None:
    client = APIClient()

    def asked() -> tuple[int, list[Any]]:
        client.force_authenticate(organiser, actor(organiser))
        with CaptureQueriesContext(connection) as queries:
            answer = client.get("/api/v1/me/").json()
        return len(queries), answer["grants"]

    before, _ = asked()
    for n in range(5):
        more = make_campaign(campaign.organisation, campaign.election, slug=f"more-{n}")
        give_role(organiser, Role.WARD_LEAD, more, other_ward, ward)
    after, grants = asked()

    assert (len(grants), after) == (6, before + 1)  # the wards, where there are some
    assert grants[-1]["campaign"] == "more-4"
    assert grants[-1]["wards"] == [ward.gss, other_ward.gss]


def test_a_caller_who_records_contacts_reads_the_codes_in_use(
    campaign: Campaign,
) -> None:
    campaign.outcome_codes.create(
        organisation=campaign.organisation, code="old", label="Old", retired_at=NOW
    )
    campaign.outcome_codes.create(
        organisation=campaign.organisation, code="out", label="Not in", kind="not_in"
    )
    client = client_of(token_for(campaign, Capability.RECORD_CONTACTS)[1])

    outcomes = client.get(f"{OURS}outcomes/").json()["results"]

    assert [row["code"] for row in outcomes] == ["out"]
    assert client.get(f"{OURS}intentions/").json()["results"] == []


def test_a_fault_of_ours_is_not_put_down_to_a_cursor_that_nobody_sent(
    ward: Ward,
) -> None:
    faulty = Ward.objects.annotate(number=Cast("name", IntegerField()))
    asked = Request(APIRequestFactory().get("/"))

    with pytest.raises(DataError):
        CursorPages().paginate_queryset(faulty, asked)
