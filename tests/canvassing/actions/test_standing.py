"""Standing in step with the register, the poll and the terms of supply."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from campaigns.access import system
from campaigns.models import (
    AbsentVote,
    AbsentVoterList,
    AuditEntry,
    Campaign,
    Elector,
    PollingDistrict,
    RegisterEdition,
    Ward,
)
from canvassing.actions.codes import change_code
from canvassing.actions.contact_erasure import erase_contacts
from canvassing.actions.standing import refresh_some
from canvassing.models import (
    BuildingNote,
    Contact,
    ElectorStanding,
    Eligible,
    HeldItem,
    IntentionCode,
    VotesBy,
)
from canvassing.models.standing import WALKING_ORDER
from tests.canvassing.contact_helpers import (
    differences,
    prepare,
    record,
    said,
    standing,
)
from tests.cast import NOW, make_address, make_district, make_edition, make_elector


@pytest.fixture
def district(campaign: Campaign, ward: Ward) -> PollingDistrict:
    return make_district(campaign.organisation, ward)


@pytest.fixture
def ivy(campaign: Campaign, district: PollingDistrict) -> Elector:
    elector = make_elector(district)
    prepare(campaign)
    return elector


def change(elector: Elector, **values: Any) -> None:
    Elector.objects.filter(pk=elector.pk).update(**values)
    refresh_some(organisation_id=elector.organisation_id, electors=[elector.pk])


def test_every_elector_of_the_wards_has_a_row_and_no_other(
    campaign: Campaign,
    other_campaign: Campaign,
    district: PollingDistrict,
    other_ward: Ward,
) -> None:
    here = make_elector(district)
    penn = make_elector(make_district(campaign.organisation, other_ward, "PN1"))

    refresh_some(organisation_id=campaign.organisation_id, electors=[here.pk, penn.pk])

    rows = ElectorStanding.objects.values_list("campaign", "elector")
    assert set(rows) == {
        (campaign.pk, here.pk),
        (campaign.pk, penn.pk),
        (other_campaign.pk, here.pk),
    }


def test_a_district_without_a_ward_is_in_no_campaign(
    campaign: Campaign, district: PollingDistrict
) -> None:
    PollingDistrict.objects.update(ward=None)
    elector = make_elector(district)

    refresh_some(organisation_id=campaign.organisation_id, electors=[elector.pk])

    assert not ElectorStanding.objects.exists()


@pytest.mark.parametrize(
    "leaving",
    [{"on_register": False}, {"hidden_at": NOW}, {"merged_into_id": 1}],
    ids=str,
)
def test_who_leaves_or_is_hidden_is_on_no_working_page(
    campaign: Campaign, ivy: Elector, leaving: dict[str, Any]
) -> None:
    change(ivy, **leaving)

    assert not standing(campaign, ivy).is_current
    assert differences(campaign) == 0


def test_a_district_that_moves_out_of_the_wards_takes_its_electors_along(
    campaign: Campaign, ivy: Elector, district: PollingDistrict
) -> None:
    record(campaign, said(ivy, "P1"))
    elsewhere = Ward.objects.create(
        gss="E05014099", name="Elsewhere", council=district.council
    )

    PollingDistrict.objects.update(ward=elsewhere)
    refresh_some(organisation_id=campaign.organisation_id, electors=[ivy.pk])
    away = standing(campaign, ivy)
    PollingDistrict.objects.update(ward=campaign.wards.first())
    refresh_some(organisation_id=campaign.organisation_id, electors=[ivy.pk])
    back = standing(campaign, ivy)

    assert (away.is_current, away.pledged) == (False, True)
    assert (back.is_current, back.pledged) == (True, True)


def test_a_ward_is_walked_by_district_dwelling_and_register_order(
    campaign: Campaign, district: PollingDistrict, ward: Ward
) -> None:
    beyond = make_district(campaign.organisation, ward, "BN2")
    near = make_address(district, walk_position=1 << 41)
    far = make_address(district, walk_position=2 << 41)
    other = make_address(beyond, walk_position=1)
    for forename, home in (("Cy", far), ("Di", far), ("Ed", other), ("Al", near)):
        make_elector(home.polling_district, address=home, forename=forename)
    Elector.objects.create(
        organisation=campaign.organisation,
        council=district.council,
        polling_district=district,
        forename="Of no address",
    )
    prepare(campaign)

    rows = ElectorStanding.objects.select_related("elector").order_by(*WALKING_ORDER)

    order = [row.elector.forename for row in rows]
    assert order == ["Al", "Cy", "Di", "Of no address", "Ed"]


@pytest.mark.parametrize(
    ("facts", "eligible"),
    [
        ({}, Eligible.YES),
        ({"markers": "F"}, Eligible.NO),
        ({"markers": "L"}, Eligible.YES),
        ({"markers": "?Q"}, Eligible.CHECK),
        ({"attains_on": date(2024, 5, 2)}, Eligible.YES),
        ({"attains_on": date(2024, 5, 3)}, Eligible.NO),
        ({"markers": "Q", "attains_on": date(2024, 5, 3)}, Eligible.NO),
    ],
    ids=str,
)
def test_eligible_follows_markers_and_the_date_of_attainment(
    campaign: Campaign, ivy: Elector, facts: dict[str, Any], eligible: Eligible
) -> None:
    change(ivy, **facts)

    assert standing(campaign, ivy).eligible == eligible


@pytest.mark.parametrize(
    ("kind", "span", "way"),
    [
        ("postal", {}, VotesBy.POST),
        ("proxy", {}, VotesBy.PROXY),
        ("postal_proxy", {}, VotesBy.POSTAL_PROXY),
        ("postal", {"until_on": date(2024, 5, 1)}, VotesBy.IN_PERSON),
        ("postal", {"from_on": date(2024, 5, 3)}, VotesBy.IN_PERSON),
        ("postal", {"from_on": date(2024, 5, 2), "until_on": None}, VotesBy.POST),
    ],
    ids=str,
)
def test_how_they_vote_follows_the_absent_list_in_force_on_polling_day(
    campaign: Campaign, ivy: Elector, kind: str, span: dict[str, Any], way: VotesBy
) -> None:
    in_force = AbsentVoterList.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        council_id=ivy.council_id,
        dated_on=date(2024, 4, 20),
        loaded_at=NOW,
    )
    AbsentVote.objects.create(
        organisation=campaign.organisation,
        absent_list=in_force,
        elector=ivy,
        kind=kind,
        **span,
    )

    refresh_some(organisation_id=campaign.organisation_id, electors=[ivy.pk])

    assert standing(campaign, ivy).votes_by == way


def test_a_candidates_copy_serves_that_candidates_campaign_only(
    campaign: Campaign, other_campaign: Campaign, district: PollingDistrict
) -> None:
    copy = make_edition(campaign.organisation, district.council)
    RegisterEdition.objects.update(supplied_to="candidate", campaign=other_campaign)
    only_there = make_elector(district, edition=copy)

    refresh_some(organisation_id=campaign.organisation_id, electors=[only_there.pk])

    assert not standing(campaign, only_there).is_current
    assert standing(other_campaign, only_there).is_current


def test_a_rebuild_repairs_what_differs_and_says_how_much(
    campaign: Campaign, ivy: Elector, district: PollingDistrict
) -> None:
    make_elector(district)
    record(campaign, said(ivy, "P1"))
    ElectorStanding.objects.filter(elector=ivy).update(pledged=False, eligible=0)

    found = differences(campaign)

    assert found == 2
    assert standing(campaign, ivy).pledged
    assert AuditEntry.objects.filter(verb="standing.rebuilt").latest("pk").data == {
        "electors": 2,
        "different": 2,
    }
    assert differences(campaign) == 0


def test_a_code_that_comes_to_mean_something_else_is_read_anew(
    campaign: Campaign, ivy: Elector
) -> None:
    record(campaign, said(ivy, "P2"))
    code = IntentionCode.objects.get(campaign=campaign, code="P2")
    code.counts_as_pledge = True

    change_code(code, by=system(campaign.organisation), at=NOW)

    assert standing(campaign, ivy).pledged
    assert differences(campaign) == 0


def test_an_erasure_leaves_the_attempt_and_nothing_that_was_said(
    campaign: Campaign, ivy: Elector
) -> None:
    item = said(ivy, "P1", note="likes dogs")
    record(campaign, item, said(ivy, "Q9"))

    erased = erase_contacts(elector=ivy, by=system(campaign.organisation), at=NOW)
    [resent] = record(campaign, item)

    contact = Contact.objects.get()
    assert erased == 2
    assert (contact.intention, contact.note, contact.outcome.code) == (
        None,
        "",
        "spoken",
    )
    assert HeldItem.objects.get().payload == {}
    assert standing(campaign, ivy).pledged is False
    assert resent.answer == "already_filed"
    assert differences(campaign) == 0


def test_an_erasure_takes_the_note_on_their_building_along_and_no_other(
    campaign: Campaign, ivy: Elector
) -> None:
    home = ivy.address
    assert home is not None
    for key, text in ((home.building_key, "Ivy is deaf"), ("another", "buzz 12")):
        note = BuildingNote(
            organisation=campaign.organisation,
            council_id=home.council_id,
            building_key=key,
            uuid=uuid4(),
            text=text,
            said_at=NOW,
        )
        note.recorded_by(system(campaign.organisation))
        note.save()

    erase_contacts(elector=ivy, by=system(campaign.organisation), at=NOW)

    assert BuildingNote.objects.get().text == "buzz 12"
