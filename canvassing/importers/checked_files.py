"""Uploaded files of contact details and opt-outs: looked at, and then loaded, each as
one job."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
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
from canvassing.importers import contact_details_csv, opt_outs_csv
from canvassing.importers.row_batches import RowsImported

if TYPE_CHECKING:
    from campaigns.models import JobPart

KEPT_FOR: Final = timedelta(days=2)  # the upload; what it says is with the electors

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A sort of file: the kinds of its two jobs, what it holds, the capability that its
    rows are filed by, and `load`, which takes the path and the job's parameters."""

    check: str
    load: str
    what: str
    files_by: Capability
    read: Callable[..., RowsImported]

    @property
    def kinds(self) -> tuple[str, str]:
        return self.check, self.load


def _read_details(path: Any, told: dict[str, Any], **where: Any) -> RowsImported:
    terms = contact_details_csv.Terms(told["source"], told["notice"])
    return contact_details_csv.import_contact_details(path, terms=terms, **where)


def _read_opt_outs(path: Any, told: dict[str, Any], **where: Any) -> RowsImported:
    terms = opt_outs_csv.Terms(told["source"], told["for_good"])
    return opt_outs_csv.import_opt_outs(path, terms=terms, **where)


DETAILS: Final = CheckedFile(
    "contact_details_check",
    "contact_details_import",
    "contact details",
    Capability.RECORD_CONTACTS,
    _read_details,
)
OPT_OUTS: Final = CheckedFile(
    "opt_outs_check",
    "opt_outs_import",
    "do-not-contact list",
    Capability.SEE_ELECTORS,
    _read_opt_outs,
)
SORTS: Final = (DETAILS, OPT_OUTS)


class FileCheckRefused(Refusal):
    """The check cannot be gone on from."""


@transaction.atomic
def start_check(
    sort: CheckedFile,
    upload: IO[bytes],
    *,
    file_name: str,
    campaign: Campaign,
    council: Council,
    terms: contact_details_csv.Terms | opt_outs_csv.Terms,
    by: Actor,
    at: datetime,
) -> Job:
    """Keep the file and let a worker say what it would do; nothing is written.

    The job's result is a `RowsImported`. Audit: `job.started`.
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
    told = {"file": stored.pk, "name": stored.name, "council": council.pk}
    return _start(sort, sort.check, campaign, told | asdict(terms), by=by, at=at)


def load_checked(sort: CheckedFile, check: Job, *, by: Actor, at: datetime) -> Job:
    """Load the file that was looked at. Refused: one that was not, or is no longer
    kept."""
    is_checked = check.kind == sort.check and check.state == JobState.DONE
    if not is_checked or check.campaign is None:
        raise FileCheckRefused("not_checked", "This file has not been looked at yet.")
    file = StoredFile.objects.filter(pk=check.parameters["file"])
    if not still_kept(file, at=at).exists():
        raise FileCheckRefused(
            "file_gone", "The file is no longer kept: choose it again."
        )
    return _start(sort, sort.load, check.campaign, check.parameters, by=by, at=at)


def run_checked_file(part: "JobPart", progress: Progress) -> dict[str, object]:
    """Either job of either sort. Again, what is filed is answered as filed already."""
    job = part.job
    [sort] = [one for one in SORTS if job.kind in one.kinds]
    grant = Grant(
        job.organisation_id, job.campaign_id, None, frozenset({sort.files_by})
    )
    with on_disk(job.parameters) as path:
        imported = sort.read(
            path,
            job.parameters,
            by=Actor(job.by_kind, job.by_id, job.by_label, (grant,)),
            clock=partial(now, job.organisation),
            campaign=Campaign.objects.select_related("election").get(job=job),
            council=Council.objects.get(pk=job.parameters["council"]),
            only_check=job.kind == sort.check,
            progress=progress,
        )
    return asdict(imported)


def _start(
    sort: CheckedFile,
    kind: str,
    campaign: Campaign,
    told: dict[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> Job:
    verb = "Check" if kind == sort.check else "Load"
    return start_job(
        kind,
        title=f"{verb} {sort.what}: {told['name']}"[:200],
        organisation=campaign.organisation,
        campaign=campaign,
        parameters=told,
        by=by,
        at=at,
    )
