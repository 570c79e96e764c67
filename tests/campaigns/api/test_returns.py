"""The versions of the return, as programs read them."""

import pytest
from django.test import Client

from campaigns.models import Campaign, User
from campaigns.reports.return_form import digest
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
