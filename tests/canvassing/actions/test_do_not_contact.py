"""Wishes not to be contacted, and for how long and for whom they hold."""

import pytest

from campaigns.access import system
from campaigns.models import Address, Campaign, Elector, Ward
from canvassing.actions.do_not_contact import (
    DoNotContactRefused,
    keep_away_from_household,
    keep_away_from_person,
    lift_do_not_contact,
)
from canvassing.actions.standing import refresh_some
from canvassing.models import DoNotContact, NoContact
from canvassing.reports.elector_page import elector_page
from tests.canvassing.contact_helpers import differences, prepare, standing
from tests.cast import NOW, make_address, make_district, make_elector


@pytest.fixture
def home(campaign: Campaign, ward: Ward) -> Address:
    return make_address(make_district(campaign.organisation, ward))


@pytest.fixture
def ivy(campaign: Campaign, home: Address) -> Elector:
    return make_elector(home.polling_district, address=home)


@pytest.fixture
def otto(
    campaign: Campaign, other_campaign: Campaign, home: Address, ivy: Elector
) -> Elector:
    otto = make_elector(home.polling_district, address=home, forename="Otto")
    prepare(campaign)
    prepare(other_campaign)
    return otto


def wishes_shown_of(campaign: Campaign, elector: Elector) -> list[DoNotContact]:
    by = system(campaign.organisation)
    return elector_page(standing(campaign, elector), by=by, campaign=campaign).wishes


def masks(campaign: Campaign, elector: Elector) -> tuple[int, int]:
    row = standing(campaign, elector)
    return row.no_contact, row.household_no_contact


def move(elector: Elector, address: Address | None) -> None:
    on_register = address is not None
    Elector.objects.filter(pk=elector.pk).update(
        address=address, on_register=on_register
    )
    refresh_some(organisation_id=elector.organisation_id, electors=[elector.pk])


def test_a_person_is_left_alone_in_every_campaign(
    campaign: Campaign, other_campaign: Campaign, ivy: Elector, otto: Elector
) -> None:
    keep_away_from_person(ivy, by=system(campaign.organisation), at=NOW)

    assert masks(campaign, ivy) == masks(other_campaign, ivy) == (NoContact.ALL, 0)
    assert masks(campaign, otto) == (0, 0)


def test_a_wish_for_this_election_holds_in_its_campaign_only(
    campaign: Campaign, other_campaign: Campaign, ivy: Elector, otto: Elector
) -> None:
    by = system(campaign.organisation)

    keep_away_from_person(ivy, by=by, at=NOW, channel="letter", campaign=campaign)

    assert masks(campaign, ivy) == (NoContact.LETTER, 0)
    assert masks(other_campaign, ivy) == (0, 0)


def test_two_channels_add_up_and_each_is_lifted_alone(
    campaign: Campaign, ivy: Elector, otto: Elector
) -> None:
    by = system(campaign.organisation)
    phone = keep_away_from_person(ivy, by=by, at=NOW, channel="phone")
    keep_away_from_person(ivy, by=by, at=NOW, channel="door")
    both = masks(campaign, ivy)

    lift_do_not_contact(phone, reason="Rang us", by=by, at=NOW)

    assert both == (NoContact.PHONE | NoContact.DOOR, 0)
    assert masks(campaign, ivy) == (NoContact.DOOR, 0)


def test_a_wish_is_lifted_once_and_with_a_reason(
    campaign: Campaign, ivy: Elector, otto: Elector
) -> None:
    by = system(campaign.organisation)
    wish = keep_away_from_person(ivy, by=by, at=NOW)

    with pytest.raises(DoNotContactRefused, match="Say why"):
        lift_do_not_contact(wish, reason=" ", by=by, at=NOW)
    lift_do_not_contact(wish, reason="Asked for a visit", by=by, at=NOW)
    with pytest.raises(DoNotContactRefused, match="already"):
        lift_do_not_contact(wish, reason="Asked for a visit", by=by, at=NOW)


def test_a_household_is_left_alone_until_none_of_those_present_remains(
    campaign: Campaign, home: Address, ivy: Elector, otto: Elector
) -> None:
    keep_away_from_household(home, by=system(campaign.organisation), at=NOW)
    newcomer = make_elector(home.polling_district, address=home, forename="Nell")
    refresh_some(organisation_id=newcomer.organisation_id, electors=[newcomer.pk])
    with_both = masks(campaign, newcomer)

    move(ivy, make_address(home.polling_district))
    with_otto = masks(campaign, newcomer)
    assert len(wishes_shown_of(campaign, newcomer)) == 1
    move(otto, None)
    assert not wishes_shown_of(campaign, newcomer)

    assert (with_both, with_otto) == ((0, NoContact.ALL), (0, NoContact.ALL))
    assert masks(campaign, newcomer) == (0, 0)
    assert masks(campaign, ivy) == (0, 0)
    assert differences(campaign) == 0


def test_an_empty_home_has_nobody_to_leave_alone(
    campaign: Campaign, home: Address
) -> None:
    with pytest.raises(DoNotContactRefused, match="Nobody is registered"):
        keep_away_from_household(home, by=system(campaign.organisation), at=NOW)
