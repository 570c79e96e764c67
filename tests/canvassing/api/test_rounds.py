"""Rounds and leaflet rounds for other programs: addresses and streets, no electors."""

import pytest
from django.test import Client

from campaigns.access import system
from campaigns.models import Campaign, User, Ward
from canvassing.actions.leaflet_rounds import add_leaflet, make_leaflet_rounds
from tests.canvassing.round_helpers import cut_ward, hand_out, home, live_rounds
from tests.cast import NOW
from tests.signing_in import signed_in

ROUNDS = "/api/v1/campaigns/mayor-2024/rounds/"
LEAFLETS = "/api/v1/campaigns/mayor-2024/leaflet-rounds/"


@pytest.fixture
def lead(campaign: Campaign, ward: Ward, other_ward: Ward, ward_lead: User) -> Client:
    for number in (1, 3, 2):
        home(campaign, ward, number, forename="Ivy")
    home(campaign, other_ward, 1, "Penn Road")
    for one in (ward, other_ward):
        cut_ward(campaign, one)
    return signed_in(ward_lead)


def test_rounds_of_the_wards_in_reach_are_told_without_anybody_in_them(
    campaign: Campaign, ward: Ward, lead: Client
) -> None:
    first, _ = live_rounds(campaign)
    hand_out(first)
    [round_] = lead.get(ROUNDS).json()["results"]
    assert round_["name"] == "Bilston North 1 · Quarry Lane"
    assert (round_["ward"], round_["doors"], round_["is_out"]) == (ward.gss, 3, True)

    one = lead.get(f"{ROUNDS}{first.pk}/")
    assert [door["printed"] for door in one.json()["walk"]] == [
        "1 Quarry Lane",
        "3 Quarry Lane",
        "2 Quarry Lane",
    ]
    assert "Ivy" not in one.content.decode()


def test_a_round_of_another_ward_is_not_there(
    campaign: Campaign, other_ward: Ward, lead: Client
) -> None:
    _, theirs = live_rounds(campaign)
    assert lead.get(f"{ROUNDS}{theirs.pk}/").status_code == 404
    assert lead.get(ROUNDS, {"ward": other_ward.gss}).status_code == 404


def test_rounds_that_were_cut_anew_are_told_where_they_are_asked_for(
    campaign: Campaign, ward: Ward, lead: Client
) -> None:
    first, _ = live_rounds(campaign)
    hand_out(first, closed_at=NOW, closed_because="handed_back")
    cut_ward(campaign, ward)
    assert len(lead.get(ROUNDS).json()["results"]) == 1
    assert len(lead.get(ROUNDS, {"retired": "true"}).json()["results"]) == 2


def test_leaflet_rounds_tell_streets_and_what_is_done(
    campaign: Campaign, ward: Ward, other_ward: Ward, lead: Client
) -> None:
    by = system(campaign.organisation)
    leaflet = add_leaflet(campaign=campaign, name="Spring", copies=9, by=by, at=NOW)
    for one in (ward, other_ward):
        make_leaflet_rounds(leaflet=leaflet, ward=one, by=by, at=NOW)
    answer = lead.get(LEAFLETS)
    [round_] = answer.json()["results"]
    assert (round_["leaflet"], round_["ward"]) == ("Spring", ward.gss)
    assert round_["streets"][0] == {
        "position": 1,
        "street": "Quarry Lane",
        "numbers": "odd 1 to 3",
        "doors": 2,
        "not_at": "",
        "delivered_on": None,
        "copies": 0,
    }
    assert "Ivy" not in answer.content.decode()
