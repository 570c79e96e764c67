"""A ward's page of rounds: what went out first, then where somebody is left to see."""

from datetime import timedelta

import pytest
from django.test import Client

from campaigns.models import Campaign, Organisation, User, Ward
from canvassing.models import CanvassRound, ElectorStanding, RoundDoor, RoundIssue
from canvassing.views.rounds import SHOWN
from tests.canvassing.field_helpers import stand_at_now
from tests.canvassing.round_helpers import cut_ward, hand_out, home, live_rounds
from tests.cast import NOW
from tests.signing_in import signed_in

STREETS = ("Quarry Lane", "Penn Road", "Oak Road")


@pytest.fixture
def desk(ward_lead: User) -> Client:
    return signed_in(ward_lead)


@pytest.fixture
def three(
    organisation: Organisation, campaign: Campaign, ward: Ward
) -> list[CanvassRound]:
    stand_at_now(organisation)
    for street in STREETS:
        for number in range(1, 11):
            home(campaign, ward, number, street, pledged=False)
    cut_ward(campaign, ward, size=10)
    return live_rounds(campaign)


def page_of(desk: Client, ward: Ward) -> str:
    return desk.get(f"/mayor-2024/rounds/ward/{ward.gss}/").content.decode()


def time_is_over(issue: RoundIssue) -> None:
    RoundIssue.objects.filter(pk=issue.pk).update(
        issued_at=NOW - timedelta(hours=4), expires_at=NOW - timedelta(minutes=1)
    )


def nobody_is_left(round_: CanvassRound) -> None:
    at_its_doors = ElectorStanding.objects.filter(
        address_id__in=RoundDoor.objects.filter(round=round_).values("address")
    )
    at_its_doors.update(voted_at=NOW)


def test_a_round_whose_time_is_over_is_not_out_and_can_be_sent_out_again(
    desk: Client, ward: Ward, three: list[CanvassRound]
) -> None:
    time_is_over(hand_out(three[0]))

    page = page_of(desk, ward)
    of_round = desk.get(f"/mayor-2024/rounds/{three[0].pk}/").content.decode()

    assert "0 out now" in page
    assert ">time over</span>" in page
    assert ">out</span>" not in page
    assert f"/rounds/{three[0].pk}/send-out/" in page
    assert ">time over</span>" in of_round
    assert f"/rounds/{three[0].pk}/send-out/" in of_round


def test_rounds_that_went_out_come_first_and_those_with_nobody_left_last_and_folded(
    desk: Client, ward: Ward, three: list[CanvassRound]
) -> None:
    done, waiting, out = three
    nobody_is_left(done)
    hand_out(out)

    page = page_of(desk, ward)

    order = [
        ">Out now or just over<",
        f"/rounds/{out.pk}/",
        ">Somebody left to see<",
        f"/rounds/{waiting.pk}/",
        ">Nobody left to see<",
        "<summary>",
        f"/rounds/{done.pk}/",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert "1 out now" in page


def test_of_many_rounds_the_first_are_shown_and_the_others_are_one_tap_away(
    desk: Client, campaign: Campaign, ward: Ward, three: list[CanvassRound]
) -> None:
    for number in range(SHOWN * 20):
        home(campaign, ward, number + 20, pledged=False)
    cut_ward(campaign, ward, size=10)
    rounds = live_rounds(campaign)

    page = page_of(desk, ward)

    before, fold, after = page.partition("<summary>")
    assert fold
    assert f"{len(rounds) - SHOWN} more rounds" in after
    assert [f'/rounds/{one.pk}/"' in before for one in rounds] == [
        number < SHOWN for number in range(len(rounds))
    ]
    assert all(f'value="{one.pk}"' in page for one in rounds)
