"""Corrections: what was recorded in error counts no more."""

from datetime import timedelta
from uuid import uuid4

import pytest

from campaigns.access import system
from campaigns.models import Campaign, Elector, Ward
from canvassing.actions.contacts import ContactsRefused
from canvassing.actions.corrections import correct_contact, withdraw_contact
from canvassing.models import Contact, HeldItem
from tests.canvassing.contact_helpers import (
    differences,
    prepare,
    record,
    said,
    standing,
)
from tests.cast import NOW, make_district, make_elector


@pytest.fixture
def ivy(campaign: Campaign, ward: Ward) -> Elector:
    elector = make_elector(make_district(campaign.organisation, ward))
    prepare(campaign)
    return elector


@pytest.fixture
def contact(campaign: Campaign, ivy: Elector) -> Contact:
    record(campaign, said(ivy, "P1"))
    return Contact.objects.get()


def test_a_correction_counts_at_the_time_of_what_it_corrects(
    campaign: Campaign, ivy: Elector, contact: Contact
) -> None:
    record(campaign, said(ivy, "W", said_at=NOW))

    by = system(campaign.organisation)
    correct_contact(contact, by=by, at=NOW + timedelta(days=1), intention="B")

    row = standing(campaign, ivy)
    assert (row.intention.code, row.pledged) == ("W", False)
    assert differences(campaign) == 0


def test_a_withdrawn_contact_says_nothing_any_more(
    campaign: Campaign, ivy: Elector, contact: Contact
) -> None:
    withdraw_contact(contact, by=system(campaign.organisation), at=NOW)

    row = standing(campaign, ivy)
    assert (row.intention, row.pledged, row.last_contact_at) == (None, False, None)
    assert Contact.objects.count() == 2


def test_a_contact_of_the_wrong_person_moves_to_the_right_one(
    campaign: Campaign, ivy: Elector, contact: Contact, ward: Ward
) -> None:
    otto = make_elector(make_district(campaign.organisation, ward), forename="Otto")
    differences(campaign)

    by = system(campaign.organisation)
    correct_contact(contact, by=by, at=NOW, elector_id=otto.pk)

    assert standing(campaign, ivy).intention is None
    assert standing(campaign, otto).intention.code == "P1"


def test_a_contact_of_the_wrong_person_moves_also_within_one_batch(
    campaign: Campaign, ivy: Elector, ward: Ward
) -> None:
    june = make_elector(make_district(campaign.organisation, ward))
    prepare(campaign)
    of_ivy = said(ivy, "P1")

    record(campaign, of_ivy, said(june, "P1", corrects=of_ivy.uuid))

    assert (standing(campaign, ivy).pledged, standing(campaign, june).pledged) == (
        False,
        True,
    )
    assert differences(campaign) == 0


def test_a_contact_is_corrected_once_and_then_its_correction(
    campaign: Campaign, ivy: Elector, contact: Contact
) -> None:
    by = system(campaign.organisation)
    correction = correct_contact(contact, by=by, at=NOW, intention="B")

    with pytest.raises(ContactsRefused, match="correct the latest"):
        correct_contact(contact, by=by, at=NOW, intention="U")
    correct_contact(correction, by=by, at=NOW, intention="N")

    assert standing(campaign, ivy).intention.code == "N"
    assert not HeldItem.objects.exists()


def test_a_correction_that_would_be_held_is_refused_in_a_sentence(
    campaign: Campaign, contact: Contact
) -> None:
    by = system(campaign.organisation)

    with pytest.raises(ContactsRefused, match="not one of this campaign's codes"):
        correct_contact(contact, by=by, at=NOW, intention="Q")


def test_a_correction_may_arrive_before_what_it_corrects(
    campaign: Campaign, ivy: Elector
) -> None:
    wrong = said(ivy, "P1")

    record(campaign, said(ivy, "B", corrects=wrong.uuid))
    [verdict] = record(campaign, wrong)

    assert verdict.answer == "filed"
    assert standing(campaign, ivy).intention.code == "B"


def test_a_contact_of_another_campaign_is_not_corrected_from_here(
    campaign: Campaign, other_campaign: Campaign, ivy: Elector, contact: Contact
) -> None:
    prepare(other_campaign)

    [verdict] = record(other_campaign, said(ivy, "N", corrects=contact.uuid))

    assert verdict.code == "corrects_unknown"
    assert standing(campaign, ivy).pledged


def test_two_corrections_in_one_batch_leave_the_second_held(
    campaign: Campaign, ivy: Elector, contact: Contact
) -> None:
    batch = [
        said(ivy, code, corrects=contact.uuid, uuid=uuid4()) for code in ("B", "U")
    ]

    answers = [verdict.code for verdict in record(campaign, *batch)]

    assert answers == ["", "corrected_before"]
