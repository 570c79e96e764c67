"""Shifts and volunteers by REST."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from campaigns.models import Campaign, Ward
from campaigns.roles import Capability
from tests.campaigns.api.test_tokens import client_of, token_for
from tests.cast import NOW
from tests.volunteers.helpers import give_place, make_shift, make_volunteer
from volunteers.models import Consent, Shift

pytestmark = pytest.mark.django_db
BASE = "/api/v1/campaigns/mayor-2024/"


@pytest.fixture(autouse=True)
def its_day(campaign: Campaign) -> None:
    campaign.organisation.clock_offset = NOW - timezone.now()
    campaign.organisation.save()


def client_for(campaign: Campaign, *wards: Ward) -> Any:
    cache.clear()
    token = token_for(campaign, Capability.MANAGE_VOLUNTEERS, wards=wards)
    return client_of(token[1])


def terms(ward: Ward, **changed: Any) -> dict[str, Any]:
    return {
        "kind": "doors",
        "ward": ward.gss,
        "starts_at": (NOW + timedelta(days=1)).isoformat(),
        "ends_at": (NOW + timedelta(days=1, hours=2)).isoformat(),
        "places": 4,
        **changed,
    }


def test_a_token_of_a_ward_sees_volunteers_and_shifts_of_that_ward(
    campaign: Campaign, ward: Ward, other_ward: Ward
) -> None:
    vera = make_volunteer(campaign.organisation, home_ward=ward)
    Consent.objects.create(
        organisation=campaign.organisation,
        volunteer=vera,
        channel="email",
        source="Sign-up page",
        given_at=NOW,
    )
    make_volunteer(campaign.organisation, home_ward=other_ward)
    shift = make_shift(campaign, ward=ward)
    give_place(shift, vera, confirmed_at=NOW)
    out = make_shift(campaign, ward=other_ward)
    client = client_for(campaign, ward)

    (person,) = client.get(f"{BASE}volunteers/?kind=supporter").json()["results"]
    (shown,) = client.get(f"{BASE}shifts/").json()["results"]

    assert (person["id"], person["may_be_asked_by"]) == (vera.pk, ["email"])
    assert (shown["id"], shown["taken"], shown["confirmed"]) == (shift.pk, 1, 1)
    assert client.get(f"{BASE}shifts/{out.pk}/").status_code == 404


def test_a_shift_is_made_once_a_key_changed_and_called_off(
    campaign: Campaign, ward: Ward
) -> None:
    client = client_for(campaign, ward)
    made = [
        client.post(
            f"{BASE}shifts/",
            terms(ward),
            format="json",
            headers={"Idempotency-Key": "one"},
        )
        for _ in range(2)
    ]
    assert [one.status_code for one in made] == [201, 201]
    shift = Shift.objects.get()

    changed = client.put(
        f"{BASE}shifts/{shift.pk}/", terms(ward, places=9), format="json"
    )
    assert changed.json()["places"] == 9
    for _ in range(2):
        off = client.post(f"{BASE}shifts/{shift.pk}/call-off/")
        assert off.json()["cancelled_at"]
    refused = client.put(f"{BASE}shifts/{shift.pk}/", terms(ward), format="json")
    assert refused.json()["error"]["code"] == "cancelled"


def test_a_shift_that_cannot_be_is_refused_by_its_field(
    campaign: Campaign, ward: Ward, other_ward: Ward
) -> None:
    client = client_for(campaign, ward)

    for wrong, status in (
        ({"ward": other_ward.gss}, 400),
        ({"ward": ""}, 422),
        ({"leader": 2**62}, 400),
        ({"places": 0}, 400),
        ({"ends_at": NOW.isoformat()}, 422),
        ({"colour": "red"}, 400),
        ({"starts_at": "tomorrow"}, 400),
    ):
        sent = terms(ward) | wrong
        answer = client.post(f"{BASE}shifts/", sent, format="json")
        assert answer.status_code == status, wrong
    assert not Shift.objects.exists()


@pytest.mark.parametrize("year", ["0001", "1999", "9999"])
def test_a_shift_in_another_age_is_refused(
    campaign: Campaign, ward: Ward, year: str
) -> None:
    day = {
        "starts_at": f"{year}-12-31T18:00:00Z",
        "ends_at": f"{year}-12-31T20:00:00Z",
    }

    answer = client_for(campaign, ward).post(
        f"{BASE}shifts/", terms(ward, **day), format="json"
    )

    assert answer.status_code == 422
    assert answer.json()["error"]["message"] == "A shift is at most a year from today."
    assert not Shift.objects.exists()
