"""What the candidate paid personally, where the law's sum for that was not read."""

from django.db.models import Sum

from campaigns.models import Campaign, Payer, Payment
from campaigns.rules.election_kinds import parse_election_id
from campaigns.rules.money import pounds
from campaigns.rules.payments import CANDIDATES_SUM_NOT_READ, candidate_may_pay


def unchecked_sum(campaign: Campaign) -> str:
    """That the candidate's sum was not read for this poll; else empty. No query."""
    kind = parse_election_id(campaign.election.slug).kind
    return CANDIDATES_SUM_NOT_READ if candidate_may_pay(kind) is None else ""


def candidate_caution(campaign: Campaign) -> str:
    """What a report says where the candidate paid and their sum was not read. One
    query at most."""
    caution = unchecked_sum(campaign)
    if not caution:
        return ""
    paid = Payment.objects.of(campaign.organisation_id).filter(
        invoice__expense__campaign=campaign,
        paid_by=Payer.CANDIDATE,
        voided_at__isnull=True,
    )
    total = paid.aggregate(sum=Sum("amount"))["sum"]
    return f"The candidate paid {pounds(total)} personally. {caution}" if total else ""
