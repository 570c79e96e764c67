"""The spending report and the bundle of receipts, asked for and taken by REST."""

import pytest
from django.core.cache import cache

from campaigns.actions.jobs import run_here
from campaigns.models import Campaign, Job
from campaigns.roles import Capability
from tests.campaigns.api.test_tokens import client_of, token_for
from tests.campaigns.purchases import commit, notice
from tests.campaigns.receipts import attach

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/campaigns/mayor-2024/papers/"


@pytest.mark.parametrize(
    ("kind", "endings"),
    [("spending_report", {"html", "pdf", "csv"}), ("receipts_bundle", {"pdf"})],
)
def test_a_paper_is_asked_for_once_made_and_taken(
    kind: str, endings: set[str], campaign: Campaign
) -> None:
    cache.clear()
    notice(campaign)
    attach(commit(campaign))
    tool = client_of(token_for(campaign, Capability.SEE_MONEY)[1])

    def ask() -> int:
        answer = tool.post(
            ADDRESS, {"kind": kind}, format="json", HTTP_IDEMPOTENCY_KEY="a"
        )
        assert answer.status_code == 201
        return int(answer.json()["id"])

    assert ask() == ask()
    run_here(Job.objects.get())
    (made,) = tool.get(ADDRESS).json()["results"]
    file = made["files"][0]
    taken = tool.get(f"{ADDRESS}{made['id']}/files/{file['id']}/")

    assert (made["kind"], made["state"]) == (kind, "done")
    assert {one["name"].rsplit(".")[-1] for one in made["files"]} == endings
    assert len(b"".join(taken.streaming_content)) == file["size"]  # type: ignore[attr-defined]


def test_where_there_is_no_receipt_there_is_no_bundle(campaign: Campaign) -> None:
    cache.clear()
    tool = client_of(token_for(campaign, Capability.SEE_MONEY)[1])

    refused = tool.post(ADDRESS, {"kind": "receipts_bundle"}, format="json")
    unknown = tool.post(ADDRESS, {"kind": "return_files"}, format="json")

    assert refused.json()["error"]["code"] == "no_receipts"
    assert unknown.json()["error"]["fields"].keys() == {"kind"}
    assert not Job.objects.exists()
