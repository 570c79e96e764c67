"""Ask for a version of the return as files, which a worker makes."""

from datetime import datetime

from campaigns.access import Actor
from campaigns.actions.jobs import start_job
from campaigns.models import Job, ReturnVersion

RETURN_FILES = "return_files"


def ask_for_return_files(
    version: ReturnVersion, *, for_inspection: bool = False, by: Actor, at: datetime
) -> Job:
    """Start a job of kind `return_files`: PDF, PDF with the receipts, workbook, and
    the tables in a zip.

    `for_inspection`: instead PDF, workbook and tables of a copy that anybody may look
    at, without the addresses of individual donors.
    """
    campaign = version.campaign
    title = f"{version}, {campaign}"
    return start_job(
        RETURN_FILES,
        title=f"Copy for inspection: {title}" if for_inspection else title,
        organisation=campaign.organisation,
        campaign=campaign,
        parameters={"version": version.version, "for_inspection": for_inspection},
        by=by,
        at=at,
    )
