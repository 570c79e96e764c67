"""Statement lines by REST: listed, proposed, matched once, undone."""

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from campaigns.models import Campaign, CreditNote, Payment, StatementMatch
from campaigns.roles import Capability
from tests.campaigns.actions.test_statement_matches import bill, line_of, pay
from tests.campaigns.api.test_tokens import client_of, token_for

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/campaigns/mayor-2024/"


@pytest.fixture
def client(campaign: Campaign) -> APIClient:
    cache.clear()
    can = (Capability.SEE_MONEY, Capability.RECORD_PAYMENTS)
    return client_of(token_for(campaign, *can)[1])


def test_a_proposal_is_sent_back_to_accept_it_and_once_only(
    campaign: Campaign, client: APIClient
) -> None:
    invoice = bill(campaign, "80.00")
    address = f"{ADDRESS}statement-lines/{line_of(campaign, '-80.00', 'PP-11').pk}/"

    (proposal,) = client.get(f"{address}proposals/").json()
    parts = [
        {name: part[name] for name in ("kind", "id", "amount")}
        for part in proposal["parts"]
    ]
    made = [
        client.post(
            f"{address}match/",
            {"parts": parts},
            format="json",
            HTTP_IDEMPOTENCY_KEY="a",
        )
        for _ in range(2)
    ]

    assert parts == [{"kind": "invoice", "id": invoice.pk, "amount": "80.00"}]
    assert [answer.status_code for answer in made] == [201, 201]
    assert made[0].json() == made[1].json()
    assert made[0].json()["left"] == "0.00"
    assert Payment.objects.count() == 1
    assert client.get(f"{address}proposals/").json() == []


def test_lines_are_listed_by_what_is_still_to_be_said(
    campaign: Campaign, client: APIClient
) -> None:
    line = line_of(campaign, "-80.00", "HALL")
    lines = f"{ADDRESS}statement-lines/"
    aside = client.post(
        f"{lines}{line.pk}/set-aside/", {"reason": "To our card"}, format="json"
    )

    assert aside.json()["matches"][0]["aside"] == "To our card"
    found = {
        state: len(client.get(f"{lines}?state={state}").json()["results"])
        for state in ("waiting", "matched", "aside")
    }
    assert found == {"waiting": 0, "matched": 0, "aside": 1}
    of_account = client.get(f"{lines}?account={line.account_id}").json()["results"]
    assert [one["amount"] for one in of_account] == ["-80.00"]
    assert client.get(f"{lines}?state=lost").status_code == 400
    assert client.get(f"{lines}?account=x").status_code == 400


def test_a_match_is_undone_with_a_reason(campaign: Campaign, client: APIClient) -> None:
    line = line_of(campaign, "-80.00", "HALL")
    client.post(
        f"{ADDRESS}statement-lines/{line.pk}/set-aside/",
        {"reason": "Ours"},
        format="json",
    )
    address = f"{ADDRESS}statement-matches/{StatementMatch.objects.get().pk}/undo/"

    assert client.post(address, {"reason": ""}, format="json").status_code == 400
    reason = "It was the hall. " * 20
    undone, retried = (
        client.post(
            address, {"reason": reason}, format="json", HTTP_IDEMPOTENCY_KEY="u"
        )
        for _ in range(2)
    )

    assert undone.json()["void_reason"] == reason.strip()
    assert (retried.status_code, retried.json()) == (200, undone.json())
    again = client.post(address, {"reason": "Again"}, format="json")
    assert "already_undone" in str(again.json())


def test_what_cannot_be_is_refused_with_its_code(
    campaign: Campaign, client: APIClient
) -> None:
    address = f"{ADDRESS}statement-lines/{line_of(campaign, '80.00').pk}/match/"
    invoice = {"kind": "invoice", "id": bill(campaign, "80.00").pk, "amount": "80.00"}

    refused = client.post(address, {"parts": [invoice]}, format="json")
    misspelt = client.post(address, {"parts": [{**invoice, "sum": 1}]}, format="json")

    assert "money_in" in str(refused.json())
    assert misspelt.status_code == 400
    assert not StatementMatch.objects.exists()


def test_money_that_came_back_files_the_credit_note_once(
    campaign: Campaign, client: APIClient
) -> None:
    invoice = bill(campaign, "80.00")
    pay(invoice, "80.00")
    line = line_of(campaign, "20.00", "REFUND")
    told = {"invoice": invoice.pk, "number": "C-1", "reason": "Short"}

    made = [
        client.post(
            f"{ADDRESS}statement-lines/{line.pk}/refund/",
            told,
            format="json",
            HTTP_IDEMPOTENCY_KEY="a",
        )
        for _ in range(2)
    ]

    (match,) = made[0].json()["matches"]
    assert made[0].json() == made[1].json()
    assert (match["credit_note"], match["made"]) == (
        CreditNote.objects.get().pk,
        True,
    )
    assert made[0].json()["left"] == "0.00"
