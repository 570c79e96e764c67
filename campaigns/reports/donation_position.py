"""Donations of a campaign: kept, still to be decided, given back."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from campaigns.clock import UK
from campaigns.models import Campaign, Donation
from campaigns.rules.permissible_donations import DAYS_TO_CHECK

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class DonationPosition:
    """Sums in pounds; `overdue` counts the undecided of more than 30 days ago."""

    accepted: Decimal
    undecided: Decimal
    promised: Decimal
    returned: Decimal
    overdue: int


def donation_position(campaign: Campaign, *, at: datetime) -> DonationPosition:
    """Live donations only. One query."""
    open_ = Q(accepted_on__isnull=True, returned_on__isnull=True)
    received = Q(received_on__isnull=False)
    late = Q(received_on__lt=at.astimezone(UK).date() - DAYS_TO_CHECK)
    sums = Donation.objects.filter(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        voided_at__isnull=True,
    ).aggregate(
        accepted=_sum(Q(accepted_on__isnull=False)),
        undecided=_sum(open_ & received),
        promised=_sum(open_ & ~received),
        returned=_sum(Q(returned_on__isnull=False)),
        overdue=Count("pk", filter=open_ & late),
    )
    return DonationPosition(**sums)


def _sum(of: Q) -> Coalesce:
    return Coalesce(Sum("amount", filter=of), NOTHING)
