"""Donations of a campaign: kept, still to be decided, given back, only promised."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from campaigns.clock import UK
from campaigns.models import Campaign, Donation
from campaigns.rules.donor_evidence import Evidence, missing_evidence
from campaigns.rules.permissible_donations import (
    DAYS_TO_CHECK,
    NEVER,
    DonorKind,
    is_controlled,
    return_by,
)

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class DonationPosition:
    """Sums in pounds; `overdue` counts the undecided of more than 30 days ago.

    `in_kind` is the part of `accepted` that is no money: it is never cash.
    """

    accepted: Decimal
    in_kind: Decimal
    undecided: Decimal
    promised: Decimal
    returned: Decimal
    overdue: int

    @property
    def in_money(self) -> Decimal:
        return self.accepted - self.in_kind


def donation_position(campaign: Campaign, *, at: datetime) -> DonationPosition:
    """Live donations only. One query."""
    open_ = Q(accepted_on__isnull=True, returned_on__isnull=True)
    received = Q(received_on__isnull=False)
    accepted = Q(accepted_on__isnull=False)
    late = Q(received_on__lt=at.astimezone(UK).date() - DAYS_TO_CHECK)
    sums = Donation.objects.filter(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        voided_at__isnull=True,
    ).aggregate(
        accepted=_sum(accepted),
        in_kind=_sum(accepted & ~Q(in_kind="")),
        undecided=_sum(open_ & received),
        promised=_sum(open_ & ~received),
        returned=_sum(Q(returned_on__isnull=False)),
        overdue=Count("pk", filter=open_ & late),
    )
    return DonationPosition(**sums)


def _sum(of: Q) -> Coalesce:
    return Coalesce(Sum("amount", filter=of), NOTHING)


@dataclass(frozen=True, slots=True)
class DonationStanding:
    """One donation as it stands on a day.

    `decide_by` and `days_left` (below nought when passed) are None where nothing is to
    be decided; `missing` is what must still be looked at before it may be accepted.
    `may_go_back` also where it was accepted, within the days that the law gives.
    """

    donation: Donation
    decide_by: date | None
    days_left: int | None
    must_return: bool
    missing: tuple[Evidence, ...]
    may_go_back: bool

    @property
    def days_over(self) -> int:
        """For how many days the law has taken it as accepted."""
        return max(0, -(self.days_left or 0))

    @property
    def is_kept_unchecked(self) -> bool:
        """The law has taken it as accepted, and nobody has looked at who gave it."""
        return bool(self.days_over and self.missing and not self.must_return)


def donation_standing(donation: Donation, *, on: date) -> DonationStanding:
    """Without a query where `evidence` is prefetched."""
    is_done = bool(donation.returned_on or donation.voided_at)
    is_open = not (is_done or donation.accepted_on)
    controlled = is_controlled(donation.amount)
    kind = DonorKind[donation.donor_kind.upper()]
    decide_by, may_go_back = None, False
    if donation.received_on:
        last = return_by(donation.received_on)
        decide_by = last if is_open else None
        may_go_back = is_open or (not is_done and on <= last)
    missing: tuple[Evidence, ...] = ()
    if is_open and controlled:
        missing = missing_evidence(kind, {row.code for row in donation.evidence.all()})
    return DonationStanding(
        donation=donation,
        decide_by=decide_by,
        days_left=(decide_by - on).days if decide_by else None,
        must_return=is_open and controlled and kind in NEVER,
        missing=missing,
        may_go_back=may_go_back,
    )


def donations_to_decide(
    campaign: Campaign, *, on: date
) -> tuple[DonationStanding, ...]:
    """Received and neither kept nor given back, the most urgent first. Two queries."""
    waiting = (
        Donation.objects.filter(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            voided_at__isnull=True,
            received_on__isnull=False,
            accepted_on__isnull=True,
            returned_on__isnull=True,
        )
        .prefetch_related("evidence")
        .order_by("received_on", "pk")
    )
    return tuple(donation_standing(donation, on=on) for donation in waiting)
