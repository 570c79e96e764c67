"""Who is known to have voted, hour by hour, as tellers bring it in."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncHour

from campaigns.clock import UK
from campaigns.models import Campaign
from campaigns.reports.kept_counts import LARGE, Wards, kept
from canvassing.models import ElectorStanding
from canvassing.reports.progress import within

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Hour:
    """From `begins` on, for one hour: electors marked as voted, and pledges of them."""

    begins: datetime
    voted: int = 0
    pledges: int = 0


def voted_by_hour(
    campaign: Campaign, wards: Wards, *, electors: int, at: datetime
) -> list[Hour]:
    """From the first mark of polling day to the hour of `at`, or its last, without a
    gap. One query.

    Of a large campaign, by its number of `electors`, the whole may be half a minute
    old.
    """
    hours = kept(
        f"voted-by-hour:{campaign.pk}",
        lambda: _counted(campaign, wards, at),
        wards=wards,
        when=lambda _: electors >= LARGE,
    )
    if not hours:
        return []
    first, last = min(hours), min(at.astimezone(UK), _polling_day(campaign)[1] - HOUR)
    every = (first + HOUR * n for n in range((last - first) // HOUR + 1))
    return [hours.get(begins, Hour(begins)) for begins in every]


def _polling_day(campaign: Campaign) -> tuple[datetime, datetime]:
    """Its midnights; what is marked later was typed up after the day."""
    begins = datetime.combine(campaign.election.poll_on, time.min, tzinfo=UK)
    return begins, begins + timedelta(days=1)


def _counted(campaign: Campaign, wards: Wards, at: datetime) -> dict[datetime, Hour]:
    begins, ends = _polling_day(campaign)
    found = (
        ElectorStanding.objects.of(campaign.organisation_id)
        .filter(within(wards), campaign=campaign, is_current=True)
        .filter(voted_at__gte=begins, voted_at__lt=ends, voted_at__lte=at)
        .values(begins=TruncHour("voted_at", tzinfo=UK))
        .annotate(
            voted=Count("elector_id"),
            pledges=Count("elector_id", filter=Q(pledged=True)),
        )
        .order_by()
    )
    return {row["begins"]: Hour(**row) for row in found}
