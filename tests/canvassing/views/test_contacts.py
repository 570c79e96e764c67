"""Contacts on an elector's page: noted, put right and taken back."""

from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from campaigns.access import system
from campaigns.models import Campaign, ControllerKind, Elector
from canvassing.actions.do_not_contact import keep_away_once
from canvassing.models import Contact, HeldItem, OpinionConsent
from tests.canvassing.contact_helpers import (
    differences,
    record,
    said,
    standing,
)
from tests.cast import NOW


def address(ivy: Elector, rest: object = "") -> str:
    return f"/mayor-2024/electors/{ivy.pk}/contact/{rest}"


def typed(**changed: object) -> dict[str, object]:
    when = (NOW - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    return {
        "channel": "phone",
        "outcome": "spoken",
        "intention": "P1",
        "said_at": when,
        "uuid": uuid4(),
    } | changed


def test_a_contact_is_noted_once_however_often_the_form_is_sent(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    twice = typed()

    clerk.post(address(ivy), twice)
    clerk.post(address(ivy), twice)

    contact = Contact.objects.get()
    assert (contact.channel, contact.by_label) == ("phone", "Clem Clerk")
    assert standing(campaign, ivy).pledged


def test_what_would_be_held_is_said_on_the_form_and_filed_once_put_right(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    wrong = typed(outcome="not_in")

    answer = clerk.post(address(ivy), wrong).content.decode()
    clerk.post(address(ivy), wrong | {"outcome": "spoken"})

    assert "by its outcome nobody was spoken to" in answer
    assert not HeldItem.objects.exists()
    assert Contact.objects.get().outcome.code == "spoken"


def test_a_contact_that_has_not_come_yet_is_refused(
    ivy: Elector, clerk: Client
) -> None:
    later = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")

    answer = clerk.post(address(ivy), typed(said_at=later)).content.decode()

    assert "That has not come yet." in answer
    assert not Contact.objects.exists()


def test_a_contact_is_put_right_and_the_earlier_one_counts_no_more(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    record(campaign, said(ivy, "P1"))
    first = Contact.objects.get()

    clerk.post(address(ivy, f"{first.pk}/"), typed(intention="B"))
    page = clerk.get(f"/mayor-2024/electors/{ivy.pk}/").content.decode()
    again = clerk.post(address(ivy, f"{first.pk}/"), typed(intention="P1"))

    later = Contact.objects.latest("pk")
    assert (later.corrects, later.effective_at) == (first.uuid, first.effective_at)
    assert not standing(campaign, ivy).pledged
    assert "No longer counts: Spoken to" in page
    assert again.status_code == 404
    assert differences(campaign) == 0


def test_a_contradiction_is_said_on_the_form(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    record(campaign, said(ivy, "P1"))
    form = address(ivy, f"{Contact.objects.get().pk}/")

    answer = clerk.post(form, typed(intention="B", pledge="yes")).content.decode()

    assert "It says they pledged, but their intention says otherwise." in answer
    assert Contact.objects.count() == 1


def test_a_contact_is_taken_back(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    record(campaign, said(ivy, "P1"))

    clerk.post(address(ivy, f"{Contact.objects.get().pk}/withdraw/"))

    assert not standing(campaign, ivy).pledged
    assert differences(campaign) == 0


def test_what_came_with_a_contact_is_taken_back_with_it(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    campaign.organisation.controller_kind = ControllerKind.NON_PARTY
    campaign.organisation.save()
    agreed, later = typed(consent="on"), typed()
    clerk.post(address(ivy), agreed)
    clerk.post(address(ivy), later)
    contact = Contact.objects.get(uuid=agreed["uuid"])
    asked = keep_away_once(
        ivy, by=system(campaign.organisation), at=NOW, came_with=contact.uuid
    )
    assert standing(campaign, ivy).no_contact

    clerk.post(address(ivy, f"{contact.pk}/withdraw/"))

    asked.refresh_from_db()
    assert asked.lifted_at
    assert OpinionConsent.objects.get().withdrawn_at
    assert Contact.objects.get(uuid=later["uuid"]).intention is None
    assert not standing(campaign, ivy).no_contact
    assert differences(campaign) == 0


def test_the_desk_notes_that_a_postal_vote_was_sent(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    clerk.post(address(ivy), typed(intention="", posted="yes"))

    assert Contact.objects.get().posted is True
    assert standing(campaign, ivy).posted


def test_the_desk_of_no_party_keeps_views_with_a_tick_beside_the_words(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    campaign.organisation.controller_kind = ControllerKind.NON_PARTY
    campaign.organisation.save()

    refused = clerk.post(address(ivy), typed()).content.decode()
    assert "only be kept with their consent" in refused
    assert "I agree that" in refused
    assert not Contact.objects.exists()

    clerk.post(address(ivy), typed(consent="on"))
    assert Contact.objects.get().intention.code == "P1"
    assert OpinionConsent.objects.get().elector == ivy
