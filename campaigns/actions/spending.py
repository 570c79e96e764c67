"""The one lock on a campaign's money, and the one check that guards its limit.

What is scarce is the room under the limit. Whoever makes an expense count more takes
the rows of every campaign that bears a part of it, in the order of their ids, writes,
and then looks: a refusal takes the writing back.
"""

from decimal import Decimal

from django.db.models import Q

from campaigns.models import Campaign, Expense
from campaigns.reports.campaign_limit import CampaignLimit, campaign_limit
from campaigns.reports.campaign_period import campaign_period
from campaigns.reports.counted_expenses import NOTHING, counted_expenses
from campaigns.rules.money import pounds
from campaigns.rules.refusals import Refusal


class OverLimitRefused(Refusal):
    """It would pass the spending limit, and no reason of the agent's was given."""


def lock_bearers(expense: Expense) -> list[Campaign]:
    """Lock the campaigns that bear a part of the expense until the commit."""
    return list(
        Campaign.objects.select_for_update(of=("self",))
        .select_related("election", "organisation")
        .filter(
            Q(pk=expense.campaign_id)
            | Q(
                pk__in=expense.shares.filter(bearer_campaign__isnull=False).values(
                    "bearer_campaign"
                )
            )
        )
        .order_by("pk")
    )


def locked(expense: Expense) -> Expense:
    """The expense as it is now, with its campaign locked until the commit."""
    Campaign.objects.select_for_update().get(pk=expense.campaign_id)
    return Expense.objects.get(pk=expense.pk)


def refuse_passing_the_limit(expense: Expense, bearers: list[Campaign]) -> None:
    """Look, after writing and under `lock_bearers`, whether a limit is passed.

    An expense that counts nothing for a campaign never passes its limit. Where no
    limit is known, none can be kept, which is refused alike.
    """
    for campaign in bearers:
        lines = counted_expenses(campaign, campaign_period(campaign).period)
        own = next(line for line in lines if line.expense.pk == expense.pk)
        if not own.counted:
            continue
        counted = sum((ln.counted for ln in lines if ln.is_committed), NOTHING)
        _refuse_beyond(campaign, campaign_limit(campaign), counted)


def _refuse_beyond(campaign: Campaign, basis: CampaignLimit, counted: Decimal) -> None:
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
            f"This would pass the spending limit of {campaign} by {pounds(over)}: only "
            "the agent can commit it, with a written reason.",
        )
