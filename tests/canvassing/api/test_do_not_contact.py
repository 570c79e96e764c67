"""Wishes not to be contacted by REST: read as far as one sees electors, filed once."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from campaigns.models import Campaign, Elector, Ward
from campaigns.roles import Capability
from canvassing.models import DoNotContact, NoContact
from tests.campaigns.api.test_tokens import client_of, token_for
from tests.canvassing.contact_helpers import standing
from tests.canvassing.list_helpers import stand

ADDRESS = "/api/v1/campaigns/mayor-2024/do-not-contact/"


@pytest.fixture
def client(campaign: Campaign) -> APIClient:
    cache.clear()
    return client_of(token_for(campaign)[1])


@pytest.fixture
def ivy(campaign: Campaign, ward: Ward) -> Elector:
    return stand(campaign, ward)


def wish(elector_id: int, **fields: Any) -> dict[str, Any]:
    told = {"uuid": str(uuid4()), "elector": elector_id, "source": "another tool"}
    return told | fields


def file(client: APIClient, *wishes: dict[str, Any]) -> list[dict[str, Any]]:
    answer = client.post(ADDRESS, {"wishes": wishes}, format="json")
    assert answer.status_code == 200, answer.content
    verdicts: list[dict[str, Any]] = answer.json()["verdicts"]
    return verdicts


def test_a_wish_is_filed_once_whatever_its_id(
    client: APIClient, campaign: Campaign, ivy: Elector
) -> None:
    first = file(client, wish(ivy.pk, channel="phone"), wish(ivy.pk + 1))
    again = file(client, wish(ivy.pk, channel="phone"))

    assert [one["verdict"] for one in first] == ["filed", "refused"]
    assert first[1]["code"] == "not_yours"
    assert [one["verdict"] for one in again] == ["already_filed"]
    assert standing(campaign, ivy).no_contact == NoContact.PHONE
    [row] = client.get(ADDRESS).json()["results"]
    assert (row["elector"], row["address"]) == (ivy.pk, None)
    assert (row["scope"], row["channel"], row["for_good"]) == ("person", "phone", True)
    assert row["source"] == "another tool"
    assert client.get(ADDRESS, {"elector": ivy.pk + 1}).json()["results"] == []


def test_a_token_of_another_ward_reads_and_files_none_of_it(
    client: APIClient, campaign: Campaign, other_ward: Ward, ivy: Elector
) -> None:
    file(client, wish(ivy.pk))
    theirs = client_of(
        token_for(campaign, Capability.SEE_ELECTORS, wards=(other_ward,))[1]
    )
    assert theirs.get(ADDRESS).json()["results"] == []
    [verdict] = file(theirs, wish(ivy.pk, channel="door"))
    assert verdict["code"] == "not_yours"
    assert DoNotContact.objects.count() == 1


def test_who_sees_no_electors_finds_nothing_here(
    client: APIClient, campaign: Campaign
) -> None:
    canvasser = client_of(token_for(campaign, Capability.RECORD_CONTACTS)[1])
    assert canvasser.get(ADDRESS).status_code == 403
    assert canvasser.post(ADDRESS, {"wishes": []}, format="json").status_code == 403
