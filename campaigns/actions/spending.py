"""The one lock on a campaign's money, and the one check that guards its limit.

What is scarce is the room under the limit. Whoever makes an expense count more takes
the rows of every campaign that bears a part of it, in the order of their ids, writes,
and then looks: a refusal takes the writing back. The lock is one that leaves alone
whoever only refers to the campaign, such as an import that runs for minutes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q, QuerySet

from campaigns.access import Actor
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
from campaigns.roles import Capability
from campaigns.rules.money import pounds
from campaigns.rules.refusals import Refusal


class OverLimitRefused(Refusal):
    """It would pass the spending limit, and no reason of the agent's was given."""


def lock_bearers(expense: Expense) -> list[Campaign]:
    """Lock the campaigns that bear a part of the expense until the commit."""
    return lock_bearers_of(Expense.objects.filter(pk=expense.pk))


def lock_bearers_of(expenses: QuerySet[Expense]) -> list[Campaign]:
    """Lock the campaigns that bear a part of any of them, in the order of their ids."""
    shares = ExpenseShare.objects.filter(
        expense__in=expenses, bearer_campaign__isnull=False
    )
    return list(
        Campaign.objects.select_for_update(of=("self",), no_key=True)
        .select_related("election", "organisation")
        .filter(
            Q(pk__in=expenses.values("campaign"))
            | Q(pk__in=shares.values("bearer_campaign"))
        )
        .order_by("pk")
    )


def locked(expense: Expense) -> Expense:
    """The expense as it is now, with its campaign locked until the commit."""
    Campaign.objects.select_for_update(no_key=True).get(pk=expense.campaign_id)
    return Expense.objects.get(pk=expense.pk)


@contextmanager
def keeping_within_the_limit(
    expense: Expense, bearers: list[Campaign], *, reason: str = ""
) -> Iterator[None]:
    """Write inside, under `lock_bearers`; then it is looked whether a limit is passed.

    Refused only where the expense now counts more than before in a period of a
    campaign: what counts nothing or less never passes a limit. Where no limit is
    known, none can be kept, which is refused alike. With the agent's `reason` it is
    let through, and the reason is kept on the expense, only where it was needed.
    """
    before = {campaign.pk: _look(expense, campaign) for campaign in bearers}
    yield
    try:
        _refuse_beyond_any(expense, bearers, before)
    except OverLimitRefused:
        if not reason.strip():
            raise
        expense.over_limit_reason = reason.strip()
        expense.save(update_fields=["over_limit_reason"])


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
    expense: Expense, bearers: list[Campaign], before: "dict[int, _Looked]"
) -> None:
    for campaign in bearers:
        then, now = before[campaign.pk], _look(expense, campaign)
        if now.short.own <= then.short.own and now.long.own <= then.long.own:
            continue
        basis = campaign_limit(campaign, to_show=False)
        if now.short.own > then.short.own:
            _refuse_beyond(f"{campaign}", basis, now.short.total)
        if now.long.own > then.long.own:
            long = long_limit(campaign, basis)
            _refuse_beyond(f"the long campaign of {campaign}", long, now.long.total)


class _Counted(NamedTuple):
    """What one expense counts in a period of a campaign, and all of them, committed,
    with the copies in hand that count once they are used."""

    own: Decimal
    total: Decimal


class _Looked(NamedTuple):
    short: _Counted
    long: _Counted


def _look(expense: Expense, campaign: Campaign) -> _Looked:
    lines = counted_expenses(campaign, campaign_periods(campaign))
    committed = [line for line in lines if line.is_committed]

    def sums(lines: list[CountedExpense]) -> _Counted:
        own = (line.at_most for line in lines if line.expense.pk == expense.pk)
        return _Counted(sum(own, NOTHING), sum((ln.at_most for ln in lines), NOTHING))

    return _Looked(sums(committed), sums([ln.long for ln in committed if ln.long]))


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
