"""The one lock on a campaign's money, and the one check that guards its limit.

What is scarce is the room under the limit. Whoever makes an expense count more takes
the rows of every campaign that bears a part of it, in the order of their ids, writes,
and then looks: a refusal takes the writing back. The lock is one that leaves alone
whoever only refers to the campaign, such as an import that runs for minutes.

What nobody chooses, such as the returning officer's notice or the day of a candidacy,
is never refused: where it makes a limit passed, the audit says so.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, NamedTuple

from django.db.models import Q, QuerySet

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.models import Campaign, Expense, ExpenseShare
from campaigns.reports.campaign_limit import (
    CampaignLimit,
    campaign_limit,
    long_limit,
)
from campaigns.reports.campaign_periods import campaign_periods
from campaigns.reports.counted_expenses import (
    NOTHING,
    CountedExpense,
    counted_expenses,
)
from campaigns.reports.loaded_electors import count_electors_of
from campaigns.roles import Capability
from campaigns.rules.money import pounds
from campaigns.rules.refusals import Refusal

SHORT: Final = "limit"
LONG: Final = "limit of the long campaign"


class OverLimitRefused(Refusal):
    """It would pass the spending limit, and no reason of the agent's was given."""


@dataclass(slots=True)
class Decision:
    """The agent's reason to pass a limit; empty where none was needed."""

    reason: str = ""

    @property
    def said(self) -> dict[str, str]:
        """What the audit says of it."""
        return {"over_limit_reason": self.reason}


def lock_campaign(campaign: Campaign) -> Campaign:
    """The campaign as it is now, locked until the commit."""
    count_electors_of(Campaign.objects.filter(pk=campaign.pk))
    return (
        Campaign.objects.select_for_update(of=("self",), no_key=True)
        .select_related("election", "organisation")
        .get(pk=campaign.pk)
    )


def lock_bearers(expense: Expense) -> list[Campaign]:
    """Lock the campaigns that bear a part of the expense until the commit."""
    return lock_bearers_of(Expense.objects.filter(pk=expense.pk))


def lock_bearers_of(expenses: QuerySet[Expense]) -> list[Campaign]:
    """Lock the campaigns that bear a part of any of them, in the order of their ids."""
    bearers = bearers_of(expenses)
    count_electors_of(bearers)
    return list(
        bearers.select_for_update(of=("self",), no_key=True)
        .select_related("election", "organisation")
        .order_by("pk")
    )


def bearers_of(expenses: QuerySet[Expense]) -> QuerySet[Campaign]:
    """The campaigns that bear a part of any of them."""
    shares = ExpenseShare.objects.filter(
        expense__in=expenses, bearer_campaign__isnull=False
    )
    return Campaign.objects.filter(
        Q(pk__in=expenses.values("campaign"))
        | Q(pk__in=shares.values("bearer_campaign"))
    )


def locked(expense: Expense) -> Expense:
    """The expense as it is now, with its campaign locked until the commit."""
    Campaign.objects.select_for_update(no_key=True).get(pk=expense.campaign_id)
    return Expense.objects.get(pk=expense.pk)


@contextmanager
def keeping_within_the_limit(
    expense: Expense, bearers: list[Campaign], *, by: Actor, reason: str = ""
) -> Iterator[Decision]:
    """Write inside, under `lock_bearers`; then it is looked whether a limit is passed.

    Refused only where the expense now counts more than before in a period of a
    campaign: what counts nothing or less never passes a limit. Where no limit is
    known, none can be kept, which is refused alike. With a `reason` of the agent of all
    these campaigns it is let through. The reason is kept on the expense, and is in the
    decision, only where it was needed.
    """
    with keeping_all_within_the_limit(
        [expense], bearers, by=by, reason=reason
    ) as decision:
        yield decision


@contextmanager
def keeping_all_within_the_limit(
    expenses: Sequence[Expense], bearers: list[Campaign], *, by: Actor, reason: str = ""
) -> Iterator[Decision]:
    """The same for several expenses that are written to at once, looked at once."""
    before = {campaign.pk: _look(campaign) for campaign in bearers}
    decision = Decision()
    yield decision
    try:
        _refuse_beyond_any(expenses, bearers, before)
    except OverLimitRefused:
        if not (reason.strip() and is_agent_of_all(by, bearers)):
            raise
        decision.reason = reason.strip()
        for expense in expenses:
            expense.over_limit_reason = decision.reason
            expense.save(update_fields=["over_limit_reason"])


@contextmanager
def telling_of_a_limit_passed(
    campaign: Campaign, *, because: str, by: Actor, at: datetime
) -> Iterator[None]:
    """Write inside, under `lock_campaign`, what is so whether anybody likes it or not.

    Never refused. Where a limit is then passed, or by more than before, that is
    recorded as `spending.limit_passed`: which one, by how much, `because` of what.
    """
    before = _beyond(campaign, known_limits(campaign))
    yield
    _tell_of_what_is_passed(campaign, before, because=because, by=by, at=at)


def tell_of_other_limits(
    campaign: Campaign,
    before: Mapping[str, Decimal],
    *,
    because: str,
    by: Actor,
    at: datetime,
) -> None:
    """As `telling_of_a_limit_passed`, once nothing but the limits was changed: `before`
    are the `known_limits` of the time before. Whoever chose the change holds the lock
    from here on."""
    over = _beyond(campaign, before)
    _tell_of_what_is_passed(campaign, over, because=because, by=by, at=at)


def _tell_of_what_is_passed(
    campaign: Campaign,
    before: Mapping[str, Decimal],
    *,
    because: str,
    by: Actor,
    at: datetime,
) -> None:
    for limit, over in _beyond(campaign, known_limits(campaign)).items():
        if over > max(NOTHING, before.get(limit, NOTHING)):
            audit.record(
                "spending.limit_passed",
                by=by,
                at=at,
                organisation_id=campaign.organisation_id,
                campaign_id=campaign.pk,
                target=campaign,
                limit=limit,
                over=str(over),
                over_before=str(before.get(limit, NOTHING)),
                because=because,
            )


def known_limits(campaign: Campaign) -> dict[str, Decimal]:
    """In pounds; without those that cannot be given yet."""
    try:
        periods = campaign_periods(campaign)
        basis = campaign_limit(campaign, to_show=False)
    except Refusal:
        return {}
    bases = {SHORT: basis}
    if periods.long:
        bases[LONG] = long_limit(campaign, basis)
    return {
        name: basis.limit.amount
        for name, basis in bases.items()
        if basis.limit is not None
    }


def _beyond(campaign: Campaign, limits: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """By how much each of them is passed, in pounds; below nought where there is
    room."""
    if not limits:
        return {}
    looked = _look(campaign)
    totals = {SHORT: looked.short.total, LONG: looked.long.total}
    return {name: totals[name] - limit for name, limit in limits.items()}


def is_agent_of_all(by: Actor, bearers: list[Campaign]) -> bool:
    """Whether somebody may decide what passes a limit of any of these."""
    return all(
        by.can(
            Capability.COMMIT_EXPENSE,
            organisation_id=campaign.organisation_id,
            campaign_id=campaign.pk,
        )
        for campaign in bearers
    )


def _refuse_beyond_any(
    expenses: Sequence[Expense], bearers: list[Campaign], before: "dict[int, Counts]"
) -> None:
    for campaign in bearers:
        refuse_more(expenses, campaign, before[campaign.pk], _look(campaign), limit_now)


def limit_now(campaign: Campaign) -> CampaignLimit:
    """As it is looked at under the lock. At most four queries."""
    return campaign_limit(campaign, to_show=False)


def refuse_more(
    expenses: Sequence[Expense],
    campaign: Campaign,
    before: "Counts",
    now: "Counts",
    limit_of: Callable[[Campaign], CampaignLimit],
) -> None:
    """Refused where any of these counts more than before and passes a limit, which is
    asked for only then."""
    is_more = now.short.is_more(before.short, expenses)
    is_more_long = now.long.is_more(before.long, expenses)
    if not (is_more or is_more_long):
        return
    basis = limit_of(campaign)
    if is_more:
        _refuse_beyond(f"{campaign}", basis, now.short.total)
    if is_more_long:
        long = long_limit(campaign, basis)
        _refuse_beyond(f"the long campaign of {campaign}", long, now.long.total)


class _Counted(NamedTuple):
    """What each expense counts in a period of a campaign, by its id, and all of them,
    committed, with the copies in hand that count once they are used."""

    each: Mapping[int, Decimal]
    total: Decimal

    def is_more(self, before: "_Counted", expenses: Sequence[Expense]) -> bool:
        """Whether any of these counts more than before."""
        return any(
            self.each.get(expense.pk, NOTHING) > before.each.get(expense.pk, NOTHING)
            for expense in expenses
        )


class Counts(NamedTuple):
    """What a campaign's committed expenses count in each of its periods."""

    short: _Counted
    long: _Counted


def _look(campaign: Campaign) -> Counts:
    lines = counted_expenses(campaign, campaign_periods(campaign))
    return counts_of([line for line in lines if line.is_committed])


def counts_of(committed: Sequence[CountedExpense]) -> Counts:
    """What these lines of a campaign's committed expenses come to, in pounds."""

    def sums(lines: Sequence[CountedExpense]) -> _Counted:
        each = {line.expense.pk: line.at_most for line in lines}
        return _Counted(each, sum(each.values(), NOTHING))

    return Counts(sums(committed), sums([ln.long for ln in committed if ln.long]))


def _refuse_beyond(whose: str, basis: CampaignLimit, counted: Decimal) -> None:
    if basis.limit is None:
        raise OverLimitRefused(
            "limit_not_known",
            f"{basis.missing} Until then only the agent can commit, with a written "
            "reason.",
        )
    if counted > basis.limit.amount:
        over = counted - basis.limit.amount
        raise OverLimitRefused(
            "over_limit",
            f"This would pass the spending limit of {whose} by {pounds(over)}: only "
            "the agent can commit it, with a written reason.",
        )
