"""Private files: kept, opened, and removed on their day."""

import hashlib
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Final, cast

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from campaigns.actions import audit
from campaigns.models import Campaign, Job, Organisation, StoredFile, Ward
from campaigns.roles import Capability
from campaigns.rules.file_types import FIRST_BYTES, content_type
from campaigns.rules.refusals import Refusal

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from campaigns.access import Actor

KEPT_FOR: Final = timedelta(days=14)
BLOCK: Final = 1024 * 1024


class FileRefused(Refusal):
    """A file that is no longer kept."""


class _Measured(File):
    """A file that is measured while the storage reads it, block by block."""

    def __init__(self, source: IO[bytes]) -> None:
        super().__init__(source, name="measured")
        self.source = source
        self.digest = hashlib.sha256()
        self.bytes_read = 0

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        self.source.seek(0)
        while block := self.source.read(chunk_size or BLOCK):
            self.digest.update(block)
            self.bytes_read += len(block)
            yield block


def store_file(
    source: IO[bytes],
    *,
    name: str,
    kind: str,
    capability: Capability,
    organisation: Organisation,
    campaign: Campaign | None = None,
    ward: Ward | None = None,
    job: Job | None = None,
    at: datetime,
    kept_for: timedelta | None = KEPT_FOR,
) -> StoredFile:
    """Keep what `source` holds, and say who may open it and until when.

    A file of the same job and name is replaced.
    """
    source.seek(0)
    first_bytes = source.read(FIRST_BYTES)
    measured = _Measured(source)
    name = PurePath(name).name[:255]
    key = default_storage.save(f"{organisation.slug}/{uuid.uuid4().hex}", measured)
    with transaction.atomic(savepoint=False):
        if job is not None:
            remove_files(StoredFile.objects.filter(job=job, name=name))
        return StoredFile.objects.create(
            organisation=organisation,
            campaign=campaign,
            ward=ward,
            job=job,
            kind=kind,
            capability=capability,
            name=name,
            storage_key=key,
            content_type=content_type(first_bytes),
            size=measured.bytes_read,
            sha256=measured.digest.hexdigest(),
            created_at=at,
            expires_at=at + kept_for if kept_for else None,
        )


def still_kept(
    files: "QuerySet[StoredFile]", *, at: datetime
) -> "QuerySet[StoredFile]":
    """Those whose day has not come, by their names."""
    kept = Q(expires_at__isnull=True) | Q(expires_at__gt=at)
    return files.filter(kept).order_by("name")


def open_file(file: StoredFile) -> IO[bytes]:
    """The bytes that were stored; the caller closes it."""
    return cast(IO[bytes], default_storage.open(file.storage_key, "rb"))


def remove_files(files: "QuerySet[StoredFile]") -> int:
    """Remove the rows now and their bytes once that is committed."""
    keys = list(files.values_list("storage_key", flat=True))
    files.filter(storage_key__in=keys).delete()
    transaction.on_commit(partial(_delete_bytes, keys))
    return len(keys)


def _delete_bytes(keys: list[str]) -> None:
    for key in keys:
        default_storage.delete(key)


def remove_expired_files(*, organisation: Organisation, at: datetime) -> int:
    """Remove an organisation's files whose day has come; returns how many."""
    with transaction.atomic():
        return remove_files(
            StoredFile.objects.of(organisation).filter(expires_at__lte=at)
        )


def remove_strays(*, organisation: Organisation, before: datetime) -> int:
    """Remove bytes kept before this instant that no row names; returns how many.

    They are of workers that were killed between keeping a file and committing its row.
    """
    try:
        _, names = default_storage.listdir(organisation.slug)
    except FileNotFoundError:
        return 0
    rows = StoredFile.objects.of(organisation)
    known = set(rows.values_list("storage_key", flat=True))
    strays = [
        key
        for key in (f"{organisation.slug}/{name}" for name in names)
        if key not in known and default_storage.get_modified_time(key) < before
    ]
    _delete_bytes(strays)
    return len(strays)


def hand_over(file: StoredFile, *, by: "Actor", at: datetime) -> IO[bytes]:
    """Open a file for somebody and write down that they took it.

    Refused from the day on which it was to be removed, removed yet or not.
    """
    if file.expires_at is not None and file.expires_at <= at:
        raise FileRefused("file_gone", "This file was kept for some days only.")
    with transaction.atomic():
        audit.record(
            "file.taken",
            by=by,
            at=at,
            organisation_id=file.organisation_id,
            campaign_id=file.campaign_id,
            target=file,
            sha256=file.sha256,
        )
    return open_file(file)
