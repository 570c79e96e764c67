"""What the candidate paid, and what of the law about it was not read."""

from collections.abc import Iterator

from django.db.models import QuerySet, Sum

from campaigns.models import Campaign, ExpenseKind, Payer, Payment
from campaigns.reports.counted_expenses import NOTHING
from campaigns.rules.early_payments import early_caution
from campaigns.rules.election_kinds import parse_election_id
from campaigns.rules.money import pounds
from campaigns.rules.payments import candidates_sum_caution


def unchecked_sum(campaign: Campaign) -> str:
    """That the candidate's sum, or from which day it holds, was not read; else empty.
    No query."""
    kind = parse_election_id(campaign.election.slug).kind
    return candidates_sum_caution(kind, poll_on=campaign.election.poll_on)


def unchecked_payer(campaign: Campaign, kind: str) -> str:
    """What is not sure of a candidate's payment for an expense of this kind. No
    query."""
    if kind == ExpenseKind.PERSONAL:
        return unchecked_sum(campaign)
    poll = parse_election_id(campaign.election.slug).kind
    return early_caution(poll, poll_on=campaign.election.poll_on)


def candidate_cautions(campaign: Campaign) -> Iterator[tuple[str, str]]:
    """What a report says of what the candidate paid, by its code: of personal expenses
    where the sum, or its days, were not read, and of what was paid before there was an
    agent. One query."""
    sums = dict.fromkeys((True, False), NOTHING)
    paid = paid_by_candidate(campaign).values_list("invoice__expense__kind")
    for kind, amount in paid.annotate(sum=Sum("amount")):
        sums[kind == ExpenseKind.PERSONAL] += amount
    caution = unchecked_sum(campaign)
    if sums[True] and caution:
        said = f"The candidate paid {pounds(sums[True])} personally. {caution}"
        yield "candidates_sum_not_read", said
    if sums[False]:
        caution = unchecked_payer(campaign, ExpenseKind.INCURRED)
        yield (
            "paid_before_the_agent",
            f"The candidate paid {pounds(sums[False])} before an agent was appointed. "
            f"{caution}",
        )


def paid_by_candidate(campaign: Campaign) -> QuerySet[Payment]:
    return _paid(campaign).filter(paid_by=Payer.CANDIDATE)


def paid_by_others(campaign: Campaign) -> QuerySet[Payment]:
    return _paid(campaign).exclude(paid_by=Payer.CANDIDATE)


def _paid(campaign: Campaign) -> QuerySet[Payment]:
    return Payment.objects.of(campaign.organisation_id).filter(
        invoice__expense__campaign=campaign, voided_at__isnull=True
    )
