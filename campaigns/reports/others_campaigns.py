"""What others spend for the candidate on campaigns of their own, and may so spend."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum

from campaigns.models import Campaign, OutsideActivity
from campaigns.reports.campaign_limit import CampaignLimit, campaign_limit
from campaigns.rules.election_kinds import PollKind, parse_election_id
from campaigns.rules.money import pounds
from campaigns.rules.payments import SumRefused, permitted_for_others

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
        permitted = permitted_for_others(
            name.kind,
            poll_on=campaign.election.poll_on,
            electors=basis.electors,
            area=area,
        )
    except SumRefused:
        return PermittedSum(
            None,
            "What another body may spend without the agent's written authority was "
            "not read for this poll: ask the returning officer or the Commission.",
        )
    by_estimate = (
        name.kind is PollKind.LOCAL
        and basis.electors is not None
        and not basis.is_official
    )
    estimate = "It is worked from an estimate of the electors. " if by_estimate else ""
    return PermittedSum(permitted.amount, f"{estimate}{permitted.caution}".strip())


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
    """What a report says where others campaign and their sum, or its days, were not
    read."""
    permitted = permitted_sum(campaign, basis)
    if not permitted.caution:
        return ""
    live = outside_activities(campaign).filter(voided_at__isnull=True)
    if not live.exists():
        return ""
    return f"Others campaign on their own account. {permitted.sentence}"
