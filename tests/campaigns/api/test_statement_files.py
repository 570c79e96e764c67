"""Statements by REST: sent, their columns told, and loaded once."""

from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from rest_framework.test import APIClient

from campaigns.actions.jobs import run_here
from campaigns.models import Campaign, Job, StatementLine
from campaigns.roles import Capability
from tests.campaigns.api.test_tokens import client_of, token_for
from tests.campaigns.statement_helpers import APRIL, account_of, upload
from tests.cast import NOW

pytestmark = pytest.mark.django_db
FILES = "/api/v1/campaigns/mayor-2024/statement-files/"


@pytest.fixture
def client(campaign: Campaign) -> APIClient:
    cache.clear()
    campaign.organisation.clock_offset = NOW - timezone.now()
    campaign.organisation.save(update_fields=["clock_offset"])
    can = (Capability.SEE_MONEY, Capability.RECORD_PAYMENTS)
    return client_of(token_for(campaign, *can)[1])


def worked(client: APIClient, answer: Any) -> dict[str, Any]:
    """The file once a worker has looked at it, or loaded it."""
    assert answer.status_code == 201, answer.json()
    job = answer.json()["id"]
    run_here(Job.objects.get(pk=job))
    found: dict[str, Any] = client.get(f"{FILES}{job}/").json()
    return found


def test_a_statement_is_sent_looked_at_and_loaded_once(client: APIClient) -> None:
    sent = {"file": upload(APRIL), "account_name": "Campaign account"}

    check = worked(client, client.post(FILES, sent))
    loads = [
        client.post(f"{FILES}{check['id']}/load/", HTTP_IDEMPOTENCY_KEY="a")
        for _ in range(2)
    ]
    loaded = worked(client, loads[0])

    assert check["result"]["new"] == 4
    assert check["lines"][0] == {
        "line": 3,
        "day": "2024-04-03",
        "description": "PLOVER PRESS PP-1203",
        "amount": "-400.00",
        "balance": "600.00",
    }
    assert loads[0].json() == loads[1].json()
    assert loaded["lines"] == []
    assert StatementLine.objects.count() == 4


def test_columns_are_told_and_what_is_not_known_is_refused(
    campaign: Campaign, client: APIClient
) -> None:
    account = account_of(campaign).pk
    content = "When,What,How much\n02/04/2024,Stamps,4.00\n"
    check = worked(
        client, client.post(FILES, {"file": upload(content)} | {"account": account})
    )
    again = f"{FILES}{check['id']}/look-again/"
    told = {"day": "When", "description": "What", "amount": "How much"}

    unknown = client.post(again, {"columns": {"colour": "When"}}, format="json")
    early = client.post(f"{FILES}{check['id']}/load/")
    ready = worked(
        client,
        client.post(again, {"columns": told, "is_reversed": True}, format="json"),
    )

    assert check["result"]["missing"]
    assert unknown.status_code == 400
    assert early.json()["error"]["code"] == "not_ready"
    assert [line["amount"] for line in ready["lines"]] == ["-4.00"]
    assert not StatementLine.objects.exists()


def test_a_statement_of_no_account_or_anothers_is_refused(
    campaign: Campaign, other_campaign: Campaign, client: APIClient
) -> None:
    foreign = {"file": upload(APRIL), "account": account_of(other_campaign).pk}
    reader = client_of(token_for(campaign, Capability.SEE_MONEY)[1])

    assert client.post(FILES, {"file": upload(APRIL)}).status_code == 400
    assert client.post(FILES, foreign).status_code == 404
    assert reader.post(FILES, {"file": upload(APRIL)}).status_code == 403
    assert not Job.objects.exists()
