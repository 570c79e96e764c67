"""The days on which one campaign's spending counts."""

from dataclasses import dataclass
from datetime import timedelta

from campaigns.models import Campaign
from campaigns.reports.bank_holidays import bank_holidays
from campaigns.rules.election_kinds import ElectionName, parse_election_id
from campaigns.rules.refusals import Refusal
from campaigns.rules.regulated_periods import (
    NOTICE_KINDS,
    OPENING_EVENTS,
    RegulatedPeriod,
    long_period,
    regulated_period,
    short_period,
)
from campaigns.rules.working_days import ONE_DAY

ONE_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class CampaignPeriods:
    """The regulated periods, each with its own limit, and what has to be said of them.

    `long` is None where there is no long campaign, or where it cannot be worked out,
    which a caution then says.
    """

    short: RegulatedPeriod
    long: RegulatedPeriod | None = None
    cautions: tuple[str, ...] = ()


def campaign_periods(campaign: Campaign) -> CampaignPeriods:
    """The short period, from the day our candidate became one, and the long before it.

    Where the rule or the day is not known, a whole year counts as the short one, which
    is the cautious answer, and a caution says so.
    """
    name = parse_election_id(campaign.election.slug)
    try:
        short = _short(campaign, name)
    except Refusal as refusal:
        poll_on = campaign.election.poll_on
        return CampaignPeriods(
            RegulatedPeriod(poll_on - ONE_YEAR, poll_on),
            cautions=(f"{refusal.message} Until then a whole year is counted.",),
        )
    try:
        return CampaignPeriods(short, _long(campaign, name, short))
    except Refusal as refusal:
        return CampaignPeriods(
            short, cautions=(f"{refusal.message} Until then it is not worked out.",)
        )


def _short(campaign: Campaign, name: ElectionName) -> RegulatedPeriod:
    election, candidate_on = campaign.election, campaign.became_candidate_on
    if candidate_on and name.kind not in NOTICE_KINDS and not opens_with(name):
        return short_period(candidate_on=candidate_on, poll_on=election.poll_on)
    return regulated_period(
        name.kind,
        poll_on=election.poll_on,
        bank_holidays=bank_holidays(election.nation),
        opened_on=campaign.period_opened_on,
        is_by_election=name.is_by_election,
        declared_on=candidate_on,
    )


def opens_with(name: ElectionName) -> str:
    """The event whose day opens the period, such as a dissolution; "" where none."""
    return "" if name.is_by_election else OPENING_EVENTS.get(name.kind, "")


def _long(
    campaign: Campaign, name: ElectionName, short: RegulatedPeriod
) -> RegulatedPeriod | None:
    if name.is_by_election:
        return None
    return long_period(
        name.kind,
        poll_on=campaign.election.poll_on,
        candidate_on=short.first_on - ONE_DAY,
        parliament_met_on=campaign.parliament_met_on,
    )
