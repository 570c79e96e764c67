"""The days on which one campaign's spending counts."""

from dataclasses import dataclass
from datetime import timedelta

from campaigns.models import Campaign
from campaigns.reports.bank_holidays import bank_holidays
from campaigns.rules.election_kinds import PollKind, parse_election_id
from campaigns.rules.refusals import Refusal
from campaigns.rules.regulated_periods import (
    NOTICE_KINDS,
    RegulatedPeriod,
    regulated_period,
    short_period,
)

ONE_YEAR = timedelta(days=365)
WITH_LONG_CAMPAIGN = frozenset((PollKind.UK_PARLIAMENT, PollKind.SCOTTISH_PARLIAMENT))


@dataclass(frozen=True, slots=True)
class CampaignPeriod:
    """The regulated period, and what has to be said about it."""

    period: RegulatedPeriod
    cautions: tuple[str, ...]


def campaign_period(campaign: Campaign) -> CampaignPeriod:
    """The short period, from the day our candidate became one.

    Where the rule or the day is not known, a whole year counts, which is the cautious
    answer, and a caution says so.
    """
    kind = parse_election_id(campaign.election.slug).kind
    cautions = []
    if kind in WITH_LONG_CAMPAIGN:
        cautions.append(
            "A long campaign with its own limit may come before this period: it is not "
            "worked out here."
        )
    try:
        period = _period(campaign, kind)
    except Refusal as refusal:
        poll_on = campaign.election.poll_on
        period = RegulatedPeriod(poll_on - ONE_YEAR, poll_on)
        cautions.append(f"{refusal.message} Until then a whole year is counted.")
    return CampaignPeriod(period, tuple(cautions))


def _period(campaign: Campaign, kind: PollKind) -> RegulatedPeriod:
    election, candidate_on = campaign.election, campaign.became_candidate_on
    if kind not in NOTICE_KINDS and candidate_on is not None:
        return short_period(candidate_on=candidate_on, poll_on=election.poll_on)
    return regulated_period(
        kind,
        poll_on=election.poll_on,
        bank_holidays=bank_holidays(election.nation),
        declared_on=candidate_on,
    )
