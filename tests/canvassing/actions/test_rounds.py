"""Cutting a ward: whose doors are in its rounds, and what stays when it is cut anew."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from campaigns.access import system
from campaigns.actions.jobs import run_here
from campaigns.models import AuditEntry, Campaign, User, Ward
from canvassing.actions.rounds import cut_campaign, cut_rounds
from canvassing.models import (
    CanvassRound,
    IntentionCode,
    LocalRound,
    LocalStretch,
    NoContact,
    RoundDoor,
    VotesBy,
    WhomToSee,
)
from canvassing.rules.rounds import RoundsRefused
from tests.canvassing.list_helpers import stand
from tests.canvassing.round_helpers import (
    cut_ward,
    hand_out,
    home,
    house,
    live_rounds,
    numbers,
)
from tests.cast import NOW, actor


def test_a_ward_is_cut_into_rounds_in_walking_order(
    campaign: Campaign, ward: Ward
) -> None:
    for number in range(1, 13):
        home(campaign, ward, number)
    made = cut_ward(campaign, ward, size=6)
    assert (made.rounds, made.doors) == (2, 12)
    odd, even = live_rounds(campaign)
    assert numbers(odd) == ["1", "3", "5", "7", "9", "11"]
    assert numbers(even) == ["12", "10", "8", "6", "4", "2"]
    assert odd.name == "Bilston North 1 · Quarry Lane, odd side"
    entry = AuditEntry.objects.get(verb="rounds.cut")
    assert entry.data["doors"] == 12


def test_a_door_of_two_electors_is_one_door(campaign: Campaign, ward: Ward) -> None:
    address = house(campaign, ward, 4)
    stand(campaign, ward, address=address, forename="Ivy")
    stand(campaign, ward, address=address, forename="Rex")
    assert cut_ward(campaign, ward).doors == 1


@pytest.mark.parametrize(
    "why",
    [
        {"no_contact": NoContact.DOOR},
        {"no_contact": NoContact.ALL},
        {"household_no_contact": NoContact.DOOR},
        {"is_current": False},
        {"is_anonymous": True},
        {"eligible": 0},
        {"voted_at": NOW},
    ],
)
def test_a_door_is_left_out_where_nobody_may_be_called_on(
    campaign: Campaign, ward: Ward, why: dict[str, object]
) -> None:
    home(campaign, ward, 2)
    home(campaign, ward, 4, **why)
    cut_ward(campaign, ward)
    assert [numbers(one) for one in live_rounds(campaign)] == [["2"]]


def test_somebody_else_at_the_door_is_still_called_on(
    campaign: Campaign, ward: Ward
) -> None:
    address = house(campaign, ward, 4)
    stand(campaign, ward, address=address, no_contact=NoContact.DOOR)
    stand(campaign, ward, address=address, no_contact=NoContact.PHONE)
    assert cut_ward(campaign, ward).doors == 1


@pytest.mark.parametrize(
    ("whom", "expected"),
    [
        (WhomToSee.ALL, ["1", "3", "5", "7", "9"]),
        (WhomToSee.NOT_SPOKEN, ["3", "5", "7", "9"]),
        (WhomToSee.PLEDGES, ["3", "5"]),
        (WhomToSee.UNDECIDED, ["9"]),
        (WhomToSee.POSTAL, ["5", "7"]),
        (WhomToSee.POSTAL_PLEDGES, ["5"]),
    ],
)
def test_a_round_is_cut_for_those_it_is_to_see(
    campaign: Campaign, ward: Ward, whom: WhomToSee, expected: list[str]
) -> None:
    undecided = IntentionCode.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        code="U",
        label="Undecided",
        kind="undecided",
    )
    home(campaign, ward, 1, pledged=False, last_spoken_at=NOW)
    home(campaign, ward, 3)
    home(campaign, ward, 5, votes_by=VotesBy.POST)
    home(campaign, ward, 7, votes_by=VotesBy.POSTAL_PROXY, pledged=False)
    home(campaign, ward, 9, pledged=False, intention=undecided)
    cut_ward(campaign, ward, whom_to_see=whom)
    [only] = live_rounds(campaign)
    assert numbers(only) == expected
    assert only.whom_to_see == whom


def test_cut_anew_a_round_that_is_out_keeps_its_doors_and_its_name(
    campaign: Campaign, ward: Ward
) -> None:
    for number in range(1, 13):
        home(campaign, ward, number)
    cut_ward(campaign, ward, size=6)
    odd, even = live_rounds(campaign)
    hand_out(odd)
    made = cut_ward(campaign, ward, size=5)
    assert (made.kept, made.doors) == (1, 6)
    kept, new = live_rounds(campaign)
    assert kept == odd
    assert numbers(kept) == ["1", "3", "5", "7", "9", "11"]
    assert new.name == "Bilston North 2 · Quarry Lane, even side"
    assert not CanvassRound.objects.filter(pk=even.pk).exists()


def test_a_round_that_was_out_is_retired_with_its_doors_and_not_lost(
    campaign: Campaign, ward: Ward
) -> None:
    home(campaign, ward, 1)
    cut_ward(campaign, ward)
    [before] = live_rounds(campaign)
    hand_out(before, closed_at=NOW, closed_because="handed_back")
    cut_ward(campaign, ward)
    before.refresh_from_db()
    assert before.retired_at == NOW
    assert numbers(before) == ["1"]
    [now] = live_rounds(campaign)
    assert (now.name, numbers(now)) == (before.name, ["1"])


def test_a_round_that_was_printed_is_retired_and_its_card_can_be_typed_up(
    campaign: Campaign, ward: Ward
) -> None:
    home(campaign, ward, 1)
    cut_ward(campaign, ward)
    CanvassRound.objects.update(printed_at=NOW)
    [before] = live_rounds(campaign)
    cut_ward(campaign, ward)
    before.refresh_from_db()
    assert before.retired_at == NOW
    assert numbers(before) == ["1"]


def test_the_database_lets_no_door_be_in_two_live_rounds(
    campaign: Campaign, ward: Ward
) -> None:
    elector = home(campaign, ward, 1)
    cut_ward(campaign, ward)
    [first] = live_rounds(campaign)
    other = CanvassRound.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        ward=ward,
        name="Another",
        made_at=NOW,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundDoor.objects.create(
            organisation=campaign.organisation,
            campaign=campaign,
            round=other,
            address_id=elector.address_id,
            position=1,
            is_live=True,
        )
    assert numbers(first) == ["1"]


def test_a_door_whose_electors_stand_in_two_wards_is_in_one_round(
    campaign: Campaign, ward: Ward, other_ward: Ward
) -> None:
    address = house(campaign, ward, 1)
    stand(campaign, ward, address=address)
    stand(campaign, other_ward, address=address, code="PE1")
    home(campaign, other_ward, 3, "Oak Road")
    assert cut_ward(campaign, ward).doors == 1
    assert cut_ward(campaign, other_ward).doors == 1


def test_a_local_round_takes_its_doors_first_and_the_rest_is_cut(
    campaign: Campaign, ward: Ward
) -> None:
    for number in range(1, 13):
        home(campaign, ward, number)
    own = LocalRound.objects.create(
        organisation=campaign.organisation,
        council=ward.council,
        name="Quarry even",
        made_at=NOW,
    )
    LocalStretch.objects.create(
        organisation=campaign.organisation,
        local_round=own,
        position=1,
        street="Quarry Lane",
        street_key="QUARRY LANE",
        side="even",
    )
    made = cut_ward(campaign, ward, size=6)
    assert (made.rounds, made.local) == (2, 1)
    local, rest = live_rounds(campaign)
    assert (local.name, local.local_round) == ("Quarry even", own)
    assert numbers(local) == ["12", "10", "8", "6", "4", "2"]
    assert numbers(rest) == ["1", "3", "5", "7", "9", "11"]
    hand_out(local)
    home(campaign, ward, 14)
    cut_ward(campaign, ward, size=6)
    assert "Quarry even (2)" in {one.name for one in live_rounds(campaign)}


def test_a_ward_with_nobody_to_see_is_refused_and_keeps_its_rounds(
    campaign: Campaign, ward: Ward
) -> None:
    home(campaign, ward, 1, pledged=False)
    cut_ward(campaign, ward)
    with pytest.raises(RoundsRefused, match="Nobody in Bilston North is left to see"):
        cut_ward(campaign, ward, whom_to_see=WhomToSee.PLEDGES)
    assert len(live_rounds(campaign)) == 1


def test_a_ward_lead_cuts_their_ward_and_no_other(
    campaign: Campaign, ward: Ward, other_ward: Ward, ward_lead: User
) -> None:
    home(campaign, ward, 1)
    home(campaign, other_ward, 1, "Oak Road")
    assert cut_ward(campaign, ward, by=actor(ward_lead)).rounds == 1
    with pytest.raises(RoundsRefused, match="not one of your wards"):
        cut_ward(campaign, other_ward, by=actor(ward_lead))


def test_a_closed_campaign_is_not_cut(campaign: Campaign, ward: Ward) -> None:
    home(campaign, ward, 1)
    campaign.closed_at = NOW - timedelta(days=1)
    with pytest.raises(RoundsRefused, match="closed"):
        cut_ward(campaign, ward)


def test_the_whole_campaign_is_cut_a_part_for_each_ward(
    campaign: Campaign, ward: Ward, other_ward: Ward
) -> None:
    campaign.wards.add(other_ward)
    home(campaign, ward, 1)
    job = cut_campaign(
        campaign=campaign, size=40, by=system(campaign.organisation), at=NOW
    )
    assert run_here(job).state == "done"
    assert sorted(part.result["rounds"] for part in job.parts.all()) == [0, 1]
    assert [one.ward for one in live_rounds(campaign)] == [ward]


def test_the_number_of_queries_does_not_grow_with_the_doors(
    campaign: Campaign, ward: Ward, django_assert_max_num_queries: object
) -> None:
    for number in range(1, 61):
        home(campaign, ward, number)
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        cut_rounds(
            campaign=campaign,
            ward=ward,
            size=5,
            by=system(campaign.organisation),
            at=NOW,
        )
