"""Ask for all receipts in one PDF, which a worker makes."""

from datetime import datetime

from campaigns.access import Actor
from campaigns.actions.document_files import DocumentRefused
from campaigns.actions.jobs import start_job
from campaigns.models import Campaign, Job
from campaigns.reports.documents import live_documents

RECEIPTS_BUNDLE = "receipts_bundle"


def ask_for_receipts_bundle(*, campaign: Campaign, by: Actor, at: datetime) -> Job:
    """Start a job of kind `receipts_bundle`, which makes one PDF.

    Refused: where there is no receipt that proves anything.
    """
    if not live_documents(campaign).exists():
        raise DocumentRefused("no_receipts", "There is no receipt to put together yet.")
    return start_job(
        RECEIPTS_BUNDLE,
        title=f"Receipts, {campaign}",
        organisation=campaign.organisation,
        campaign=campaign,
        by=by,
        at=at,
    )
