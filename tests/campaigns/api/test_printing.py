"""The price of a printed side by REST: who sets it, what is refused, what is kept."""

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from campaigns.models import AuditEntry, Campaign, User
from campaigns.roles import Role
from tests.campaigns.api.test_tokens import client_of, client_of_person, token_for
from tests.cast import member

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/campaigns/mayor-2024/spending/printing/"
PRICE = {
    "price": "0.0400",
    "supplier": "Inkwell Stationers",
    "supplier_address": "4 Inkwell Yard",
}
NONE = {"price": None, "supplier": "", "supplier_address": ""}


@pytest.fixture(autouse=True)
def uncounted() -> None:
    cache.clear()


@pytest.fixture
def signed_in(agent: User) -> APIClient:
    return client_of_person(agent)


def test_the_agent_sets_the_price_and_takes_it_away(
    campaign: Campaign, signed_in: APIClient
) -> None:
    before = signed_in.get(ADDRESS).json()
    after = signed_in.put(ADDRESS, PRICE, format="json")
    again = signed_in.put(ADDRESS, PRICE, format="json")
    kept = signed_in.get(ADDRESS).json()
    gone = signed_in.put(ADDRESS, NONE, format="json").json()

    assert before == gone == NONE
    assert after.status_code == again.status_code == 200
    assert after.json() == kept == PRICE
    entries = AuditEntry.objects.filter(verb="campaign.printing_price_set")
    assert [entry.data["after"]["price"] for entry in entries.order_by("pk")] == [
        "0.0400",
        None,
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"supplier": " "}, "Say who supplies paper and toner."),
        ({"price": "0"}, "The price of a side is more than nought, such as £0.04."),
        ({"price": "10.01"}, "The price of a side is more than nought, such as £0.04."),
    ],
)
def test_what_the_page_refuses_is_refused_in_the_same_sentence(
    campaign: Campaign,
    signed_in: APIClient,
    changes: dict[str, str],
    sentence: str,
) -> None:
    answer = signed_in.put(ADDRESS, PRICE | changes, format="json")

    assert answer.status_code == 422
    assert answer.json()["error"]["message"] == sentence
    campaign.refresh_from_db()
    assert campaign.printed_side_price is None


@pytest.mark.parametrize(
    "sent",
    [
        PRICE | {"price": "four pence"},
        PRICE | {"price": "0.00001"},
        PRICE | {"colour": "0.20"},
        {"price": "0.04", "supplier": "Inkwell Stationers"},
    ],
)
def test_what_cannot_be_read_changes_nothing(
    campaign: Campaign, signed_in: APIClient, sent: dict[str, str]
) -> None:
    assert signed_in.put(ADDRESS, sent, format="json").status_code == 400
    campaign.refresh_from_db()
    assert campaign.printed_side_price is None


def test_whoever_proposes_expenses_sets_it_and_whoever_sees_money_reads_it(
    campaign: Campaign,
) -> None:
    treasurer = client_of_person(member("Trudy Treasurer", Role.TREASURER, campaign))
    tool = client_of(token_for(campaign)[1])

    assert treasurer.put(ADDRESS, PRICE, format="json").status_code == 403
    assert treasurer.get(ADDRESS).json() == NONE
    assert tool.put(ADDRESS, PRICE, format="json").status_code == 200
    assert treasurer.get(ADDRESS).json() == PRICE
