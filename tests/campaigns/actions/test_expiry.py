"""What was only kept for a time is removed on its day, by the owner's own clock."""

import io
import os
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from campaigns.actions.files import store_file
from campaigns.clock import now
from campaigns.models import IdempotentReply, Organisation, StoredFile
from campaigns.roles import Capability
from campaigns.tasks import purge_expired


def keep(organisation: Organisation, days: int) -> StoredFile:
    return store_file(
        io.BytesIO(b"number,name\n"),
        name="list.csv",
        kind="list",
        capability=Capability.EXPORT_ELECTORS,
        organisation=organisation,
        at=now(organisation) - timedelta(days=10),
        kept_for=timedelta(days=days),
    )


@pytest.mark.django_db(transaction=True)
def test_a_file_goes_with_its_bytes_on_its_day(organisation: Organisation) -> None:
    Organisation.objects.update(clock_offset=timedelta(days=-900))
    organisation.refresh_from_db()
    old, new = keep(organisation, days=9), keep(organisation, days=11)

    assert purge_expired()["files"] == 1

    assert list(StoredFile.objects.all()) == [new]
    assert not default_storage.exists(old.storage_key)
    assert default_storage.exists(new.storage_key)


def test_what_a_killed_worker_left_without_a_row_goes_after_a_day(
    organisation: Organisation,
) -> None:
    strays = [keep(organisation, days=30) for _ in range(2)]
    kept = keep(organisation, days=30)
    StoredFile.objects.exclude(pk=kept.pk).delete()
    new, old = strays
    for file in (old, kept):
        os.utime(default_storage.path(file.storage_key), times=(0, 0))

    assert purge_expired()["strays"] == 1

    assert not default_storage.exists(old.storage_key)
    assert default_storage.exists(new.storage_key)
    assert default_storage.exists(kept.storage_key)


def test_an_old_reply_goes(organisation: Organisation) -> None:
    for key, hours in (("old", -1), ("new", 1)):
        IdempotentReply.objects.create(
            organisation=organisation,
            actor_kind="token",
            actor_id=1,
            key=key,
            request_hash="",
            expires_at=timezone.now() + timedelta(hours=hours),
        )

    assert purge_expired()["replies"] == 1
    assert IdempotentReply.objects.get().key == "new"


def test_a_key_that_holds_for_good_loses_only_what_was_replied(
    organisation: Organisation,
) -> None:
    IdempotentReply.objects.create(
        organisation=organisation,
        actor_kind="token",
        actor_id=1,
        key="kept",
        request_hash="abc",
        status=201,
        body={"donor": "Dorothy Penhallow"},
        expires_at=timezone.now() - timedelta(hours=1),
        is_for_good=True,
    )

    assert [purge_expired()["replies"] for _ in range(2)] == [1, 0]
    kept = IdempotentReply.objects.get()
    assert (kept.request_hash, kept.status, kept.body) == ("abc", None, None)
