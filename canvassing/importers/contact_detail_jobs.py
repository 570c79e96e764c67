"""Uploaded files of contact details: looked at, and then loaded, each as one job."""

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
from campaigns.models import Campaign, Council, Job, JobState, StoredFile
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from canvassing.importers.contact_details_csv import Terms, import_contact_details

if TYPE_CHECKING:
    from campaigns.models import JobPart

CHECK: Final = "contact_details_check"
LOAD: Final = "contact_details_import"
KEPT_FOR: Final = timedelta(days=2)  # the upload; what it says is with the electors

Progress = Callable[[int, int], None]


class DetailsCheckRefused(Refusal):
    """The check cannot be gone on from."""


@transaction.atomic
def start_details_check(
    upload: IO[bytes],
    *,
    file_name: str,
    campaign: Campaign,
    council: Council,
    terms: Terms,
    by: Actor,
    at: datetime,
) -> Job:
    """Keep the file and let a worker say what it would do; nothing is written.

    The job's result is a `DetailsImported`. Audit: `job.started`.
    """
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
        "source": terms.source,
        "notice": terms.notice,
    }
    return _start(CHECK, campaign, told, by=by, at=at)


def load_details(check: Job, *, by: Actor, at: datetime) -> Job:
    """Load the file that was looked at. Refused: one that was not, or is no longer
    kept."""
    if check.kind != CHECK or check.state != JobState.DONE or check.campaign is None:
        raise DetailsCheckRefused(
            "not_checked", "This file has not been looked at yet."
        )
    file = StoredFile.objects.filter(pk=check.parameters["file"])
    if not still_kept(file, at=at).exists():
        raise DetailsCheckRefused(
            "file_gone", "The file is no longer kept: choose it again."
        )
    return _start(LOAD, check.campaign, check.parameters, by=by, at=at)


def run_details_job(part: "JobPart", progress: Progress) -> dict[str, object]:
    """Either kind. Again, what is filed is answered as filed already."""
    job = part.job
    told = job.parameters
    grant = Grant(
        job.organisation_id,
        job.campaign_id,
        None,
        frozenset({Capability.RECORD_CONTACTS}),
    )
    with on_disk(told) as path:
        imported = import_contact_details(
            path,
            terms=Terms(told["source"], told["notice"]),
            by=Actor(job.by_kind, job.by_id, job.by_label, (grant,)),
            clock=partial(now, job.organisation),
            campaign=Campaign.objects.select_related("election").get(job=job),
            council=Council.objects.get(pk=told["council"]),
            only_check=job.kind == CHECK,
            progress=progress,
        )
    return asdict(imported)


def _start(
    kind: str, campaign: Campaign, told: dict[str, Any], *, by: Actor, at: datetime
) -> Job:
    verb = "Check" if kind == CHECK else "Load"
    return start_job(
        kind,
        title=f"{verb} contact details: {told['name']}"[:200],
        organisation=campaign.organisation,
        campaign=campaign,
        parameters=told,
        by=by,
        at=at,
    )
