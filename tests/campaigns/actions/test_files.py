"""Private files: kept with their measure, opened by those who may, gone in time."""

import hashlib
import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from campaigns.access import files_for
from campaigns.actions.files import (
    FileRefused,
    hand_over,
    open_file,
    remove_expired_files,
    still_kept,
    store_file,
)
from campaigns.models import AuditEntry, Campaign, Job, StoredFile, User, Ward
from campaigns.roles import Capability
from tests.cast import NOW, actor

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.4 a list"


def store(campaign: Campaign, **options: object) -> StoredFile:
    return store_file(
        io.BytesIO(CONTENT),
        **{
            "name": "../../etc/list.csv",
            "kind": "gotv_files",
            "capability": Capability.EXPORT_ELECTORS,
            "organisation": campaign.organisation,
            "campaign": campaign,
            "at": NOW,
            **options,
        },
    )


def test_a_file_is_measured_and_typed_by_its_content(campaign: Campaign) -> None:
    file = store(campaign)

    assert file.name == "list.csv"
    assert file.content_type == "application/pdf"
    assert file.size == len(CONTENT)
    assert file.sha256 == hashlib.sha256(CONTENT).hexdigest()
    with open_file(file) as content:
        assert content.read() == CONTENT


def test_a_file_of_the_same_job_and_name_is_replaced(
    campaign: Campaign, django_capture_on_commit_callbacks: object
) -> None:
    job = Job.objects.create(
        organisation=campaign.organisation, kind="x", title="x", asked_at=NOW
    )
    first = store(campaign, job=job)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        second = store(campaign, job=job)

    assert list(StoredFile.objects.all()) == [second]
    assert not default_storage.exists(first.storage_key)
    assert default_storage.exists(second.storage_key)


def test_a_file_goes_with_its_day(
    campaign: Campaign, django_capture_on_commit_callbacks: object
) -> None:
    file = store(campaign, kept_for=timedelta(days=1))
    kept = store(campaign, kept_for=None)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        removed = remove_expired_files(
            organisation=campaign.organisation, at=NOW + timedelta(days=1)
        )

    assert removed == 1
    assert list(StoredFile.objects.all()) == [kept]
    assert not default_storage.exists(file.storage_key)


def test_a_file_is_open_to_whoever_has_its_capability_in_its_ward(
    campaign: Campaign,
    ward: Ward,
    other_ward: Ward,
    organiser: User,
    ward_lead: User,
    agent: User,
    outsider: User,
) -> None:
    theirs = store(campaign, ward=ward)
    elsewhere = store(campaign, ward=other_ward)
    whole = store(campaign)

    assert set(files_for(actor(organiser))) == {theirs, elsewhere, whole}
    assert set(files_for(actor(ward_lead))) == {theirs}
    for user in (agent, outsider):
        assert not files_for(actor(user)).exists()


def test_a_file_is_shut_from_its_day_on_before_it_is_removed(
    campaign: Campaign, organiser: User
) -> None:
    file = store(campaign, kept_for=timedelta(days=1))
    past = NOW + timedelta(days=1)

    with pytest.raises(FileRefused):
        hand_over(file, by=actor(organiser), at=past)

    mine = StoredFile.objects.filter(pk=file.pk)
    assert list(still_kept(mine, at=NOW)) == [file]
    assert not still_kept(mine, at=past)
    assert not AuditEntry.objects.filter(verb="file.taken").exists()


def test_whoever_takes_a_file_is_written_down(
    campaign: Campaign, organiser: User
) -> None:
    file = store(campaign)

    with hand_over(file, by=actor(organiser), at=NOW) as content:
        assert content.read() == CONTENT

    entry = AuditEntry.objects.get(verb="file.taken")
    assert (entry.by_label, entry.target) == (
        "Olive Organiser",
        f"storedfile:{file.pk}",
    )
