"""What the candidate paid personally, and what of the law's sum was not read."""

from django.db.models import Sum

from campaigns.models import Campaign, Payer, Payment
from campaigns.rules.election_kinds import parse_election_id
from campaigns.rules.money import pounds
from campaigns.rules.payments import candidates_sum_caution


def unchecked_sum(campaign: Campaign) -> str:
    """That the candidate's sum, or from which day it holds, was not read; else empty.
    No query."""
    kind = parse_election_id(campaign.election.slug).kind
    return candidates_sum_caution(kind, poll_on=campaign.election.poll_on)


def candidate_caution(campaign: Campaign) -> str:
    """What a report says where the candidate paid and their sum, or its days, were
    not read. One query at most."""
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
