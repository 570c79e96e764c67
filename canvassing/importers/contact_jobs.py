"""Uploaded files of contacts: looked at, and then loaded, each as one visible job."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial
from typing import IO, TYPE_CHECKING, Any, Final

from django.db import transaction

from campaigns.access import Actor, Grant
from campaigns.actions.files import still_kept, store_file
from campaigns.actions.jobs import start_job
from campaigns.clock import now
from campaigns.importers.register_jobs import on_disk
from campaigns.models import (
    Campaign,
    Council,
    Job,
    JobState,
    RegisterEdition,
    StoredFile,
)
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from canvassing.actions.contact_mappings import Told, remember_mapping, told_of
from canvassing.importers.contact_checks import check_contacts
from canvassing.importers.contacts_csv import import_contacts

if TYPE_CHECKING:
    from campaigns.models import JobPart

CHECK: Final = "contacts_check"
LOAD: Final = "contacts_import"
KEPT_FOR: Final = timedelta(
    days=2
)  # the upload itself; what it says is in the contacts

Progress = Callable[[int, int], None]


class ContactsCheckRefused(Refusal):
    """The check cannot be gone on from."""


def start_contacts_check(
    upload: IO[bytes],
    *,
    file_name: str,
    campaign: Campaign,
    council: Council,
    edition: RegisterEdition | None = None,
    by: Actor,
    at: datetime,
) -> Job:
    """Keep the file and let a worker say what it would do; nothing is written.

    The job's result is a `ContactsCheck`. Audit: `job.started`.
    """
    with transaction.atomic():
        stored = store_file(
            upload,
            name=file_name,
            kind="upload",
            capability=Capability.MANAGE_CAMPAIGN,
            organisation=campaign.organisation,
            campaign=campaign,
            at=at,
            kept_for=KEPT_FOR,
        )
        told = {
            "file": stored.pk,
            "name": stored.name,
            "council": council.pk,
            "edition": edition and edition.pk,
        }
        return _start(CHECK, campaign, told, by=by, at=at)


def check_with_mapping(check: Job, told: Told, *, by: Actor, at: datetime) -> Job:
    """Remember what the columns and codes mean, and look at the file once more.

    What was told of words that are not in this file stays. Refused: a check that has
    not come to its end, a file that is no longer kept, a code that we do not have.
    """
    campaign = _campaign_of(check, at=at)
    header, words = check.result["header"], check.result["codes"]
    before = told_of(header, campaign=campaign)
    others = {word: ours for word, ours in before.codes.items() if word not in words}
    whole = Told(before.columns, others) | told
    with transaction.atomic():
        remember_mapping(header, whole, by=by, at=at, campaign=campaign)
        return _start(CHECK, campaign, check.parameters, by=by, at=at)


def load_contacts(check: Job, *, by: Actor, at: datetime) -> Job:
    """Load the file that was looked at. Refused: one that cannot be loaded yet, or is
    no longer kept."""
    campaign = _campaign_of(check, at=at)
    if check.result["missing"]:
        raise ContactsCheckRefused("not_ready", check.result["missing"])
    return _start(LOAD, campaign, check.parameters, by=by, at=at)


def run_contacts_check(part: "JobPart", progress: Progress) -> dict[str, object]:
    with on_disk(part.job.parameters) as path:
        check = check_contacts(
            path, by=_who_asked(part.job), progress=progress, **_where(part.job)
        )
    return asdict(check)


def run_contacts_import(part: "JobPart", progress: Progress) -> dict[str, object]:
    """Again, what is filed is answered as filed already: nothing is done twice."""
    told = part.job.parameters
    with on_disk(told) as path:
        imported = import_contacts(
            path,
            by=_who_asked(part.job),
            clock=partial(now, part.job.organisation),
            progress=progress,
            **_where(part.job),
        )
    return asdict(imported)


def _start(
    kind: str, campaign: Campaign, told: dict[str, Any], *, by: Actor, at: datetime
) -> Job:
    """A load that is interrupted goes on in the reach of whoever asked for it."""
    wards = by.ward_ids(Capability.RECORD_CONTACTS, campaign=campaign)
    reach = None if wards is None else sorted(wards)
    verb = "Check" if kind == CHECK else "Load"
    return start_job(
        kind,
        title=f"{verb} contacts: {told['name']}"[:200],
        organisation=campaign.organisation,
        campaign=campaign,
        parameters={**told, "wards": reach},
        by=by,
        at=at,
    )


def _campaign_of(check: Job, *, at: datetime) -> Campaign:
    if check.kind != CHECK or check.state != JobState.DONE or check.campaign is None:
        raise ContactsCheckRefused(
            "not_checked", "This file has not been looked at yet."
        )
    file = StoredFile.objects.filter(pk=check.parameters["file"])
    if not still_kept(file, at=at).exists():
        raise ContactsCheckRefused(
            "file_gone", "The file is no longer kept: choose it again."
        )
    return check.campaign


def _where(job: Job) -> dict[str, Any]:
    edition = job.parameters["edition"]
    return {
        "campaign": Campaign.objects.select_related("election").get(job=job),
        "council": Council.objects.get(pk=job.parameters["council"]),
        "edition": edition and RegisterEdition.objects.get(pk=edition),
    }


def _who_asked(job: Job) -> Actor:
    """With what they could record when they asked."""
    wards = job.parameters["wards"]
    grant = Grant(
        job.organisation_id,
        job.campaign_id,
        None if wards is None else frozenset(wards),
        frozenset({Capability.RECORD_CONTACTS}),
    )
    return Actor(job.by_kind, job.by_id, job.by_label, (grant,))
