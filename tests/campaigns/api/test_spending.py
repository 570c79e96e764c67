"""Money by REST: what may be spent, what a sum would do, and who may see it."""

from decimal import Decimal

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from campaigns.access import system
from campaigns.actions.limit_notices import record_limit_notice
from campaigns.models import Campaign, Expense, LimitNotice, User
from campaigns.roles import Capability
from tests.campaigns.api.test_tokens import client_of, client_of_person, token_for
from tests.campaigns.purchases import propose
from tests.cast import NOW

ADDRESS = "/api/v1/campaigns/mayor-2024/"


@pytest.fixture
def client(campaign: Campaign) -> APIClient:
    cache.clear()
    record_limit_notice(
        campaign=campaign,
        electors=2_018_546,
        councils=7,
        given_on=NOW.date(),
        document="Letter 4",
        by=system(campaign.organisation),
        at=NOW,
    )
    return client_of(token_for(campaign)[1])


def test_the_position_tells_the_limit_its_working_and_how_sure_it_is(
    client: APIClient,
) -> None:
    position = client.get(f"{ADDRESS}spending/").json()

    assert position["limit"]["amount"] == "182763.68"
    assert position["limit"]["working"]
    assert position["limit"]["is_confirmed"] is False
    assert position["left"] == "182763.68"
    assert position["warnings"]
    assert position["deadlines"]["days"][1] == {
        "code": "bills_received",
        "name": "Bills received",
        "day": "2024-05-23",
        "done": "",
        "how": "",
    }


def test_what_if_answers_and_writes_nothing(client: APIClient) -> None:
    query = {"used_from": "2024-04-25", "used_until": "2024-05-02"}

    fits = client.get(f"{ADDRESS}spending/what-if/", {"amount": "8000", **query}).json()
    not_ = client.get(f"{ADDRESS}spending/what-if/", {"amount": "9e5", **query}).json()

    assert fits["fits"] is True
    assert Decimal(fits["left"]) == Decimal("174763.68")
    assert not_["fits"] is False
    assert not Expense.objects.exists()


def test_a_sum_many_times_the_limit_is_answered_in_figures(client: APIClient) -> None:
    query = {"used_from": "2024-04-25", "used_until": "2024-05-02"}
    address = f"{ADDRESS}spending/what-if/"

    large = client.get(address, {"amount": "99999999.99", **query})
    larger = client.get(address, {"amount": "1000000000", **query})
    LimitNotice.objects.update(told_limit=Decimal("1.00"))
    tiny = client.get(address, {"amount": "99999999.99", **query})

    assert large.json()["percent"] == "54715.4"
    assert larger.status_code == 400
    assert tiny.json()["percent"] == "9999999999.0"


def test_money_is_closed_to_a_token_that_may_not_see_it(campaign: Campaign) -> None:
    cache.clear()
    client = client_of(token_for(campaign, Capability.SEE_CAMPAIGN)[1])

    for resource in ("spending/", "expenses/", "spending/what-if/"):
        assert client.get(f"{ADDRESS}{resource}").status_code == 403


LEAFLETS = {
    "description": "Leaflets",
    "supplier": "Plover Press",
    "category": "unsolicited",
    "amount": "100.00",
    "incurred_on": "2024-04-20",
    "used_from": "2024-04-25",
    "used_until": "2024-05-02",
}


def test_an_expense_is_proposed_with_the_parts_that_others_bear(
    campaign: Campaign, other_campaign: Campaign
) -> None:
    cache.clear()
    proposer = client_of(
        token_for(campaign, Capability.SEE_MONEY, Capability.PROPOSE_EXPENSE)[1]
    )
    half = {"parts": 1, "of_parts": 2, "reason": "One of two sides"}
    sent = LEAFLETS | {
        "inside": {"parts": 3, "of_parts": 4, "reason": "A box was left"},
        "shares": [
            half | {"campaign": other_campaign.slug},
            {"bearer": "The party", "parts": 1, "of_parts": 6, "reason": "Its logo"},
        ],
    }
    foreign = LEAFLETS | {"shares": [half | {"campaign": "nobody"}]}

    made = proposer.post(f"{ADDRESS}expenses/", sent, format="json")
    refused = proposer.post(f"{ADDRESS}expenses/", foreign, format="json")

    assert made.status_code == 201
    assert made.json()["inside_parts"] == 3
    assert [share["bearer"] for share in made.json()["shares"]] == [
        other_campaign.name,
        "The party",
    ]
    assert "no campaign 'nobody' of yours" in refused.content.decode()
    assert Expense.objects.count() == 1


def test_a_gift_is_not_proposed_beside_its_donation(
    campaign: Campaign, client: APIClient
) -> None:
    hall = {
        "description": "Hall",
        "supplier": "The Town Hall",
        "category": "meetings",
        "amount": "0.00",
        "incurred_on": "2024-04-10",
        "used_from": "2024-04-10",
        "used_until": "2024-04-10",
    }

    free = client.post(
        f"{ADDRESS}expenses/", hall | {"kind": "notional"}, format="json"
    )
    worth = client.post(
        f"{ADDRESS}expenses/", hall | {"market_value": "900.00"}, format="json"
    )

    assert (free.status_code, worth.status_code) == (400, 400)
    assert "the difference is a donation" in str(free.json())
    assert not Expense.objects.exists()


def test_the_agent_declares_the_value_of_a_gift_and_no_token_does(
    campaign: Campaign, agent: User
) -> None:
    gift = propose(campaign, "0.00", kind="notional", market_value=Decimal("600.00"))
    there = f"{ADDRESS}expenses/{gift.pk}/declare-value/"
    token = client_of(token_for(campaign)[1])
    signed_in = client_of_person(agent)

    refused = token.post(there)
    declared = signed_in.post(there)
    again = signed_in.post(there)

    assert refused.status_code == 403
    assert declared.status_code == 200
    assert declared.json()["value_declared_by"] == "Agnes Agent"
    assert again.json()["error"]["code"] == "declared"


def test_a_supplier_is_completed_by_whoever_enters_invoices(
    campaign: Campaign,
) -> None:
    cache.clear()
    expense = propose(campaign, supplier="Plover", supplier_address="")
    address = f"{ADDRESS}expenses/{expense.pk}/supplier/"
    sent = {"supplier": "Plover Press", "supplier_address": "4 Inkwell Yard, QX1 1AA"}
    may = (Capability.SEE_MONEY, Capability.RECORD_PAYMENTS)

    told = client_of(token_for(campaign, *may)[1]).post(address, sent, format="json")
    reader = client_of(token_for(campaign, Capability.SEE_MONEY)[1])

    assert (told.json()["supplier"], told.json()["supplier_address"]) == (
        "Plover Press",
        "4 Inkwell Yard, QX1 1AA",
    )
    assert reader.post(address, sent, format="json").status_code == 403
