"""How copies of what was bought are used, kept within every spending limit."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Self

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.spending import (
    Counts,
    OverLimitRefused,
    counts_of,
    is_agent_of_all,
    limit_now,
    lock_bearers_of,
    refuse_more,
)
from campaigns.models import Campaign, Expense, ExpenseState
from campaigns.registry import Stock
from campaigns.reports.campaign_periods import CampaignPeriods, campaign_periods
from campaigns.reports.counted_expenses import (
    CountedExpense,
    expenses_of,
    lines_of,
    lines_with,
)
from campaigns.reports.stock_use import stocks_of


@dataclass(frozen=True, slots=True)
class _Bearer:
    """A campaign that bears a part of what bought the stock: those expenses, and the
    lines of its others."""

    campaign: Campaign
    periods: CampaignPeriods
    bought: list[Expense]
    others: list[CountedExpense]

    @classmethod
    def of(cls, campaign: Campaign, key: str) -> Self:
        """As everything stands. Seven queries or so."""
        committed = list(expenses_of(campaign).filter(state=ExpenseState.COMMITTED))
        others = [expense for expense in committed if expense.stock != key]
        periods = campaign_periods(campaign)
        return cls(
            campaign,
            periods,
            [expense for expense in committed if expense.stock == key],
            lines_of(others, campaign, periods),
        )

    def counts(self, key: str, stock: Stock) -> Counts:
        """Were the stock used like this. No query."""
        lines = lines_with({key: stock}, self.bought, self.campaign, self.periods)
        return counts_of([*self.others, *lines])


class StockRoom:
    """The room under the limits for the copies of one stock, until the commit.

    Made under the locks of every campaign that bears what they cost, in a number of
    queries that depends on these alone; each use is then looked at without any, one
    after another, whatever was written since. With a `reason` of the agent of all
    these campaigns, a use that passes a limit is let through.
    """

    def __init__(
        self, key: str, *, organisation_id: int, by: Actor, reason: str = ""
    ) -> None:
        bought = Expense.objects.filter(organisation_id=organisation_id, stock=key)
        self._key, self._by, self._reason = key, by, reason.strip()
        campaigns = lock_bearers_of(bought.exclude(state=ExpenseState.VOIDED))
        self._may_pass = bool(self._reason) and is_agent_of_all(by, campaigns)
        self._committed = list(bought.filter(state=ExpenseState.COMMITTED))
        # Nothing that was bought counts yet: there is nothing to look at.
        looked_at = campaigns if self._committed else []
        self._bearers = [_Bearer.of(campaign, key) for campaign in looked_at]
        self._stock = stocks_of(self._committed).get(key)
        self._limit_of = cache(limit_now)
        self._beyond: dict[int, Expense] = {}

    def use(self, copies: Iterable[tuple[date, int]]) -> None:
        """So many copies on a day, fewer than nought where they were not used after
        all; one after another, and all of them or none.

        Refused where one makes what they cost count more than before, in all that was
        used or may yet be, and passes a limit, or no limit is known.
        """
        stock = self._stock
        if stock is None:
            return
        for day, number in copies:
            used = {**stock.used, day: stock.used.get(day, 0) + number}
            before, stock = stock, replace(stock, used=used)
            self._look(before, stock)
        self._stock = stock

    def _look(self, before: Stock, now: Stock) -> None:
        for bearer in self._bearers:
            then, after = (bearer.counts(self._key, one) for one in (before, now))
            for expense in self._committed:
                try:
                    refuse_more([expense], bearer.campaign, then, after, self._limit_of)
                except OverLimitRefused:
                    if not self._may_pass:
                        raise
                    self._beyond[expense.pk] = expense

    def keep_reason(self, *, at: datetime) -> None:
        """On each expense that needed it. Audit verb, of each:
        `expense.used_past_the_limit`."""
        for expense in self._beyond.values():
            expense.over_limit_reason = self._reason
            expense.save(update_fields=["over_limit_reason"])
            audit.record(
                "expense.used_past_the_limit",
                by=self._by,
                at=at,
                organisation_id=expense.organisation_id,
                campaign_id=expense.campaign_id,
                target=expense,
                over_limit_reason=self._reason,
            )
