"""What each expense of a campaign counts for: the lines every sum is made of."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q, QuerySet

from campaigns.models import (
    Campaign,
    Expense,
    ExpenseKind,
    ExpenseShare,
    ExpenseState,
)
from campaigns.reports.campaign_periods import CampaignPeriods
from campaigns.rules.exclusions import Exclusion
from campaigns.rules.expenses import CountedValue, PeriodPart, counted_value
from campaigns.rules.money import split

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class CountedExpense:
    """One expense as it bears on one campaign and period; all amounts in pounds.

    `counted` goes to the limit of that period; of that, `ordered` is not yet invoiced.
    A personal expense counts nothing. `is_borne` says that it is another campaign's
    expense of which this one bears a share. `long` is the same expense in the long
    campaign, where there is one.
    """

    expense: Expense
    cut: CountedValue
    counted: Decimal
    ordered: Decimal
    is_borne: bool
    long: "CountedExpense | None" = None

    @property
    def borne(self) -> list[tuple[ExpenseShare, Decimal]]:
        """Each share of another with its pounds, over all periods."""
        shares = sorted(self.expense.shares.all(), key=lambda share: share.pk)
        return list(zip(shares, self.cut.borne, strict=True))

    @property
    def exclusion(self) -> Exclusion | None:
        return exclusion_of(self.expense)

    @property
    def is_committed(self) -> bool:
        return self.expense.state == ExpenseState.COMMITTED

    @property
    def is_proposed(self) -> bool:
        return self.expense.state == ExpenseState.PROPOSED

    @property
    def is_personal(self) -> bool:
        return self.expense.kind == ExpenseKind.PERSONAL


def counted_expenses(
    campaign: Campaign, periods: CampaignPeriods
) -> list[CountedExpense]:
    """Proposed and committed expenses, the campaign's own and those it bears a share
    of, oldest first. Three queries.
    """
    return [
        line_of(expense, campaign, periods)
        for expense in expenses_of(campaign).exclude(state=ExpenseState.VOIDED)
    ]


def expenses_of(campaign: Campaign) -> QuerySet[Expense]:
    """All expenses of the campaign or with a share borne by it, ready for `line_of`."""
    borne = ExpenseShare.objects.filter(
        organisation_id=campaign.organisation_id, bearer_campaign=campaign
    )
    return (
        Expense.objects.filter(organisation_id=campaign.organisation_id)
        .filter(Q(campaign=campaign) | Q(pk__in=borne.values("expense")))
        .select_related("authority__user")
        .prefetch_related("shares", "invoices")
        .order_by("incurred_on", "pk")
    )


def line_of(
    expense: Expense, campaign: Campaign, periods: CampaignPeriods
) -> CountedExpense:
    """An expense from `expenses_of`, as it bears on the campaign."""
    shares = sorted(expense.shares.all(), key=lambda share: share.pk)
    live = [bill for bill in expense.invoices.all() if bill.voided_at is None]
    invoiced = sum((bill.amount for bill in live), NOTHING)
    paid = invoiced if any(bill.is_last for bill in live) else expense.amount
    cut = counted_value(
        paid=paid,
        market_value=expense.market_value,
        used_from=expense.used_from,
        used_until=expense.used_until,
        period=periods.short,
        long=periods.long,
        inside=_part_of(expense.inside_parts, expense),
        inside_long=_part_of(expense.long_parts, expense) or Fraction(),
        shares=[Fraction(share.parts, share.of_parts) for share in shares],
        excluded=exclusion_of(expense),
    )
    is_borne = expense.campaign_id != campaign.pk

    def line(part: PeriodPart, long: CountedExpense | None = None) -> CountedExpense:
        ours = _borne(shares, part, campaign) if is_borne else part.counted
        if expense.kind == ExpenseKind.PERSONAL:
            ours = NOTHING
        ordered = _not_invoiced(ours, paid, invoiced)
        return CountedExpense(expense, cut, ours, ordered, is_borne, long)

    return line(cut.short, line(cut.long) if cut.long else None)


def exclusion_of(expense: Expense) -> Exclusion | None:
    """The rule by which it never counts, if it is entered under one."""
    return Exclusion[expense.excluded.upper()] if expense.excluded else None


def _part_of(parts: int | None, expense: Expense) -> Fraction | None:
    if parts is None or expense.inside_of_parts is None:
        return None
    return Fraction(parts, expense.inside_of_parts)


def _borne(shares: list[ExpenseShare], cut: PeriodPart, campaign: Campaign) -> Decimal:
    return sum(
        (
            part
            for share, part in zip(shares, cut.shared, strict=True)
            if share.bearer_campaign_id == campaign.pk
        ),
        NOTHING,
    )


def _not_invoiced(counted: Decimal, paid: Decimal, invoiced: Decimal) -> Decimal:
    """The part of what counts for which no invoice has come; a gift awaits none."""
    if not paid:
        return NOTHING
    _, still_to_come = split(counted, (invoiced, paid - invoiced))
    return still_to_come
