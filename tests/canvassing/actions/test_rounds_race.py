"""Several organisers at once: one ward is cut by one of them at a time, and a leaflet's
copies are handed out once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from campaigns.access import system
from campaigns.models import Campaign, Organisation, Ward
from canvassing.actions.leaflet_rounds import add_leaflet, make_leaflet_rounds
from canvassing.actions.leaflet_stock import hand_out_leaflets
from canvassing.models import RoundDoor
from canvassing.reports.leaflets import in_the_office
from canvassing.rules.rounds import RoundsRefused
from tests.canvassing.round_helpers import cut_ward, home, live_rounds
from tests.cast import NOW, ON_THE_LEAFLET
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db(transaction=True)
ORGANISERS = 4


def all_at_once(act: Callable[[int], str]) -> list[str]:
    together = Barrier(ORGANISERS)

    def one(number: int) -> str:
        together.wait()
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(ORGANISERS) as organisers:
        return list(organisers.map(one, range(ORGANISERS)))


def test_a_ward_cut_by_several_at_once_has_each_door_in_one_round(
    campaign: Campaign, ward: Ward
) -> None:
    for number in range(1, 25):
        home(campaign, ward, number)

    def cut(number: int) -> str:
        return str(cut_ward(campaign, ward, size=6 + number).doors)

    assert all_at_once(cut) == ["24"] * ORGANISERS
    live = RoundDoor.objects.filter(campaign=campaign, is_live=True)
    assert live.count() == 24
    assert sum(one.doors for one in live_rounds(campaign)) == 24


def test_the_last_copies_are_handed_out_once(
    campaign: Campaign, organisation: Organisation, ward: Ward
) -> None:
    by = system(organisation)
    home(campaign, ward, 1)
    leaflet = add_leaflet(
        campaign=campaign,
        name="Spring",
        copies=10,
        imprint=ON_THE_LEAFLET,
        by=by,
        at=NOW,
    )
    [round_] = make_leaflet_rounds(leaflet=leaflet, ward=ward, by=by, at=NOW)
    helper = Volunteer.objects.create(
        organisation=organisation, name="Dell Walker", joined_on=NOW.date()
    )

    def hand_out(number: int) -> str:
        try:
            hand_out_leaflets(round_, deliverer=helper, copies=8, by=by, at=NOW)
        except RoundsRefused as refusal:
            return refusal.code
        return "handed out"

    assert sorted(all_at_once(hand_out)) == ["copies", "copies", "copies", "handed out"]
    assert in_the_office(leaflet) == 2
