"""Leaflets: streets and numbers but no names, stock that adds up, copies by day."""

from datetime import date, timedelta

import pytest

from campaigns.access import system
from campaigns.models import AuditEntry, Campaign, Organisation, User, Ward
from campaigns.registry import registry
from campaigns.rules.imprints import ImprintRefused
from canvassing.actions.leaflet_rounds import (
    add_leaflet,
    make_leaflet_rounds,
    write_imprint,
)
from canvassing.actions.leaflet_stock import (
    hand_out_leaflets,
    mark_street_done,
    take_back_leaflets,
    withdraw_delivery,
)
from canvassing.models import (
    Leaflet,
    LeafletRound,
    LeafletStreet,
    LocalRound,
    LocalStretch,
    NoContact,
)
from canvassing.reports.leaflets import (
    copies_by_day,
    in_the_office,
    stocks,
    with_deliverer,
)
from canvassing.rules.rounds import RoundsRefused
from tests.canvassing.round_helpers import home
from tests.cast import NOW, ON_THE_LEAFLET, actor
from volunteers.models import Volunteer

TODAY = NOW.date()
LATER = NOW + timedelta(days=3)


@pytest.fixture
def leaflet(campaign: Campaign) -> Leaflet:
    return add_leaflet(
        campaign=campaign,
        name="Spring",
        copies=1000,
        imprint=ON_THE_LEAFLET,
        by=system(campaign.organisation),
        at=NOW,
    )


@pytest.fixture
def deliverer(organisation: Organisation) -> Volunteer:
    return Volunteer.objects.create(
        organisation=organisation, name="Dell Walker", joined_on=TODAY
    )


@pytest.fixture
def round_(campaign: Campaign, ward: Ward, leaflet: Leaflet) -> LeafletRound:
    for number in range(1, 9):
        home(campaign, ward, number)
    [only] = make_leaflet_rounds(
        leaflet=leaflet, ward=ward, by=system(campaign.organisation), at=NOW
    )
    return only


def hand_out(round_: LeafletRound, deliverer: Volunteer, copies: int) -> None:
    by = system(round_.organisation)
    hand_out_leaflets(round_, deliverer=deliverer, copies=copies, by=by, at=NOW)


def done(street: LeafletStreet, copies: int, on: date = TODAY) -> None:
    by = system(street.organisation)
    mark_street_done(street, copies=copies, delivered_on=on, by=by, at=LATER)


def streets(round_: LeafletRound) -> list[LeafletStreet]:
    return list(round_.streets.order_by("position"))


def test_a_round_has_streets_and_numbers_in_the_order_of_the_walk(
    round_: LeafletRound,
) -> None:
    assert [(str(street), street.doors) for street in streets(round_)] == [
        ("Quarry Lane odd 1 to 7", 4),
        ("Quarry Lane even 2 to 8", 4),
    ]


def test_a_leaflet_goes_to_every_door_but_those_that_want_none(
    campaign: Campaign, ward: Ward, leaflet: Leaflet
) -> None:
    home(campaign, ward, 2, no_contact=NoContact.ALL, eligible=0)
    home(campaign, ward, 4, household_no_contact=NoContact.ALL)
    home(campaign, ward, 6, household_no_contact=NoContact.DOOR)
    home(campaign, ward, 3, "Oak Road", household_no_contact=NoContact.LETTER)
    [round_] = make_leaflet_rounds(
        leaflet=leaflet, ward=ward, by=system(campaign.organisation), at=NOW
    )
    [street] = streets(round_)
    assert (street.numbers, street.doors, street.not_at) == ("even 2 to 6", 2, "4")


def test_the_local_party_s_own_rounds_come_first(
    campaign: Campaign, ward: Ward, leaflet: Leaflet
) -> None:
    own = LocalRound.objects.create(
        organisation=campaign.organisation,
        council=ward.council,
        name="Hill Top",
        made_at=NOW,
    )
    LocalStretch.objects.create(
        organisation=campaign.organisation,
        local_round=own,
        position=1,
        street="Oak Road",
        street_key="OAK ROAD",
    )
    home(campaign, ward, 1)
    home(campaign, ward, 2, "Oak Road")
    local, rest = make_leaflet_rounds(
        leaflet=leaflet, ward=ward, by=system(campaign.organisation), at=NOW
    )
    assert (local.name, local.local_round_id) == ("Hill Top", own.pk)
    assert [str(street) for street in streets(local)] == ["Oak Road even 2"]
    assert rest.name == "Bilston North 1 · Quarry Lane, odd side"


def test_rounds_can_be_made_again_until_one_is_handed_out(
    ward: Ward, leaflet: Leaflet, round_: LeafletRound, deliverer: Volunteer
) -> None:
    by = system(leaflet.organisation)
    [again] = make_leaflet_rounds(leaflet=leaflet, ward=ward, by=by, at=NOW)
    assert LeafletRound.objects.get() == again
    hand_out(again, deliverer, 10)
    with pytest.raises(RoundsRefused, match="handed out already"):
        make_leaflet_rounds(leaflet=leaflet, ward=ward, by=by, at=NOW)


def test_stock_adds_up_between_office_deliverer_and_doors(
    campaign: Campaign, leaflet: Leaflet, round_: LeafletRound, deliverer: Volunteer
) -> None:
    hand_out(round_, deliverer, 100)
    done(streets(round_)[0], 4)
    take_back_leaflets(round_, copies=90, by=system(round_.organisation), at=NOW)

    [stock] = stocks(campaign)
    assert (stock.office, stock.out, stock.delivered) == (990, 6, 4)
    assert in_the_office(leaflet) == 990
    assert with_deliverer(round_) == 6
    verbs = AuditEntry.objects.filter(verb__startswith="leaflet").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "leaflet.added",
        "leaflet_rounds.made",
        "leaflets.handed_out",
        "leaflets.delivered",
        "leaflets.taken_back",
    ]


def used(campaign: Campaign) -> dict[date, int]:
    """As spending reads it of the one leaflet."""
    [stocks_of] = registry.stocks
    [stock] = stocks_of(
        organisation_id=campaign.organisation_id, campaign_id=campaign.pk
    ).values()
    return stock.used


def test_copies_are_counted_by_the_day_on_which_they_were_delivered(
    campaign: Campaign, leaflet: Leaflet, round_: LeafletRound, deliverer: Volunteer
) -> None:
    hand_out(round_, deliverer, 100)
    odd, even = streets(round_)
    tomorrow = TODAY + timedelta(days=1)
    done(odd, 4, on=TODAY)
    done(even, 3, on=tomorrow)

    assert copies_by_day(leaflet) == [(tomorrow, 3), (TODAY, 4)]
    assert used(campaign) == {TODAY: 4, tomorrow: 3}


def test_a_street_marked_twice_is_done_once_and_a_mistake_is_taken_back(
    campaign: Campaign, round_: LeafletRound, deliverer: Volunteer
) -> None:
    hand_out(round_, deliverer, 100)
    [odd, _] = streets(round_)
    done(odd, 4)
    done(odd, 4)
    with pytest.raises(RoundsRefused, match="done on 23 April 2024 already"):
        done(odd, 5)
    assert used(campaign) == {TODAY: 4}
    for _ in range(2):
        withdraw_delivery(odd, by=system(round_.organisation), at=LATER)
    assert used(campaign) == {}
    assert with_deliverer(round_) == 100
    done(odd, 5)


@pytest.mark.parametrize(
    ("copies", "on", "sentence"),
    [
        (0, TODAY, "10 copies are left"),
        (11, TODAY, "10 copies are left with this round: hand out more first"),
        (4, TODAY + timedelta(days=30), "has not come yet"),
        (4, TODAY - timedelta(days=1), "made after that day"),
    ],
)
def test_what_cannot_have_been_delivered_is_refused(
    round_: LeafletRound, deliverer: Volunteer, copies: int, on: date, sentence: str
) -> None:
    hand_out(round_, deliverer, 10)
    with pytest.raises(RoundsRefused, match=sentence):
        done(streets(round_)[0], copies, on=on)


@pytest.mark.parametrize("copies", [0, -1, 1001])
def test_no_more_is_handed_out_than_there_is(
    round_: LeafletRound, deliverer: Volunteer, copies: int
) -> None:
    with pytest.raises(RoundsRefused, match="between 1 and 1,000 copies"):
        hand_out(round_, deliverer, copies)


def test_nobody_takes_leaflets_who_has_stood_down_or_is_another_s(
    round_: LeafletRound, deliverer: Volunteer, other_organisation: Organisation
) -> None:
    deliverer.stood_down_at = NOW
    with pytest.raises(RoundsRefused, match="has stood down"):
        hand_out(round_, deliverer, 10)
    theirs = Volunteer.objects.create(
        organisation=other_organisation, name="Bea Birch", joined_on=TODAY
    )
    with pytest.raises(RoundsRefused, match="no such volunteer"):
        hand_out(round_, theirs, 10)


def test_no_more_comes_back_than_is_out(
    round_: LeafletRound, deliverer: Volunteer
) -> None:
    hand_out(round_, deliverer, 10)
    with pytest.raises(RoundsRefused, match="10 copies are out"):
        take_back_leaflets(round_, copies=11, by=system(round_.organisation), at=NOW)


def test_a_leaflet_has_a_name_of_its_own_and_copies(
    campaign: Campaign, leaflet: Leaflet, ward_lead: User
) -> None:
    by = system(campaign.organisation)
    for name, copies, sentence in (
        ("Spring", 5, "There is a leaflet Spring already"),
        ("  ", 5, "has a name and at least one copy"),
        ("Autumn", 0, "has a name and at least one copy"),
    ):
        with pytest.raises(RoundsRefused, match=sentence):
            add_leaflet(campaign=campaign, name=name, copies=copies, by=by, at=NOW)
    with pytest.raises(RoundsRefused, match="may not add or change leaflets"):
        add_leaflet(
            campaign=campaign, name="Mine", copies=5, by=actor(ward_lead), at=NOW
        )


def test_rounds_are_made_in_one_s_own_wards_where_somebody_lives(
    campaign: Campaign, other_ward: Ward, leaflet: Leaflet, ward_lead: User
) -> None:
    for by, sentence in (
        (actor(ward_lead), "not one of your wards"),
        (system(campaign.organisation), "Nobody is registered in Penn"),
    ):
        with pytest.raises(RoundsRefused, match=sentence):
            make_leaflet_rounds(leaflet=leaflet, ward=other_ward, by=by, at=NOW)


def test_no_copy_goes_out_before_the_imprint_on_the_leaflet_is_complete(
    campaign: Campaign, ward: Ward, deliverer: Volunteer
) -> None:
    by = system(campaign.organisation)
    home(campaign, ward, 1)
    bare = add_leaflet(campaign=campaign, name="Bare", copies=9, by=by, at=NOW)
    [round_] = make_leaflet_rounds(leaflet=bare, ward=ward, by=by, at=NOW)
    with pytest.raises(ImprintRefused, match=r"lacks: name and address \(promoter\)"):
        hand_out_leaflets(round_, deliverer=deliverer, copies=1, by=by, at=NOW)
    with pytest.raises(ImprintRefused, match=r"lacks: address \(printer\)"):
        write_imprint(
            bare,
            imprint=ON_THE_LEAFLET.replace("Ltd, 2 Press Row, Walsall.", "Ltd."),
            by=by,
            at=NOW,
        )

    write_imprint(bare, imprint=f" {ON_THE_LEAFLET}\n", by=by, at=NOW)

    hand_out_leaflets(round_, deliverer=deliverer, copies=1, by=by, at=NOW)
    bare.refresh_from_db()
    assert bare.imprint == ON_THE_LEAFLET
    assert AuditEntry.objects.filter(verb="leaflet.imprint").count() == 1


def test_a_leaflet_that_lacks_its_printer_is_not_written_down_as_complete(
    campaign: Campaign, ward_lead: User, leaflet: Leaflet
) -> None:
    with pytest.raises(ImprintRefused, match="must not go out"):
        add_leaflet(
            campaign=campaign,
            name="Half",
            copies=9,
            imprint="Promoted by Agnes Agent, 1 Mill Street",
            by=system(campaign.organisation),
            at=NOW,
        )
    with pytest.raises(RoundsRefused, match="may not add or change"):
        write_imprint(leaflet, imprint=ON_THE_LEAFLET, by=actor(ward_lead), at=NOW)
