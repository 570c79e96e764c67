"""Uploaded registers and absent voters' lists, each as one visible job."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from campaigns.access import Actor
from campaigns.actions.files import FileRefused, open_file, store_file
from campaigns.actions.job_parts import finish_part
from campaigns.actions.jobs import start_job
from campaigns.actions.register import ImportOutcome
from campaigns.actions.register_editions import Supply
from campaigns.clock import now
from campaigns.importers.absent_voters import import_absent_voters
from campaigns.importers.register import import_register, nothing_to_do
from campaigns.models import Campaign, Council, Job, Organisation, StoredFile
from campaigns.roles import Capability

if TYPE_CHECKING:
    from campaigns.models import JobPart

CHECK = "register_check"
LOAD = "register_import"
ABSENT = "absent_voters_import"
KEPT_FOR = timedelta(days=2)  # the upload itself; what it says is in the register

Progress = Callable[[int, int], None]


def start_register_import(
    upload: IO[bytes],
    *,
    file_name: str,
    organisation: Organisation,
    council: Council,
    kind: str | None = None,
    published_on: date | None = None,
    supply: Supply | None = None,
    columns: Mapping[str, object] | None = None,
    dry_run: bool = False,
    by: Actor,
    at: datetime,
) -> Job:
    """Keep the file and let a worker load it or, on a dry run, say what it would do.

    The job's result is the import's outcome. Audit: `job.started`, then that of
    `import_register`.
    """
    supply = supply or Supply()
    told = {
        "council": council.pk,
        "kind": kind,
        "published_on": published_on,
        "supply": vars(supply) | {"campaign": supply.campaign and supply.campaign.pk},
        "columns": columns,
    }
    verb, job_kind = ("Check", CHECK) if dry_run else ("Load", LOAD)
    with transaction.atomic():
        stored = _keep(upload, file_name, organisation, at=at)
        return start_job(
            job_kind,
            title=f"{verb} {stored.name} for {council}"[:200],
            organisation=organisation,
            campaign=supply.campaign,
            parameters=_parameters(stored, told, by=by, at=at),
            by=by,
            at=at,
        )


def start_absent_voters_import(
    upload: IO[bytes],
    *,
    file_name: str,
    campaign: Campaign,
    council: Council,
    kind: str,
    dated_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Job:
    """Keep the list and let a worker load it. Audit as for a register."""
    told = {"council": council.pk, "kind": kind, "dated_on": dated_on}
    with transaction.atomic():
        stored = _keep(upload, file_name, campaign.organisation, at=at)
        return start_job(
            ABSENT,
            title=f"Load {stored.name} for {council}"[:200],
            organisation=campaign.organisation,
            campaign=campaign,
            parameters=_parameters(stored, told, by=by, at=at),
            by=by,
            at=at,
        )


def run_register_check(part: "JobPart", progress: Progress) -> dict[str, object]:
    """What the file would do; nothing is written."""
    return _plain(_import(part, progress, dry_run=True))


def run_register_import(part: "JobPart", progress: Progress) -> dict[str, object]:
    """Load the file; the part is done in the same transaction, or neither happened."""

    def finish(outcome: ImportOutcome) -> None:
        finish_part(part, _plain(outcome))

    return _plain(_import(part, progress, dry_run=False, before_commit=finish))


def run_absent_voters_import(part: "JobPart", progress: Progress) -> dict[str, object]:
    """Put the list in force; again, it is the one in force and nothing is done."""
    told = part.job.parameters
    if part.job.campaign is None:
        raise LookupError("An absent voters' list is of a campaign's poll.")
    with on_disk(told) as path:
        read = import_absent_voters(
            path,
            campaign=part.job.campaign,
            council=Council.objects.get(pk=told["council"]),
            kind=told["kind"],
            dated_on=_day(told["dated_on"]),
            by=Actor(**told["by"]),
            at=now(part.job.organisation),
            before_commit=lambda read: finish_part(part, _plain(read)),
        )
    return _plain(read)


def _import(
    part: "JobPart",
    progress: Progress,
    *,
    dry_run: bool,
    before_commit: Callable[[ImportOutcome], None] = nothing_to_do,
) -> ImportOutcome:
    told = part.job.parameters
    with on_disk(told) as path:
        return import_register(
            path,
            organisation=part.job.organisation,
            council=Council.objects.get(pk=told["council"]),
            kind=told["kind"],
            published_on=_day(told["published_on"]),
            supply=_supply(told["supply"]),
            columns=told["columns"],
            by=Actor(**told["by"]),
            at=datetime.fromisoformat(told["at"]),
            clock=partial(now, part.job.organisation),
            progress=progress,
            before_commit=before_commit,
            dry_run=dry_run,
        )


def _keep(
    upload: IO[bytes], file_name: str, organisation: Organisation, *, at: datetime
) -> StoredFile:
    return store_file(
        upload,
        name=file_name,
        kind="upload",
        capability=Capability.IMPORT_REGISTER,
        organisation=organisation,
        at=at,
        kept_for=KEPT_FOR,
    )


def _parameters(
    stored: StoredFile, told: Mapping[str, Any], *, by: Actor, at: datetime
) -> dict[str, Any]:
    who = {"kind": by.kind, "id": by.id, "label": by.label}
    return _jsonable({**told, "file": stored.pk, "by": who, "at": at})


def _supply(told: Mapping[str, Any]) -> Supply:
    days = {name: _day(told[name]) for name in ("supplied_on", "destroy_by")}
    campaign = Campaign.objects.filter(pk=told["campaign"]).first()
    return Supply(**{**told, **days, "campaign": campaign})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _plain(outcome: Any) -> dict[str, Any]:
    return _jsonable(asdict(outcome))


def _jsonable(content: Mapping[str, Any]) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    return whole


@contextmanager
def on_disk(told: Mapping[str, Any]) -> Iterator[Path]:
    """The file that a job was given. Refused: one that is no longer kept."""
    stored = StoredFile.objects.filter(pk=told["file"]).first()
    if stored is None:
        raise FileRefused("file_gone", "The file is no longer kept: choose it again.")
    with open_file(stored) as source, upload_on_disk(source, name=stored.name) as path:
        yield path


@contextmanager
def upload_on_disk(source: IO[bytes], *, name: str) -> Iterator[Path]:
    """A file under its own name in a folder of this process, removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        # The end of its name: a file system takes 255 bytes, not 255 characters.
        path = Path(folder) / name.encode()[-200:].decode(errors="ignore")
        with path.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        yield path
