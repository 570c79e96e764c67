"""Donations of a campaign: kept, still to be decided, given back, only promised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from campaigns.clock import day_of
from campaigns.models import Campaign, Donation
from campaigns.rules.donor_evidence import Evidence, missing_evidence
from campaigns.rules.permissible_donations import (
    NEVER,
    DonorKind,
    is_controlled,
    return_by,
)

NOTHING = Decimal("0.00")
WHAT_DECIDES = (
    "amount",
    "donor_kind",
    "in_kind",
    "received_on",
    "accepted_on",
    "returned_on",
)


@dataclass(frozen=True, slots=True)
class DonationPosition:
    """Sums in pounds. `overdue` counts those that the law has taken as accepted since
    nobody decided within 30 days.

    `in_kind` is the part of `accepted` that is no money: it is never cash. `paid_back`
    is another, which went back when it was accepted already.
    """

    accepted: Decimal
    in_kind: Decimal
    paid_back: Decimal
    undecided: Decimal
    promised: Decimal
    returned: Decimal
    overdue: int

    @property
    def in_money(self) -> Decimal:
        return self.accepted - self.in_kind


def donation_position(campaign: Campaign, *, at: datetime) -> DonationPosition:
    """Live donations only. One query."""
    on = day_of(at)
    live = Donation.objects.filter(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        voided_at__isnull=True,
    ).only(*WHAT_DECIDES)
    kept = [donation for donation in live if donation.is_kept(on)]
    others = [donation for donation in live if not donation.is_kept(on)]
    open_ = [donation for donation in others if not donation.returned_on]
    return DonationPosition(
        accepted=_sum(kept),
        in_kind=_sum(one for one in kept if one.in_kind),
        paid_back=_sum(one for one in kept if one.returned_on),
        undecided=_sum(one for one in open_ if one.received_on),
        promised=_sum(one for one in open_ if not one.received_on),
        returned=_sum(one for one in others if one.returned_on),
        overdue=sum(not (one.accepted_on or one.returned_on) for one in kept),
    )


def _sum(donations: Iterable[Donation]) -> Decimal:
    return sum((donation.amount for donation in donations), NOTHING)


@dataclass(frozen=True, slots=True)
class DonationStanding:
    """One donation as it stands on a day.

    `decide_by` and `days_left` (below nought when passed) are None where nothing is to
    be decided; `missing` is what must still be looked at before it may be accepted.
    `may_go_back` also where it was accepted; where `is_for_good` it is accepted all
    the same, and what goes back is noted beside it.
    """

    donation: Donation
    decide_by: date | None
    days_left: int | None
    must_return: bool
    missing: tuple[Evidence, ...]
    may_go_back: bool
    is_for_good: bool

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
    decide_by, is_past = None, False
    if donation.received_on:
        last = return_by(donation.received_on)
        decide_by, is_past = last if is_open else None, on > last
    missing: tuple[Evidence, ...] = ()
    if is_open and controlled:
        missing = missing_evidence(kind, {row.code for row in donation.evidence.all()})
    return DonationStanding(
        donation=donation,
        decide_by=decide_by,
        days_left=(decide_by - on).days if decide_by else None,
        must_return=is_open and controlled and kind in NEVER,
        missing=missing,
        may_go_back=donation.received_on is not None and not is_done,
        is_for_good=is_past and not (controlled and kind in NEVER),
    )


def donations_to_decide(
    campaign: Campaign, *, on: date
) -> tuple[DonationStanding, ...]:
    """Received and neither accepted nor given back, though the law may have taken it
    as accepted, the most urgent first. Two queries."""
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
