"""Numbers and addresses by REST: filed once, or refused with a reason and not kept."""

from uuid import uuid4

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from campaigns.models import Campaign, Elector, Ward
from canvassing.models import HeldItem, PhoneNumber
from tests.campaigns.api.test_tokens import client_of, token_for
from tests.canvassing.list_helpers import stand

ADDRESS = "/api/v1/campaigns/mayor-2024/contact-details/"


@pytest.fixture
def client(campaign: Campaign) -> APIClient:
    cache.clear()
    return client_of(token_for(campaign)[1])


@pytest.fixture
def ivy(campaign: Campaign, ward: Ward) -> Elector:
    return stand(campaign, ward)


def sent(elector_id: int, value: str) -> dict[str, object]:
    return {
        "uuid": str(uuid4()),
        "elector": elector_id,
        "what": "phone",
        "value": value,
        "source": "sign-up form",
        "obtained_on": "2024-03-01",
        "said_at": "2024-03-01T12:00:00Z",
    }


def test_each_detail_has_its_answer_and_none_is_called_held(
    client: APIClient, ivy: Elector
) -> None:
    details = [
        sent(ivy.pk, "07700 900123"),
        sent(ivy.pk, "no number"),
        sent(ivy.pk + 1, "07700 900124"),
    ]
    answers = [
        client.post(ADDRESS, {"contact_details": details}, format="json").json()
        for _ in range(2)
    ]

    told = [[one["verdict"] for one in answer["verdicts"]] for answer in answers]
    assert told == [
        ["filed", "refused", "refused"],
        ["already_filed", "refused", "refused"],
    ]
    codes = [one["code"] for one in answers[0]["verdicts"]]
    assert codes == ["", "no_phone_number", "not_yours"]
    assert answers[0]["verdicts"][1]["reason"].startswith("That is not a phone number")
    assert PhoneNumber.objects.get().elector == ivy
    assert not HeldItem.objects.exists()
