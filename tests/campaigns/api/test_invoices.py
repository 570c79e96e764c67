"""Invoices by REST: filed, paid, disputed, and let through by a court."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from campaigns.models import (
    Campaign,
    Expense,
    IdempotentReply,
    Invoice,
    Payment,
    Refund,
)
from campaigns.roles import Capability
from tests.campaigns.api.test_tokens import client_of, token_for
from tests.campaigns.papers import bill
from tests.campaigns.purchases import commit, notice

ADDRESS = "/api/v1/campaigns/mayor-2024/invoices/"


@pytest.fixture
def client(campaign: Campaign) -> APIClient:
    cache.clear()
    notice(campaign)
    may = (Capability.SEE_MONEY, Capability.RECORD_PAYMENTS)
    return client_of(token_for(campaign, *may)[1])


@pytest.fixture
def order(campaign: Campaign, client: APIClient) -> Expense:
    return commit(campaign, "640.00")


NEW = {
    "number": "SH 24-17",
    "amount": "640.00",
    "dated_on": "2024-04-19",
    "received_on": "2024-04-20",
}
PAYMENT = {"amount": "500.00", "paid_on": "2024-04-22", "method": "Bank transfer"}


def test_a_token_gives_no_reason_of_the_agents_to_pass_the_limit(
    campaign: Campaign, client: APIClient
) -> None:
    """Without its last invoice of £100.00 the whole order of £900.00 counts again."""
    notice(campaign, told_limit=Decimal("1000.00"))
    invoice = bill(commit(campaign, "900.00"), "100.00")
    commit(campaign, "600.00")

    refused = client.post(
        f"{ADDRESS}{invoice.pk}/void/",
        {"reason": "Not ours", "over_limit_reason": "It is owed"},
        format="json",
    )

    assert refused.status_code == 422
    assert refused.json()["error"]["code"] == "over_limit"
    invoice.refresh_from_db()
    assert invoice.voided_at is None


def test_an_invoice_is_filed_disputed_settled_and_paid(
    client: APIClient, order: Expense
) -> None:
    made = client.post(ADDRESS, {**NEW, "expense": order.pk}, format="json")
    one = f"{ADDRESS}{made.json()['id']}/"
    client.post(f"{one}dispute/", {"reason": "Not heated"}, format="json")
    refused = client.post(f"{one}payments/", PAYMENT, format="json")
    settled = client.post(
        f"{one}dispute/end/",
        {
            "outcome": "settled",
            "amount": "500.00",
            "ended_on": "2024-04-22",
            "reason": "Letter",
        },
        format="json",
    )
    client.post(f"{one}payments/", PAYMENT, format="json")

    assert made.status_code == 201
    assert refused.status_code == 422
    assert refused.json()["error"]["code"] == "invoice_disputed"
    assert settled.json()["owed"] == "500.00"
    assert client.get(one).json()["unpaid"] == "0.00"
    (listed,) = client.get(ADDRESS, {"expense": order.pk}).json()["results"]
    assert listed["payments"][0]["amount"] == "500.00"
    assert not client.get(ADDRESS, {"expense": order.pk + 1}).json()["results"]


def test_a_court_gives_leave_and_a_mistake_is_said(
    client: APIClient, order: Expense
) -> None:
    one = f"{ADDRESS}{bill(order, '640.00').pk}/"
    order_of_court = {"court": "A court", "ordered_on": "2024-04-20"}

    given = client.post(f"{one}leave/", order_of_court, format="json")
    twice = client.post(f"{one}leave/", order_of_court, format="json")
    nowhere = client.post(ADDRESS, {**NEW, "expense": 10**9}, format="json")
    backwards = client.post(
        ADDRESS, {**NEW, "expense": order.pk, "dated_on": "2024-04-21"}, format="json"
    )

    assert given.json()["leaves"][0]["court"] == "A court"
    assert twice.json()["error"]["code"] == "leave_given"
    assert nowhere.status_code == 400
    assert backwards.status_code == 422
    assert Invoice.objects.count() == 1


def test_whoever_only_sees_money_files_nothing(
    campaign: Campaign, client: APIClient, order: Expense
) -> None:
    reader = client_of(token_for(campaign, Capability.SEE_MONEY)[1])
    one = f"{ADDRESS}{bill(order, '640.00').pk}/"

    assert reader.get(one).status_code == 200
    assert reader.post(f"{one}payments/", PAYMENT, format="json").status_code == 403


def test_a_credit_note_is_filed_and_everything_is_struck_out(
    client: APIClient, order: Expense
) -> None:
    one = f"{ADDRESS}{bill(order, '640.00').pk}/"
    typed = {
        "number": "C-1",
        "amount": "40.00",
        "dated_on": "2024-04-20",
        "reason": "One room less",
    }

    def void(what: str, id: int | None = None) -> int:
        sent = {"what": what, "id": id, "reason": "Wrong"}
        return client.post(f"{one}void/", sent, format="json").status_code

    credited = client.post(f"{one}credit-notes/", typed, format="json").json()
    paid = client.post(f"{one}payments/", PAYMENT, format="json").json()
    early = void("invoice")
    unknown = void("payment", 10**9)
    for what, papers in (("payment", "payments"), ("credit_note", "credit_notes")):
        assert void(what, paid[papers][0]["id"]) == 201
    voided = void("invoice")

    assert credited["owed"] == "600.00"
    assert (early, unknown, voided) == (422, 400, 201)
    assert Invoice.objects.get().void_reason == "Wrong"


def test_before_the_agents_appointment_the_candidate_pays_by_rest(
    client: APIClient, order: Expense, campaign: Campaign
) -> None:
    campaign.agent_appointed_on = date(2024, 4, 21)
    campaign.save(update_fields=["agent_appointed_on"])
    one = f"{ADDRESS}{bill(order, '640.00').pk}/payments/"
    theirs = PAYMENT | {"paid_by": "candidate", "amount": "40.00"}

    late = client.post(one, theirs | {"paid_on": "2024-04-21"}, format="json")
    early = client.post(one, theirs | {"paid_on": "2024-04-20"}, format="json")

    assert late.json()["error"]["code"] == "agent_pays"
    assert early.json()["payments"][0]["paid_by"] == "candidate"


def test_whoever_may_not_pay_is_refused(client: APIClient, order: Expense) -> None:
    one = f"{ADDRESS}{bill(order, '640.00').pk}/payments/"

    theirs = client.post(one, {**PAYMENT, "paid_by": "candidate"}, format="json")
    petty = client.post(one, {**PAYMENT, "paid_by": "petty"}, format="json")
    nowhere = client.post(
        one, {**PAYMENT, "paid_by": "petty", "authority": 10**9}, format="json"
    )

    assert theirs.json()["error"]["code"] == "no_appointment"
    assert petty.json()["error"]["code"] == "no_authority"
    assert nowhere.status_code == 400


def test_a_credited_bill_is_paid_in_full_and_its_refund_comes_in_parts_by_rest(
    client: APIClient, order: Expense
) -> None:
    one = f"{ADDRESS}{bill(order, '640.00').pk}/"
    note = {
        "number": "C-1",
        "amount": "40.00",
        "dated_on": "2024-04-20",
        "reason": "A box was missing",
    }
    noted = client.post(f"{one}credit-notes/", note, format="json").json()
    number = noted["credit_notes"][0]["id"]
    back = {"credit_note": number, "amount": "25.00", "came_on": "2024-04-23"}

    full = client.post(f"{one}payments/", PAYMENT | {"amount": "640.00"}, format="json")
    part = client.post(f"{one}refunds/", back, format="json").json()
    over = client.post(f"{one}refunds/", back, format="json")
    nowhere = client.post(
        f"{one}refunds/", back | {"credit_note": 10**9}, format="json"
    )
    refund = {"what": "refund", "id": part["credit_notes"][0]["refunds"][0]["id"]}
    struck = client.post(f"{one}void/", refund | {"reason": "Bounced"}, format="json")

    assert (full.json()["unpaid"], full.json()["refund_due"]) == ("0.00", "40.00")
    assert (part["refund_due"], part["credit_notes"][0]["came"]) == ("15.00", "25.00")
    assert over.json()["error"]["code"] == "more_than_due"
    assert nowhere.status_code == 400
    assert struck.json()["refund_due"] == "40.00"


def test_parts_that_are_sent_again_after_a_lost_reply_are_filed_once(
    order: Expense, client: APIClient
) -> None:
    """A part would fit a second time: £100.00 of £640.00, and £5.00 of £40.00."""
    one = f"{ADDRESS}{bill(order, '640.00').pk}/"
    note = {
        "number": "C-1",
        "amount": "40.00",
        "dated_on": "2024-04-20",
        "reason": "A box was missing",
    }
    noted = client.post(f"{one}credit-notes/", note, format="json").json()
    number = noted["credit_notes"][0]["id"]
    part = PAYMENT | {"amount": "100.00"}
    back = {"credit_note": number, "amount": "5.00", "came_on": "2024-04-23"}

    for key, address, content in (
        ("a", "payments/", part),
        ("b", "payments/", PAYMENT | {"amount": "540.00"}),
        ("c", "refunds/", back),
    ):
        for _ in range(2):
            answer = client.post(
                f"{one}{address}", content, format="json", HTTP_IDEMPOTENCY_KEY=key
            )
            assert answer.status_code == 201, answer.json()
            IdempotentReply.objects.all().delete()

    assert sorted(Payment.objects.values_list("amount", flat=True)) == [100, 540]
    assert Refund.objects.count() == 1
    assert answer.json()["refund_due"] == "35.00"
