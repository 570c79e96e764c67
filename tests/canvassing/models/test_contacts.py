"""A contact in the database: it stays as it was recorded."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import Campaign, Elector, ElectorMerge, Ward
from canvassing.models import Contact
from tests.canvassing.contact_helpers import prepare, record, said
from tests.cast import NOW, make_district, make_elector


@pytest.fixture
def contact(campaign: Campaign, ward: Ward) -> Contact:
    elector = make_elector(make_district(campaign.organisation, ward))
    prepare(campaign)
    record(campaign, said(elector, "P1", note="likes dogs"))
    return Contact.objects.get()


def change(contact: Contact, **values: Any) -> None:
    with transaction.atomic():
        Contact.objects.filter(pk=contact.pk).update(**values)


@pytest.mark.parametrize(
    "values",
    [
        {"note": "likes cats"},
        {"note": ""},
        {"pledge": True},
        {"elector_id": 5},
        {"note": "", "content_hash": "", "intention": None, "erased_at": None},
        {
            "note": "",
            "content_hash": "",
            "intention": None,
            "erased_at": NOW,
            "by_label": "Nobody",
        },
    ],
    ids=str,
)
def test_a_contact_is_not_changed(contact: Contact, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="never changed or deleted"):
        change(contact, **values)


def test_a_contact_is_not_deleted(contact: Contact) -> None:
    with (
        pytest.raises(IntegrityError, match="record a correction"),
        transaction.atomic(),
    ):
        contact.delete()


def test_an_erasure_blanks_what_was_said_and_nothing_else(contact: Contact) -> None:
    change(contact, note="", content_hash="", intention=None, erased_at=NOW)

    contact.refresh_from_db()
    assert (contact.intention, contact.note, contact.channel) == (None, "", "door")


def test_a_contact_follows_its_elector_into_a_merge_and_back(contact: Contact) -> None:
    kept = Elector.objects.create(
        organisation_id=contact.organisation_id,
        council_id=contact.elector.council_id,
        name_key="",
    )
    ElectorMerge.objects.create(
        organisation_id=contact.organisation_id,
        kept=kept,
        tombstone=contact.elector,
        merged_at=NOW,
        by_kind="system",
        by_label="Committee Room",
    )
    before = contact.elector_id

    change(contact, elector_id=kept.pk)
    change(contact, elector_id=before)
