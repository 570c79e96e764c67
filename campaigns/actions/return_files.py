"""Ask for a version of the return as files, which a worker makes."""

from datetime import datetime

from campaigns.access import Actor
from campaigns.actions.jobs import start_job
from campaigns.models import Job, ReturnVersion

RETURN_FILES = "return_files"


def ask_for_return_files(version: ReturnVersion, *, by: Actor, at: datetime) -> Job:
    """Start a job of kind `return_files`: PDF, PDF with the receipts, workbook, and
    the tables in a zip."""
    campaign = version.campaign
    return start_job(
        RETURN_FILES,
        title=f"{version}, {campaign}",
        organisation=campaign.organisation,
        campaign=campaign,
        parameters={"version": version.version},
        by=by,
        at=at,
    )
