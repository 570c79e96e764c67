"""How the money of a campaign lasts: cash, orders and plan, week by week."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db.models import Q

from campaigns.clock import day_of
from campaigns.models import (
    AuthorityKind,
    Campaign,
    Donation,
    Expense,
    ExpenseKind,
    ExpenseState,
    Invoice,
    Payer,
    Payment,
    Refund,
)
from campaigns.reports.budget import budget_cells
from campaigns.reports.campaign_limit import campaign_limit, long_limit
from campaigns.reports.campaign_periods import CampaignPeriods, campaign_periods
from campaigns.reports.counted_expenses import cost_of, refund_due_of
from campaigns.reports.donation_position import DonationPosition, donation_position
from campaigns.reports.statements import set_aside_out
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
OF_EXPENSE: Final = (
    "invoice__expense__kind",
    "invoice__expense__category",
    "invoice__expense__authority__kind",
)
OF_THEIR_OWN: Final = (Payer.CANDIDATE, Payer.CAMPAIGNER)


@dataclass(frozen=True, slots=True)
class FundingPosition:
    """Pounds as true `at`; what is only promised is in no sum of the weeks.

    `cash` is what was accepted in money less what was paid; `unpaid` is what was
    ordered and not paid; `set_aside` is what left the accounts besides, and was said to
    be no money of the campaign's.
    """

    at: datetime
    donations: DonationPosition
    weeks: tuple[FundingWeek, ...]
    set_aside: Decimal

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
    cells, moved = budget_cells(campaign, periods), list(_moved(campaign))
    weeks = funding_weeks(
        sorted({cell.week_on for cell in cells}),
        received=_received(campaign, on=day_of(at)),
        promised=_promised(campaign),
        paid=[one.cost for one in moved],
        bound=[
            *(one.cost for one in moved if one.is_theirs),
            *_orders(campaign),
        ],
        planned=[
            (cell.category, cell.week_on, cell.before + cell.inside) for cell in cells
        ],
    )
    return FundingPosition(
        at=at,
        donations=donation_position(campaign, at=at),
        weeks=tuple(_limited(weeks, campaign, periods)),
        set_aside=set_aside_out(campaign),
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
    monday = monday_of(day_of(position.at))
    return next(
        (week for week in position.weeks if week.week_on >= monday), position.weeks[-1]
    )


def _received(campaign: Campaign, *, on: date) -> Iterable[Movement]:
    """Kept, in money, from the day on which it was accepted, less what was paid back
    later: a gift in kind pays no bill, and what its giver may never give has to go
    back, however long it was kept."""
    for given in Donation.objects.filter(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        voided_at__isnull=True,
        received_on__isnull=False,
        in_kind="",
    ):
        since = given.kept_since
        if since and since <= on and not given.may_never_be_kept:
            yield since, given.amount
            if given.returned_on:
                yield given.returned_on, -given.amount


def _promised(campaign: Campaign) -> Iterable[Movement]:
    """What is only promised to this day, in money, from the day it was entered on."""
    for at, amount in Donation.objects.filter(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        voided_at__isnull=True,
        received_on__isnull=True,
        in_kind="",
    ).values_list("recorded_at", "amount"):
        yield day_of(at), amount


@dataclass(frozen=True, slots=True)
class _Moved:
    """What left the account for an expense, in pounds; what came back is below nought.

    `is_theirs` where somebody else pays the supplier, so that no order binds us.
    """

    head: str
    on: date
    amount: Decimal
    is_theirs: bool

    @property
    def cost(self) -> Cost:
        return self.head, self.on, self.amount


def _moved(campaign: Campaign) -> Iterator[_Moved]:
    """What left the account, and of each bill no more back than it had paid: not what
    the candidate or a campaigner paid, nor what of it went back to them."""
    live = Q(
        organisation_id=campaign.organisation_id,
        invoice__expense__campaign=campaign,
        voided_at__isnull=True,
    )
    left: dict[int, Decimal] = defaultdict(lambda: NOTHING)
    payments = Payment.objects.filter(live).exclude(paid_by__in=OF_THEIR_OWN)
    for bill, *of_expense, on, amount in payments.values_list(
        "invoice", *OF_EXPENSE, "paid_on", "amount"
    ):
        left[bill] += amount
        yield _Moved(_head(*of_expense[:2]), on, amount, _is_theirs(*of_expense))
    refunds = Refund.objects.filter(
        organisation_id=campaign.organisation_id,
        credit_note__invoice__expense__campaign=campaign,
        voided_at__isnull=True,
    )
    of_refund = (f"credit_note__{name}" for name in ("invoice", *OF_EXPENSE))
    for bill, *of_expense, on, amount in refunds.order_by("came_on", "pk").values_list(
        *of_refund, "came_on", "amount"
    ):
        back = min(amount, left[bill])
        left[bill] -= back
        yield _Moved(_head(*of_expense[:2]), on, -back, _is_theirs(*of_expense))


def _orders(campaign: Campaign) -> Iterator[Cost]:
    """What committed expenses cost in money, from the day of the order on, with what
    was paid too much and has not come back: that pays no other bill.

    All of it, also what others bear: the supplier asks us. Not the candidate's personal
    expenses nor what a campaigner spends by authority, who pay those, nor what the
    candidate paid before there was an agent.
    """
    for expense in (
        Expense.objects.filter(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            state=ExpenseState.COMMITTED,
        )
        .exclude(kind=ExpenseKind.PERSONAL)
        .exclude(authority__kind=AuthorityKind.CAMPAIGNER)
        .prefetch_related("invoices__credit_notes", "invoices__payments")
    ):
        bound = cost_of(expense) + refund_due_of(expense)
        bound -= sum(map(_paid_early, expense.invoices.all()), NOTHING)
        yield expense.category, expense.incurred_on, bound


def _paid_early(bill: Invoice) -> Decimal:
    """What the candidate paid of it and did not come back: money comes back to us
    first."""
    sums = {True: NOTHING, False: NOTHING}
    for paid in bill.payments.all():
        if paid.voided_at is None:
            sums[paid.paid_by == Payer.CANDIDATE] += paid.amount
    back = sum((note.came for note in bill.credits), NOTHING)
    return sums[True] - max(NOTHING, back - sums[False])


def _is_theirs(kind: str, category: str, paper: str | None) -> bool:
    return kind == PERSONAL or paper == AuthorityKind.CAMPAIGNER


def _head(kind: str, category: str) -> str:
    """Personal expenses are a head of their own: no plan has them."""
    return PERSONAL if kind == PERSONAL else category
