"""Uploaded tables of volunteers, each loaded by a worker as one visible job."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import IO, TYPE_CHECKING, Final

from django.db import transaction

from campaigns.actions.files import store_file
from campaigns.actions.job_parts import finish_part
from campaigns.actions.jobs import start_job
from campaigns.importers.register_jobs import on_disk
from campaigns.models import Campaign, Job
from campaigns.roles import Capability
from volunteers.importers.volunteers_csv import import_volunteers

if TYPE_CHECKING:
    from campaigns.access import Actor
    from campaigns.models import JobPart

JOB_KIND: Final = "volunteers_import"
KEPT_FOR: Final = timedelta(days=2)  # the upload; whom it names are volunteers


@transaction.atomic(durable=True)
def start_loading(
    upload: IO[bytes],
    *,
    file_name: str,
    campaign: Campaign,
    by: "Actor",
    at: datetime,
) -> Job:
    """Keep the file and let a worker load it. The job's result is a `VolunteersRead`.

    Audit: `job.started`, then that of `import_volunteers`.
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
    return start_job(
        JOB_KIND,
        title=f"Load volunteers: {stored.name}",
        organisation=campaign.organisation,
        campaign=campaign,
        parameters={"file": stored.pk},
        by=by,
        at=at,
    )


def load_part(
    part: "JobPart",
    progress: Callable[[int, int], None],
    *,
    by: "Actor",
    at: datetime,
) -> dict[str, object]:
    """Add whoever is new, and end the part with it: both, or neither."""
    with on_disk(part.job.parameters) as path:
        read = import_volunteers(
            path,
            campaign=Campaign.objects.get(job=part.job_id),
            by=by,
            at=at,
            progress=progress,
            before_commit=lambda read: finish_part(part, asdict(read)),
        )
    return asdict(read)
