"""The versions of the return, as programs read them."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from campaigns.actions.jobs import run_here
from campaigns.models import AuditEntry, Campaign, Job, User
from campaigns.reports.return_form import digest
from campaigns.roles import Capability
from tests.campaigns.api.test_tokens import client_of, client_of_person, token_for
from tests.campaigns.purchases import commit
from tests.campaigns.returns import make, ready_books, sign

pytestmark = pytest.mark.django_db


def get(user: User, path: str) -> object:
    client = Client()
    client.force_login(user)
    response = client.get(path)
    assert response.status_code == 200, response.content
    return response.json()


def test_versions_are_listed_and_one_is_read_whole(
    campaign: Campaign, agent: User
) -> None:
    ready_books(campaign)
    version = make(campaign, agent)
    sign(version, agent)
    at = f"/api/v1/campaigns/{campaign.slug}/returns/"

    listed = get(agent, at)
    whole = get(agent, f"{at}1/")

    (one,) = listed["results"]  # type: ignore[index]
    assert one["counted"] == "900.00"
    assert one["declarations"][0]["name"] == "Agnes Agent"
    assert "content" not in one
    assert whole["books_changed"] is False  # type: ignore[index]
    assert whole["is_intact"] is True  # type: ignore[index]
    assert digest(whole["content"]) == version.sha256  # type: ignore[index]

    commit(campaign, "1.00")
    assert get(agent, f"{at}1/")["books_changed"] is True  # type: ignore[index]


def test_files_of_a_version_are_asked_for_made_and_taken(
    campaign: Campaign, agent: User
) -> None:
    cache.clear()
    ready_books(campaign)
    make(campaign, agent)
    at = f"/api/v1/campaigns/{campaign.slug}/"
    tool = client_of(token_for(campaign, Capability.SEE_MONEY)[1])

    asked = tool.post(f"{at}returns/1/files/", HTTP_IDEMPOTENCY_KEY="a")
    again = tool.post(f"{at}returns/1/files/", HTTP_IDEMPOTENCY_KEY="a")
    run_here(Job.objects.get())
    made = tool.get(f"{at}return-files/{asked.json()['id']}/").json()
    paper = f"{at}return-files/{made['id']}/files/{made['files'][1]['id']}/"

    assert asked.status_code == 201
    assert (asked.json()["version"], asked.json()["files"]) == (1, [])
    assert again.json() == asked.json()
    assert made["state"] == "done"
    assert [
        file["name"].removeprefix("return-mayor-2024-") for file in made["files"]
    ] == [
        "v1-tables.zip",
        "v1-with-receipts.pdf",
        "v1.pdf",
        "v1.xlsx",
    ]
    assert b"".join(tool.get(paper)).startswith(b"%PDF")
    assert AuditEntry.objects.filter(verb="file.taken", by_kind="token").exists()
    assert tool.get(f"{at}return-files/{made['id']}/files/{10**9}/").status_code == 404
    assert tool.post(f"{at}returns/9/files/").status_code == 404


def test_a_copy_for_inspection_is_asked_for_and_told_apart(
    campaign: Campaign, agent: User
) -> None:
    cache.clear()
    ready_books(campaign)
    make(campaign, agent)
    at = f"/api/v1/campaigns/{campaign.slug}/"
    tool = client_of(token_for(campaign, Capability.SEE_MONEY)[1])

    asked = tool.post(f"{at}returns/1/inspection-copy/").json()
    run_here(Job.objects.get())
    made = tool.get(f"{at}return-files/{asked['id']}/").json()
    paper = f"{at}return-files/{made['id']}/files/{made['files'][0]['id']}/"

    assert (made["for_inspection"], made["state"]) == (True, "done")
    assert len(made["files"]) == 3
    assert tool.get(paper).status_code == 200
    assert AuditEntry.objects.filter(verb="file.taken", by_kind="token").exists()


def test_who_sees_no_money_asks_for_no_files(campaign: Campaign, agent: User) -> None:
    cache.clear()
    ready_books(campaign)
    make(campaign, agent)
    tool = client_of(token_for(campaign, Capability.SEE_CAMPAIGN)[1])
    at = f"/api/v1/campaigns/{campaign.slug}/"

    assert tool.post(f"{at}returns/1/files/").status_code == 403
    assert tool.post(f"{at}returns/1/inspection-copy/").status_code == 403
    assert tool.get(f"{at}return-files/").status_code == 403
    assert not Job.objects.exists()


def test_the_books_are_read_as_they_stand_with_what_is_to_be_looked_at(
    campaign: Campaign, agent: User
) -> None:
    ready_books(campaign)
    Campaign.objects.update(agent_name="")

    books = get(agent, f"/api/v1/campaigns/{campaign.slug}/returns/books/")

    assert books["counted"] == "900.00"  # type: ignore[index]
    codes = {one["code"]: one["blocks"] for one in books["checks"]}  # type: ignore[index]
    assert codes["no_agent"] is True
    assert books["content"]["sections"]  # type: ignore[index]


def test_what_differs_from_an_earlier_version_is_told(
    campaign: Campaign, agent: User
) -> None:
    ready_books(campaign)
    make(campaign, agent)
    commit(campaign, "1.00", description="Pins")
    make(campaign, agent)
    commit(campaign, "2.00", description="Tape")
    make(campaign, agent)
    at = f"/api/v1/campaigns/{campaign.slug}/returns/"

    def added(path: str) -> tuple[int, set[str]]:
        told: Any = get(agent, f"{at}{path}")
        changes = [one for part in told["sections"] for one in part["changes"]]
        lines = {str(one["what"]) for one in changes if one["kind"] == "added"}
        return told["since"], {
            thing for thing in ("Pins", "Tape") if any(thing in line for line in lines)
        }

    assert added("3/changes/") == (2, {"Tape"})
    assert added("3/changes/?since=1") == (1, {"Pins", "Tape"})
    assert added("1/changes/") == (1, set())


def test_what_is_no_earlier_version_is_compared_with_nothing(
    campaign: Campaign, agent: User
) -> None:
    ready_books(campaign)
    make(campaign, agent)
    client = client_of_person(agent)
    at = f"/api/v1/campaigns/{campaign.slug}/returns/1/changes/"

    assert client.get(at, {"since": "1"}).status_code == 404
    assert client.get(at, {"since": "first"}).status_code == 400
    assert client.get(at, {"before": "1"}).status_code == 400
