"""Contacts by REST: each has its verdict, is filed once, and is never changed."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.utils import timezone
from rest_framework.test import APIClient

from campaigns.models import Campaign, Elector, Organisation, Ward
from campaigns.roles import Capability
from canvassing.actions.standing import refresh_some
from canvassing.models import (
    Contact,
    ElectorStanding,
    HeldItem,
    IntentionCode,
    OutcomeCode,
)
from tests.campaigns.api.test_tokens import client_of, token_for
from tests.canvassing.contact_helpers import record, said
from tests.cast import make_district, make_elector
from volunteers.models import Volunteer

ADDRESS = "/api/v1/campaigns/mayor-2024/contacts/"


@pytest.fixture
def ivy(campaign: Campaign, organisation: Organisation, ward: Ward) -> Elector:
    ours = campaign.candidates.get(is_ours=True)
    IntentionCode.objects.create(
        organisation=organisation,
        campaign=campaign,
        code="P",
        label="Pledge",
        candidate=ours,
        strength=1,
        counts_as_pledge=True,
    )
    for code, kind, spoken in (("S", "spoken", True), ("N", "not_in", False)):
        OutcomeCode.objects.create(
            organisation=organisation,
            campaign=campaign,
            code=code,
            label=code,
            kind=kind,
            counts_as_spoken=spoken,
        )
    elector = make_elector(make_district(organisation, ward))
    refresh_some(organisation_id=organisation.pk, electors=[elector.pk])
    return elector


@pytest.fixture
def client(campaign: Campaign) -> APIClient:
    cache.clear()
    return client_of(token_for(campaign)[1])


def item(of: Elector, **changes: object) -> dict[str, object]:
    return {
        "uuid": str(uuid4()),
        "elector": of.pk,
        "outcome": "S",
        "intention": "P",
        "said_at": "2024-04-22T18:30:00+01:00",
        **changes,
    }


def send(client: APIClient, *items: dict[str, object]) -> list[dict[str, str]]:
    answer = client.post(ADDRESS, {"contacts": items}, format="json")
    assert answer.status_code == 200, answer.content
    return answer.json()["verdicts"]


def test_a_contact_is_filed_once_and_moves_the_standing(
    client: APIClient, ivy: Elector
) -> None:
    pledge = item(ivy)

    assert [v["verdict"] for v in send(client, pledge, pledge)] == [
        "filed",
        "already_filed",
    ]
    assert send(client, pledge)[0]["verdict"] == "already_filed"
    assert Contact.objects.count() == 1
    assert ElectorStanding.objects.get(elector=ivy).pledged


def test_what_cannot_be_filed_is_held_with_its_reason(
    client: APIClient, ivy: Elector
) -> None:
    verdict = send(client, item(ivy, outcome="?"))[0]

    assert verdict["verdict"] == "held"
    assert verdict["reason"]
    assert HeldItem.objects.count() == 1


def test_an_elector_of_another_ward_is_held_and_nothing_is_told(
    campaign: Campaign, other_ward: Ward, ivy: Elector
) -> None:
    cache.clear()
    elsewhere = client_of(token_for(campaign, wards=(other_ward,))[1])

    theirs = send(elsewhere, item(ivy))[0]
    nobodys = send(elsewhere, item(ivy, elector=10**9))[0]

    assert theirs["verdict"] == "held"
    assert theirs["reason"] == nobodys["reason"]


def test_a_correction_takes_the_place_of_what_it_corrects(
    client: APIClient, ivy: Elector
) -> None:
    wrong = item(ivy)
    send(client, wrong)
    send(client, item(ivy, outcome="N", intention="", corrects=wrong["uuid"]))

    now = client.get(f"{ADDRESS}?elector={ivy.pk}").json()["results"]
    ever = client.get(f"{ADDRESS}?elector={ivy.pk}&corrected=true").json()["results"]

    assert [row["outcome"] for row in now] == ["N"]
    assert len(ever) == 2
    assert not ElectorStanding.objects.get(elector=ivy).pledged


def test_to_write_needs_its_own_capability(campaign: Campaign, ivy: Elector) -> None:
    cache.clear()
    reader = client_of(token_for(campaign, Capability.SEE_ELECTORS)[1])

    assert reader.get(ADDRESS).status_code == 200
    answer = reader.post(ADDRESS, {"contacts": [item(ivy)]}, format="json")
    assert answer.status_code == 403
    assert not Contact.objects.exists()


def test_a_batch_that_is_too_large_is_refused_whole(
    client: APIClient, ivy: Elector
) -> None:
    answer = client.post(
        ADDRESS, {"contacts": [item(ivy) for _ in range(501)]}, format="json"
    )

    assert answer.status_code == 400
    assert not Contact.objects.exists()


def test_a_number_that_no_id_can_be_is_held_like_any_unknown_elector(
    client: APIClient, ivy: Elector
) -> None:
    beyond, fit = send(client, item(ivy, elector=2**63), item(ivy))

    assert beyond["code"] == "not_yours"
    assert fit["verdict"] == "filed"


@pytest.mark.parametrize("query", ["elector=%C2%B2", "cursor=cD1hYmM="])
def test_a_query_that_is_no_number_or_no_page_is_refused(
    client: APIClient, ivy: Elector, query: str
) -> None:
    assert client.get(f"{ADDRESS}?{query}").status_code in (400, 404)


def test_a_contact_says_who_spoke_where_somebody_else_recorded_it(
    client: APIClient, ivy: Elector
) -> None:
    vera = Volunteer.objects.create(
        organisation=ivy.organisation, name="Vera Hart", joined_on=date(2024, 1, 8)
    )

    [verdict] = send(client, item(ivy, spoke=vera.pk))
    beyond = {"contacts": [item(ivy, spoke=2**63)]}

    assert verdict["verdict"] == "filed"
    assert client.post(ADDRESS, beyond, format="json").status_code == 400
    assert client.get(ADDRESS).json()["results"][0]["spoke"] == vera.pk


def test_a_copy_asks_on_from_where_the_last_answer_says(
    client: APIClient, campaign: Campaign, ivy: Elector
) -> None:
    a_minute_ago = timezone.now() - timedelta(minutes=1)
    record(campaign, said(ivy, "P", outcome="S"), at=a_minute_ago)
    late = item(ivy)

    resume = client.get(ADDRESS).json()["resume_from"]
    send(client, late)
    again = client.get(ADDRESS, {"received_since": resume}).json()["results"]

    assert [contact["uuid"] for contact in again] == [late["uuid"]]
