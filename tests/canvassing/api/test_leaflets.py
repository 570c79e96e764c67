"""Leaflets delivered, written down by the agent through REST."""

import pytest
from django.core.cache import cache
from django.test import Client

from campaigns.access import system
from campaigns.models import Campaign, User, Ward
from campaigns.roles import Role
from canvassing.actions.leaflet_rounds import add_leaflet, make_leaflet_rounds
from canvassing.actions.leaflet_stock import hand_out_leaflets
from canvassing.models import LeafletDelivery, LeafletRound
from canvassing.reports.leaflets import stock_key
from tests.campaigns.api.test_tokens import client_of, token_for
from tests.campaigns.purchases import commit, notice
from tests.canvassing.round_helpers import cut_ward, home
from tests.cast import NOW, ON_THE_LEAFLET, member
from tests.signing_in import signed_in
from volunteers.models import Volunteer

ADDRESS = "/api/v1/campaigns/mayor-2024/leaflet-spending/"
SENT = {"street": 1, "copies": 2, "delivered_on": str(NOW.date())}


@pytest.fixture
def handed_out(campaign: Campaign, ward: Ward) -> LeafletRound:
    """Two letter boxes of one street, three copies of the ten that cost £10.00."""
    cache.clear()
    for number in (1, 3):
        home(campaign, ward, number, forename="Ivy")
    cut_ward(campaign, ward)
    by = system(campaign.organisation)
    leaflet = add_leaflet(
        campaign=campaign,
        name="Spring",
        copies=10,
        imprint=ON_THE_LEAFLET,
        by=by,
        at=NOW,
    )
    make_leaflet_rounds(leaflet=leaflet, ward=ward, by=by, at=NOW)
    deliverer = Volunteer.objects.create(
        organisation=campaign.organisation, name="Dot Deliverer", joined_on=NOW.date()
    )
    found = LeafletRound.objects.get()
    hand_out_leaflets(found, deliverer=deliverer, copies=3, by=by, at=NOW)
    return found


def post(desk: Client, path: str, sent: object) -> object:
    return desk.post(f"{ADDRESS}{path}", sent, content_type="application/json").json()


def test_a_street_is_done_once_and_its_copies_are_told_by_day(
    handed_out: LeafletRound, agent: User
) -> None:
    notice(handed_out.campaign)
    stock = stock_key(handed_out.leaflet_id)
    commit(handed_out.campaign, "10.00", stock=stock)
    desk = signed_in(agent)

    done = post(desk, f"{handed_out.pk}/done/", SENT)
    again = post(desk, f"{handed_out.pk}/done/", SENT)
    (listed,) = desk.get(ADDRESS).json()["results"]

    assert done == again == desk.get(f"{ADDRESS}{handed_out.pk}/").json()
    assert LeafletDelivery.objects.count() == 1
    assert (listed["stock"], listed["streets"][0]["copies"]) == (stock, 2)
    assert done["leaflet_days"] == [  # type: ignore[index]
        {"day": str(NOW.date()), "copies": 2}
    ]
    cost = done["leaflet_cost"]  # type: ignore[index]
    assert (cost["cost"], cost["counted"], cost["copies_counted"]) == (
        "10.00",
        "2.00",
        2,
    )


def test_what_was_marked_by_mistake_is_in_hand_again(
    handed_out: LeafletRound, agent: User
) -> None:
    desk = signed_in(agent)
    post(desk, f"{handed_out.pk}/done/", SENT)

    back = post(desk, f"{handed_out.pk}/not-done/", {"street": 1})

    assert back["leaflet_days"] == []  # type: ignore[index]


def test_more_than_the_deliverer_has_and_a_street_of_none_are_refused(
    handed_out: LeafletRound, agent: User
) -> None:
    desk = signed_in(agent)

    many = post(desk, f"{handed_out.pk}/done/", {**SENT, "copies": 4})
    nowhere = post(desk, f"{handed_out.pk}/done/", {**SENT, "street": 9})

    assert many["error"]["code"] == "copies"  # type: ignore[index]
    assert nowhere["error"]["code"] == "not_found"  # type: ignore[index]
    assert not LeafletDelivery.objects.exists()


def test_a_token_and_whoever_commits_nothing_reach_no_round(
    handed_out: LeafletRound,
) -> None:
    campaign = handed_out.campaign
    token = client_of(token_for(campaign)[1])
    treasurer = signed_in(member("Tess Treasurer", Role.TREASURER, campaign))

    assert token.get(ADDRESS).status_code == 403
    assert treasurer.get(ADDRESS).status_code == 403
    assert treasurer.post(f"{ADDRESS}{handed_out.pk}/done/", SENT).status_code == 403
