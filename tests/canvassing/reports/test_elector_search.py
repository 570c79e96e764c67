"""Electors found by what people type, within what they may see."""

import pytest

from campaigns.models import Campaign, User, Ward
from canvassing.reports.elector_search import Looked, find_electors
from tests.canvassing.list_helpers import stand
from tests.cast import actor, make_address, make_district

pytestmark = pytest.mark.django_db


def found(words: str, user: User, campaign: Campaign) -> tuple[Looked, set[int]]:
    looked, rows = find_electors(words, by=actor(user), campaign=campaign)
    return looked, {row.elector_id for row in rows}


@pytest.mark.parametrize(
    "words", ["marsh", "Ivy Marsh", "Marsh Ivy", "MARSH I", "  ivy   marsh "]
)
def test_a_name_is_found_in_either_order(
    campaign: Campaign, organiser: User, ward: Ward, words: str
) -> None:
    elector = stand(campaign, ward)
    stand(campaign, ward, surname="Lowe", forename="Tom")

    assert found(words, organiser, campaign) == (Looked.NAME, {elector.pk})


@pytest.mark.parametrize("words", ["Marsh WV14 1AA", "wv141aa, ivy marsh"])
def test_a_name_and_a_postcode_are_found_together(
    campaign: Campaign, organiser: User, ward: Ward, words: str
) -> None:
    there = make_address(
        make_district(campaign.organisation, ward), postcode="WV14 1AA"
    )
    elector = stand(campaign, ward, address=there)
    stand(campaign, ward)

    assert found(words, organiser, campaign) == (Looked.NAME, {elector.pk})


@pytest.mark.parametrize("write", ["{}", " {} ", "bn1 {0.number}", "bn1-{0.number}"])
def test_an_elector_number_is_found_as_people_write_it(
    campaign: Campaign, organiser: User, ward: Ward, write: str
) -> None:
    elector = stand(campaign, ward)
    number = elector.elector_number.split("-")[1]
    words = write.replace("{0.number}", number).replace("{}", elector.elector_number)

    assert found(words, organiser, campaign) == (Looked.NUMBER, {elector.pk})


@pytest.mark.parametrize("words", ["12 Quarry Lane", "12 quarry ln", "quarry lane"])
def test_an_address_is_found_with_its_number_or_by_its_street(
    campaign: Campaign, organiser: User, ward: Ward, words: str
) -> None:
    district = make_district(campaign.organisation, ward)
    key = "QX1 1AA|QUARRY LANE|12||"
    elector = stand(
        campaign, ward, address=make_address(district, number="12", key=key)
    )
    other = make_address(district, street="Forge Road", key="QX1 1AB|FORGE ROAD|12||")
    stand(campaign, ward, address=other)

    assert found(words, organiser, campaign) == (Looked.ADDRESS, {elector.pk})


def test_a_postcode_is_found_with_a_letter_for_a_figure(
    campaign: Campaign, organiser: User, ward: Ward
) -> None:
    district = make_district(campaign.organisation, ward)
    there = make_address(district, postcode="WV10 1AA")
    elector = stand(campaign, ward, address=there)

    assert found("wv1o1aa", organiser, campaign) == (Looked.POSTCODE, {elector.pk})


def test_one_letter_finds_nobody(
    campaign: Campaign, organiser: User, ward: Ward
) -> None:
    stand(campaign, ward)

    assert found("m", organiser, campaign) == (Looked.NOTHING, set())


def test_a_ward_lead_finds_nobody_of_another_ward(
    campaign: Campaign, ward_lead: User, ward: Ward, other_ward: Ward
) -> None:
    ours = stand(campaign, ward)
    stand(campaign, other_ward)

    assert found("marsh", ward_lead, campaign) == (Looked.NAME, {ours.pk})


@pytest.mark.parametrize("standing", [{"is_current": False}, {"is_anonymous": True}])
def test_the_hidden_the_gone_and_the_anonymous_are_found_by_nobody(
    campaign: Campaign, organiser: User, ward: Ward, standing: dict[str, bool]
) -> None:
    stand(campaign, ward, **standing)

    assert found("marsh", organiser, campaign) == (Looked.NAME, set())


def test_a_percent_sign_is_no_wildcard(
    campaign: Campaign, organiser: User, ward: Ward
) -> None:
    stand(campaign, ward)

    assert found("1 %", organiser, campaign)[1] == set()
