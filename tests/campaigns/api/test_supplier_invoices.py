"""Suppliers' files by REST: sent, decided, loaded once, and what waits filed."""

from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from rest_framework.test import APIClient

from campaigns.actions.jobs import run_here
from campaigns.models import Campaign, Expense, Invoice, InvoiceFileRow, Job
from campaigns.roles import Capability
from tests.campaigns.api.test_tokens import client_of, token_for
from tests.campaigns.purchases import commit, notice
from tests.campaigns.statement_helpers import upload
from tests.campaigns.supplier_helpers import HEADER
from tests.cast import NOW

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/campaigns/mayor-2024/"
FILES = f"{ADDRESS}supplier-files/"
ROWS = f"{ADDRESS}supplier-invoices/"
TOLD = {
    "supplier_name": "Plover Press",
    "received_on": "2024-04-20",
    "category": "advertising",
    "used_from": "2024-04-13",
    "used_until": "2024-04-13",
}


@pytest.fixture
def client(campaign: Campaign) -> APIClient:
    cache.clear()
    campaign.organisation.clock_offset = NOW - timezone.now()
    campaign.organisation.save(update_fields=["clock_offset"])
    can = (Capability.SEE_MONEY, Capability.RECORD_PAYMENTS)
    return client_of(token_for(campaign, *can)[1])


@pytest.fixture
def order(campaign: Campaign) -> Expense:
    notice(campaign)
    return commit(campaign, "600.00")


def worked(client: APIClient, answer: Any) -> dict[str, Any]:
    """The file once a worker has looked at it, or loaded it."""
    assert answer.status_code == 201, answer.json()
    job = answer.json()["id"]
    run_here(Job.objects.get(pk=job))
    found: dict[str, Any] = client.get(f"{FILES}{job}/").json()
    return found


def test_a_file_is_sent_decided_and_loaded_once(
    campaign: Campaign, order: Expense, client: APIClient
) -> None:
    content = HEADER + "PP-1,12/04/2024,Leaflets,,,240.00,77,\n"
    check = worked(client, client.post(FILES, {"file": upload(content), **TOLD}))
    (row,) = check["rows"]
    assert (row["outcome"], row["amount"]) == ("to_choose", "240.00")
    assert check["result"]["missing"].startswith("Line 2 is to be decided")

    again = client.post(
        f"{FILES}{check['id']}/look-again/",
        {"choices": [{"line": 2, "expense": order.pk}]},
        format="json",
    )
    ready = worked(client, again)
    assert ready["rows"][0]["expense"] == order.pk
    loads = [
        client.post(f"{FILES}{ready['id']}/load/", HTTP_IDEMPOTENCY_KEY="a")
        for _ in range(2)
    ]

    loaded = worked(client, loads[0])
    assert loads[0].json() == loads[1].json()
    assert loaded["result"]["invoice"] == 1
    assert Invoice.objects.get().expense == order
    listed = client.get(f"{ROWS}?state=filed").json()["results"]
    assert [one["number"] for one in listed] == ["PP-1"]
    assert client.get(f"{ROWS}?state=lost").status_code == 400


def test_columns_are_told_and_what_is_not_known_is_refused(
    order: Expense, client: APIClient
) -> None:
    content = "Ref,When,How much\nPP-1,02/04/2024,40.00\n"
    check = worked(client, client.post(FILES, {"file": upload(content), **TOLD}))
    address = f"{FILES}{check['id']}/look-again/"
    told = {"number": "Ref", "day": "When", "gross": "How much"}

    again = client.post(address, {"columns": told}, format="json")

    assert worked(client, again)["rows"][0]["outcome"] == "proposed"
    wrong = client.post(address, {"columns": {"colour": "Ref"}}, format="json")
    assert wrong.status_code == 400
    neither = client.post(address, {"choices": [{"line": 2}]}, format="json")
    assert neither.status_code == 400


def test_the_days_of_use_are_said_when_it_is_looked_at_again(
    order: Expense, client: APIClient
) -> None:
    content = HEADER + "PP-2,12/04/2024,A banner,,,90.00,,\n"
    sent = {"file": upload(content), **TOLD}
    del sent["used_from"], sent["used_until"]
    check = worked(client, client.post(FILES, sent))
    assert "when it is used" in check["result"]["missing"]

    days = {"used_from": "2024-04-20", "used_until": "2024-04-21"}
    again = client.post(f"{FILES}{check['id']}/look-again/", days, format="json")

    assert worked(client, again)["rows"][0]["outcome"] == "proposed"
    wrong = {"used_from": "2024-04-22", "used_until": "2024-04-21"}
    refused = client.post(f"{FILES}{check['id']}/look-again/", wrong, format="json")
    assert "before the first" in str(refused.json())


def test_a_line_is_proposed_under_a_head_of_its_own(
    order: Expense, client: APIClient
) -> None:
    content = HEADER + "PP-2,12/04/2024,A coach,,,90.00,,\n"
    check = worked(client, client.post(FILES, {"file": upload(content), **TOLD}))
    assert check["rows"][0]["category"] == "advertising"
    address = f"{FILES}{check['id']}/look-again/"

    def choose(**chosen: object) -> Any:
        choices = {"choices": [{"line": 2, **chosen}]}
        return client.post(address, choices, format="json")

    again = worked(client, choose(way="propose", category="transport"))

    assert again["rows"][0]["category"] == "transport"
    assert choose(way="propose", category="staff").status_code == 400
    assert choose(way="later", category="transport").status_code == 400
    assert choose(expense=order.pk, category="transport").status_code == 400


def test_who_may_not_propose_is_refused_what_would_be_proposed(
    order: Expense, client: APIClient
) -> None:
    content = HEADER + "PP-2,12/04/2024,A banner,,,90.00,,\n"
    check = worked(client, client.post(FILES, {"file": upload(content), **TOLD}))

    answer = client.post(f"{FILES}{check['id']}/load/")

    assert answer.status_code in {400, 409, 422}
    assert "which you may not" in str(answer.json())
    both = {**TOLD, "supplier": 1}
    assert client.post(FILES, {"file": upload(content), **both}).status_code == 400


def test_what_was_set_aside_is_filed_once_its_invoice_is_here(
    order: Expense, client: APIClient
) -> None:
    for row in (
        "C-1,14/04/2024,Short,,,-40.00,,PP-1\n",
        "PP-1,12/04/2024,Leaflets,,,240.00,1,\n",
    ):
        check = worked(
            client, client.post(FILES, {"file": upload(HEADER + row), **TOLD})
        )
        worked(client, client.post(f"{FILES}{check['id']}/load/"))
    waits = InvoiceFileRow.objects.get(number="C-1")

    answer, again = (
        client.post(
            f"{ROWS}{waits.pk}/file/", {}, format="json", HTTP_IDEMPOTENCY_KEY="f"
        )
        for _ in range(2)
    )

    assert answer.status_code == again.status_code == 200
    assert answer.json()["state"] == "filed"
    assert answer.json() == again.json()
    assert client.post(f"{ROWS}{waits.pk}/file/", {}, format="json").status_code >= 400
