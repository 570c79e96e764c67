"""Lists by REST: as far as the wards of whoever asks."""

import pytest
from django.core.cache import cache

from campaigns.models import Campaign, Ward
from canvassing.models import ElectorStanding, Eligible, NoContact
from tests.campaigns.api.test_tokens import client_of, token_for
from tests.canvassing.list_helpers import made, stand
from tests.cast import NOW

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/campaigns/mayor-2024/lists/"


def test_a_token_of_a_ward_sees_that_ward_of_a_list_and_no_list_of_others(
    campaign: Campaign, ward: Ward, other_ward: Ward
) -> None:
    stand(campaign, ward, forename="Ivy")
    stand(campaign, other_ward, code="PN1", forename="Tom")
    both = made(campaign)
    made(campaign, wards=[other_ward])
    cache.clear()
    client = client_of(token_for(campaign, wards=(ward,))[1])

    (shown,) = client.get(ADDRESS).json()["results"]
    entries = client.get(f"{ADDRESS}{both.pk}/entries/").json()["results"]

    assert shown["id"] == both.pk
    assert [row["ward"] for row in shown["wards"]] == [ward.gss]
    assert [row["elector"]["forename"] for row in entries] == ["Ivy"]


def test_open_entries_are_those_that_the_pages_call_open(
    campaign: Campaign, ward: Ward
) -> None:
    people = {
        name: stand(campaign, ward, forename=name)
        for name in ("Ivy", "Vic", "Ned", "Una")
    }
    gotv_list = made(campaign)
    rows = ElectorStanding.objects.filter(campaign=campaign)
    rows.filter(elector=people["Vic"]).update(voted_at=NOW)
    rows.filter(elector=people["Ned"]).update(no_contact=NoContact.DOOR)
    rows.filter(elector=people["Una"]).update(eligible=Eligible.NO)
    cache.clear()
    client = client_of(token_for(campaign, wards=(ward,))[1])

    address = f"{ADDRESS}{gotv_list.pk}/entries/"
    entries = client.get(address, {"open": "true"}).json()["results"]

    assert [row["elector"]["forename"] for row in entries] == ["Ivy"]
