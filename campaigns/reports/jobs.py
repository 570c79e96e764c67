"""Long work of a campaign, and of its organisation as a whole."""

from datetime import datetime

from django.db.models import Q, QuerySet

from campaigns.models import Campaign, Job


def jobs_of(campaign: Campaign) -> QuerySet[Job]:
    """Newest first: the campaign's own, and those of no campaign in particular."""
    return (
        Job.objects.of(campaign.organisation_id)
        .filter(Q(campaign=campaign) | Q(campaign__isnull=True))
        .order_by("-pk")
    )


def latest_jobs(campaign: Campaign, most: int = 4) -> list[Job]:
    return list(jobs_of(campaign)[:most])


def seconds_left(job: Job, *, now: datetime) -> int | None:
    """How much longer at the pace so far; null when not known.

    `now` is real time: workers do not follow the demo's clock.
    """
    if job.started_at is None or not 0 < job.done < job.total:
        return None
    gone = (now - job.started_at).total_seconds()
    left = gone / job.done * (job.total - job.done)
    return round(left) + 1
