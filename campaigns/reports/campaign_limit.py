"""The spending limit of one campaign, and what it rests on."""

from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from campaigns.models import Campaign, LimitNotice
from campaigns.reports.loaded_electors import electors_loaded
from campaigns.rules.election_kinds import (
    LONG_SPENDING_KINDS,
    ElectionName,
    parse_election_id,
)
from campaigns.rules.marks import Mark, Source
from campaigns.rules.money import pounds
from campaigns.rules.refusals import Refusal
from campaigns.rules.regulated_periods import PeriodRefused, month_of_parliament
from campaigns.rules.spending_limits import LimitRefused, SpendingLimit, limit
from campaigns.rules.steps import Step

NOT_OFFICIAL = "estimate, not the official figure"
SEVERAL_LIMITS = (
    "This election has several limits: say in the notice which one is yours."
)
FIXED = "sum that the law names, whatever the electorate"


@dataclass(frozen=True, slots=True)
class CampaignLimit:
    """The limit, or why there is none, with the numbers it was worked from.

    `basis` is "official notice of 28 March 2024, <document>", says that the law names
    the sum, or begins with "estimate, not the official figure". `electors_loaded` is
    known only where the limit is an estimate, to be shown beside it. `kind` is the kind
    of limit, empty where neither the election's id nor a notice tells.
    """

    limit: SpendingLimit | None
    missing: str
    is_official: bool
    basis: str
    electors: int | None
    councils: int | None
    electors_loaded: int | None
    kind: str


def campaign_limit(campaign: Campaign, *, to_show: bool = True) -> CampaignLimit:
    """Worked from the official notice; without one from our typed estimate; without
    that from the electors loaded, and then it says so. A sum that the law names needs
    none of them. At most four queries.

    Not `to_show`, the electors loaded are counted only where the limit rests on them.
    """
    notice = notice_in_force(campaign)
    official = notice is not None and notice.is_official
    if not official and (fixed := fixed_sum(campaign, notice)):
        return fixed
    is_counted = notice is None or (to_show and not official)
    loaded = electors_loaded(campaign) if is_counted else None
    numbers = notice or LimitNotice(
        electors=loaded or 0, councils=campaign.councils.count()
    )
    found, missing = None, ""
    try:
        found = limit_from(campaign, numbers)
    except Refusal as refusal:
        missing = refusal.message
    return CampaignLimit(
        limit=found,
        missing=missing,
        is_official=official,
        basis=_basis(notice),
        electors=numbers.electors,
        councils=numbers.councils,
        electors_loaded=loaded,
        kind=_kind(parse_election_id(campaign.election.slug), numbers),
    )


def fixed_sum(
    campaign: Campaign, notice: LimitNotice | None = None
) -> CampaignLimit | None:
    """The one sum that the law names for this poll, if it names one. No query."""
    area = notice.area if notice else ""
    try:
        found = limit_from(campaign, LimitNotice(area=area))
    except Refusal:
        return None
    return CampaignLimit(found, "", True, FIXED, None, None, None, "")


def long_limit(campaign: Campaign, short: CampaignLimit) -> CampaignLimit:
    """The limit of the long campaign, from the same numbers as the `short` one's."""
    found, missing = None, short.missing or SEVERAL_LIMITS
    kind = LONG_SPENDING_KINDS.get(short.kind)
    if kind is not None:
        try:
            found, missing = _long(campaign, short, kind), ""
        except Refusal as refusal:
            missing = refusal.message
    return replace(short, limit=found, missing=missing, kind=kind or "")


def _long(campaign: Campaign, short: CampaignLimit, kind: str) -> SpendingLimit:
    month, met_on = None, campaign.parliament_met_on
    if met_on is not None:
        if campaign.period_opened_on is None:
            raise PeriodRefused(
                "opening_day_missing",
                "The long campaign's limit needs the day of the dissolution.",
            )
        month = month_of_parliament(met_on=met_on, day=campaign.period_opened_on)
    return limit(
        kind=kind,
        poll_on=campaign.election.poll_on,
        nation=campaign.election.nation,
        electors=short.electors,
        joint=campaign.joint_candidates,
        month=month,
    )


def notice_in_force(campaign: Campaign) -> LimitNotice | None:
    """The latest official notice that stands, else the latest estimate, else none."""
    return (
        LimitNotice.objects.filter(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            voided_at__isnull=True,
        )
        .order_by("-is_official", "-given_on", "-pk")
        .first()
    )


class Estimate(NamedTuple):
    """A limit in pounds, and the electors loaded that it was worked from; no amount
    where so few make none."""

    amount: Decimal | None
    electors: int


def estimated_limit(campaign: Campaign) -> Estimate | None:
    """The limit where it rests on the electors loaded at this moment; None where a
    notice or the law gives it. At most four queries."""
    if notice_in_force(campaign) or fixed_sum(campaign):
        return None
    electors = electors_loaded(campaign)
    numbers = LimitNotice(electors=electors, councils=campaign.councils.count())
    try:
        return Estimate(limit_from(campaign, numbers).amount, electors)
    except Refusal:
        return Estimate(None, electors)


def limit_from(campaign: Campaign, notice: LimitNotice) -> SpendingLimit:
    """The limit that one notice states, else by the rules from its numbers; refused as
    they do.
    """
    if notice.told_limit is not None:
        return _as_told(campaign, notice, notice.told_limit)
    name = parse_election_id(campaign.election.slug)
    kind = _kind(name, notice)
    if not kind:
        raise LimitRefused("limit_kind_missing", SEVERAL_LIMITS)
    return limit(
        kind=kind,
        poll_on=campaign.election.poll_on,
        nation=campaign.election.nation,
        electors=notice.electors,
        councils=notice.councils,
        joint=campaign.joint_candidates,
        area=notice.area or (name.areas[0] if name.areas else None),
    )


def _as_told(campaign: Campaign, notice: LimitNotice, told: Decimal) -> SpendingLimit:
    """It holds; where the rules give another sum, that is said."""
    numbers = copy(notice)
    numbers.told_limit = None
    try:
        by_rule = limit_from(campaign, numbers).amount
    except Refusal:
        by_rule = told
    differs = (
        f"By the rules known here it would be {pounds(by_rule)}: ask which is right."
    )
    return SpendingLimit(
        told,
        (Step(f"As the returning officer states it: {pounds(told)}", told),),
        Mark.READ,
        Source(notice.document),
        (differs,) if by_rule != told else (),
    )


def _kind(name: ElectionName, notice: LimitNotice) -> str:
    """The notice's kind of limit, else the election's only one, else none."""
    kind, *others = name.spending_kinds
    return notice.limit_kind or ("" if others else kind)


def _basis(notice: LimitNotice | None) -> str:
    if notice is None:
        return f"{NOT_OFFICIAL}: worked from the electors loaded"
    if notice.is_official:
        return f"official notice of {_day(notice.given_on)}, {notice.document}"
    return f"{NOT_OFFICIAL}: {notice.document}, {_day(notice.given_on)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
