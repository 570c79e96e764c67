"""How the money of a campaign lasts: cash, orders and plan, week by week."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from campaigns.clock import UK
from campaigns.models import (
    Campaign,
    CreditNote,
    Donation,
    Expense,
    ExpenseKind,
    ExpenseState,
    Payer,
    Payment,
)
from campaigns.reports.budget import budget_cells
from campaigns.reports.campaign_limit import campaign_limit, long_limit
from campaigns.reports.campaign_periods import CampaignPeriods, campaign_periods
from campaigns.reports.counted_expenses import cost_of
from campaigns.reports.donation_position import DonationPosition, donation_position
from campaigns.rules.budget_weeks import WEEK, monday_of
from campaigns.rules.funding import (
    NOTHING,
    Cost,
    FundingWeek,
    Movement,
    funding_weeks,
    runs_out_in,
)
from campaigns.rules.money import pounds
from campaigns.rules.working_days import ONE_DAY

PERSONAL: Final = ExpenseKind.PERSONAL.value
OF_EXPENSE: Final = ("invoice__expense__kind", "invoice__expense__category")


@dataclass(frozen=True, slots=True)
class FundingPosition:
    """Pounds as true `at`; what is only promised is in no sum of the weeks.

    `cash` is what was accepted in money less what was paid; `unpaid` is what was
    ordered and not paid.
    """

    at: datetime
    donations: DonationPosition
    weeks: tuple[FundingWeek, ...]

    @property
    def cash(self) -> Decimal:
        return self.weeks[-1].cash

    @property
    def unpaid(self) -> Decimal:
        return max(NOTHING, self.weeks[-1].bound - self.weeks[-1].paid)

    @property
    def short_week(self) -> FundingWeek | None:
        """From this week on: what was short before and is not any more is over."""
        first = this_week(self).week_on
        return runs_out_in(week for week in self.weeks if week.week_on >= first)

    @property
    def answer(self) -> str:
        """Whether the money lasts, in a sentence."""
        week, last = self.short_week, self.weeks[-1]
        if week is None:
            return (
                "The money accepted lasts for all that is ordered and planned: "
                f"{pounds(last.left)} would be left."
            )
        missing = f"{pounds(-week.left)} would be missing by its end"
        if last.left < 0 and last is not week:
            missing += f", {pounds(-last.left)} by polling day"
        return f"The money runs out in the week of {week.week_on:%-d %B %Y}: {missing}."


def funding_position(campaign: Campaign, *, at: datetime) -> FundingPosition:
    """The weeks of the plan, in a fixed number of queries."""
    periods = campaign_periods(campaign)
    cells = budget_cells(campaign, periods)
    weeks = funding_weeks(
        sorted({cell.week_on for cell in cells}),
        received=_received(campaign),
        promised=_promised(campaign),
        paid=_paid(campaign),
        bound=_bound(campaign),
        planned=[
            (cell.category, cell.week_on, cell.before + cell.inside) for cell in cells
        ],
    )
    return FundingPosition(
        at=at,
        donations=donation_position(campaign, at=at),
        weeks=tuple(_limited(weeks, campaign, periods)),
    )


def _limited(
    weeks: Iterable[FundingWeek], campaign: Campaign, periods: CampaignPeriods
) -> Iterable[FundingWeek]:
    """A week is of the period in which its last day lies; the last week of the last."""
    short = campaign_limit(campaign)
    long = long_limit(campaign, short) if periods.long else None
    for week in weeks:
        last_on = week.week_on + WEEK - ONE_DAY
        basis = short if last_on >= periods.short.first_on else None
        if basis is None and periods.long and last_on >= periods.long.first_on:
            basis = long
        found = basis.limit if basis else None
        yield replace(week, limit=found.amount if found else None)


def this_week(position: FundingPosition) -> FundingWeek:
    """The week in which the position was asked for, or the nearest of the plan."""
    monday = monday_of(position.at.astimezone(UK).date())
    return next(
        (week for week in position.weeks if week.week_on >= monday), position.weeks[-1]
    )


def _received(campaign: Campaign) -> Iterable[Movement]:
    """Accepted, in money, from that day on: a gift in kind pays no bill."""
    for on, amount in Donation.objects.filter(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        voided_at__isnull=True,
        accepted_on__isnull=False,
        in_kind="",
    ).values_list("accepted_on", "amount"):
        if on is not None:
            yield on, amount


def _promised(campaign: Campaign) -> Iterable[Movement]:
    """What is only promised to this day, in money, from the day it was entered on."""
    for at, amount in Donation.objects.filter(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        voided_at__isnull=True,
        received_on__isnull=True,
        in_kind="",
    ).values_list("recorded_at", "amount"):
        yield at.astimezone(UK).date(), amount


def _paid(campaign: Campaign) -> Iterable[Cost]:
    """What left the account, less what came back to it; not what the candidate paid."""
    yield from _payments(campaign)
    refunds = CreditNote.objects.filter(
        organisation_id=campaign.organisation_id,
        invoice__expense__campaign=campaign,
        voided_at__isnull=True,
        refunded_on__isnull=False,
    )
    for kind, category, on, amount in refunds.values_list(
        *OF_EXPENSE, "refunded_on", "refunded"
    ):
        if on is not None:
            yield _head(kind, category), on, -amount


def _payments(campaign: Campaign) -> Iterable[Cost]:
    payments = Payment.objects.filter(
        organisation_id=campaign.organisation_id,
        invoice__expense__campaign=campaign,
        voided_at__isnull=True,
    ).exclude(paid_by=Payer.CANDIDATE)
    for kind, category, on, amount in payments.values_list(
        *OF_EXPENSE, "paid_on", "amount"
    ):
        yield _head(kind, category), on, amount


def _bound(campaign: Campaign) -> Iterable[Cost]:
    """What committed expenses cost in money, from the day of the order on.

    All of it, also what others bear: the supplier asks us. Of the candidate's personal
    expenses only what was paid from the account: the candidate pays the rest.
    """
    yield from (cost for cost in _payments(campaign) if cost[0] == PERSONAL)
    for expense in (
        Expense.objects.filter(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            state=ExpenseState.COMMITTED,
        )
        .exclude(kind=ExpenseKind.PERSONAL)
        .prefetch_related("invoices__credit_notes")
    ):
        yield expense.category, expense.incurred_on, cost_of(expense)


def _head(kind: str, category: str) -> str:
    """Personal expenses are a head of their own: no plan has them."""
    return PERSONAL if kind == PERSONAL else category
