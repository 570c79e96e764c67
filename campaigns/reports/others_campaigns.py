"""What others spend for the candidate on campaigns of their own, and may so spend."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum

from campaigns.models import Campaign, OutsideActivity
from campaigns.reports.campaign_limit import CampaignLimit, campaign_limit
from campaigns.rules.election_kinds import PollKind, parse_election_id
from campaigns.rules.money import pounds
from campaigns.rules.payments import (
    SINCE_WHEN_NOT_READ,
    SumRefused,
    permitted_for_others,
)

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class PermittedSum:
    """What each may spend without written authority, in pounds, or None where that
    was not read; a `caution` is shown with it."""

    amount: Decimal | None
    caution: str = ""

    @property
    def sentence(self) -> str:
        if self.amount is None:
            return self.caution
        return (
            f"Without the agent's written authority each may spend "
            f"{pounds(self.amount)} in all. {self.caution}"
        ).strip()


def permitted_sum(
    campaign: Campaign, basis: CampaignLimit | None = None
) -> PermittedSum:
    """Worked from the electors that the limit is worked from (`basis`, else read)."""
    basis = basis or campaign_limit(campaign)
    name = parse_election_id(campaign.election.slug)
    area = name.areas[0] if name.areas else ""
    try:
        amount = permitted_for_others(name.kind, electors=basis.electors, area=area)
    except SumRefused:
        return PermittedSum(
            None,
            "What another body may spend without the agent's written authority was "
            "not read for this poll: ask the returning officer or the Commission.",
        )
    if name.kind is PollKind.POLICE_COMMISSIONER:
        return PermittedSum(amount, SINCE_WHEN_NOT_READ)
    by_estimate = basis.electors is not None and not basis.is_official
    caution = "It is worked from an estimate of the electors." if by_estimate else ""
    return PermittedSum(amount, caution)


def outside_activities(campaign: Campaign) -> QuerySet[OutsideActivity]:
    """All that was written down, the voided too, newest first."""
    return (
        OutsideActivity.objects.of(campaign.organisation_id)
        .filter(campaign=campaign)
        .order_by("-pk")
    )


def spent_by_body(campaign: Campaign, body: str) -> Decimal:
    """What a body, however its letters are cased, spent on its own campaign."""
    live = outside_activities(campaign).filter(
        voided_at__isnull=True, body__iexact=body
    )
    return live.aggregate(sum=Sum("value"))["sum"] or NOTHING


def outside_caution(campaign: Campaign, basis: CampaignLimit) -> str:
    """What a report says where others campaign and their sum was not read."""
    permitted = permitted_sum(campaign, basis)
    if permitted.amount is not None:
        return ""
    live = outside_activities(campaign).filter(voided_at__isnull=True)
    if not live.exists():
        return ""
    return f"Others campaign on their own account. {permitted.caution}"
