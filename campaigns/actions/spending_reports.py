"""Ask for the spending report, which a worker makes."""

from datetime import datetime

from campaigns.access import Actor
from campaigns.actions.jobs import start_job
from campaigns.models import Campaign, Job

SPENDING_REPORT = "spending_report"


def ask_for_spending_report(*, campaign: Campaign, by: Actor, at: datetime) -> Job:
    """Start a job of kind `spending_report`, which makes HTML, PDF and CSV files."""
    return start_job(
        SPENDING_REPORT,
        title=f"Spending report, {campaign}",
        organisation=campaign.organisation,
        campaign=campaign,
        by=by,
        at=at,
    )
