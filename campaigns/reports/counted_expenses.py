"""What each expense of a campaign counts for: the lines every sum is made of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q, QuerySet

from campaigns.models import (
    Campaign,
    CreditNote,
    Expense,
    ExpenseKind,
    ExpenseShare,
    ExpenseState,
)
from campaigns.registry import Stock
from campaigns.reports.campaign_periods import CampaignPeriods
from campaigns.reports.stock_use import StockUse, stock_use, stocks_of
from campaigns.rules.exclusions import Exclusion
from campaigns.rules.expenses import NONE, CountedValue, PeriodPart, counted_value
from campaigns.rules.money import split
from campaigns.rules.notional_value import notional_value

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class CountedExpense:
    """One expense as it bears on one campaign and period; all amounts in pounds.

    `counted` goes to the limit of that period; of that, `ordered` is not yet invoiced.
    `in_hand` is what copies in hand would count on top if they were used in it. A
    personal expense counts nothing. `is_borne` says that it is another campaign's
    expense of which this one bears a share. `long` is the same expense in the long
    campaign, where there is one.
    """

    expense: Expense
    cut: CountedValue
    counted: Decimal
    ordered: Decimal
    is_borne: bool
    in_hand: Decimal = NOTHING
    use: StockUse | None = None
    long: "CountedExpense | None" = None

    @property
    def borne(self) -> list[tuple[ExpenseShare, Decimal]]:
        """Each share of another with its pounds, over all periods."""
        shares = shares_of(self.expense)
        return list(zip(shares, self.cut.borne, strict=True))

    @property
    def at_most(self) -> Decimal:
        """What room it takes: all that counts, or may yet."""
        return self.counted + self.in_hand

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
    of, oldest first. Four queries, and two more where stock was bought.
    """
    standing = expenses_of(campaign).exclude(state=ExpenseState.VOIDED)
    return lines_of(standing, campaign, periods)


def expenses_of(campaign: Campaign) -> QuerySet[Expense]:
    """All expenses of the campaign or with a share borne by it, for `lines_of`."""
    borne = ExpenseShare.objects.filter(
        organisation_id=campaign.organisation_id, bearer_campaign=campaign
    )
    return (
        Expense.objects.filter(organisation_id=campaign.organisation_id)
        .filter(Q(campaign=campaign) | Q(pk__in=borne.values("expense")))
        .select_related("authority__user", "campaign")
        .prefetch_related("shares", "invoices__credit_notes")
        .order_by("incurred_on", "pk")
    )


def is_committed(campaign: Campaign) -> bool:
    """Whether anything is, of its own or of which it bears a share."""
    return expenses_of(campaign).filter(state=ExpenseState.COMMITTED).exists()


def lines_of(
    expenses: Iterable[Expense], campaign: Campaign, periods: CampaignPeriods
) -> list[CountedExpense]:
    """Expenses from `expenses_of`, as they bear on the campaign, in their order. Two
    queries more where they bought stock."""
    found = list(expenses)
    return lines_with(stocks_of(found), found, campaign, periods)


def lines_with(
    stocks: Mapping[str, Stock],
    expenses: Iterable[Expense],
    campaign: Campaign,
    periods: CampaignPeriods,
) -> list[CountedExpense]:
    """The same with the stocks, by key, used as they say. No query."""
    return [
        _line_of(expense, campaign, periods, stocks.get(expense.stock))
        for expense in expenses
    ]


def _line_of(
    expense: Expense, campaign: Campaign, periods: CampaignPeriods, stock: Stock | None
) -> CountedExpense:
    shares = shares_of(expense)
    live = [bill for bill in expense.invoices.all() if bill.voided_at is None]
    invoiced, paid = sum((bill.owed for bill in live), NOTHING), cost_of(expense)
    market_value = market_value_of(expense)
    use = stock_use(expense, stock, periods)
    inside, inside_long, still = _parts_of(expense, use)
    never = use.never if use else NONE

    def cut_with(
        inside: Fraction | None, inside_long: Fraction, in_hand: Fraction = NONE
    ) -> CountedValue:
        return counted_value(
            paid=paid,
            market_value=market_value,
            used_from=expense.used_from,
            used_until=expense.used_until,
            period=periods.short,
            long=periods.long,
            inside=inside,
            inside_long=inside_long,
            in_hand=in_hand,
            written_off=never,
            shares=[Fraction(share.parts, share.of_parts) for share in shares],
            excluded=exclusion_of(expense),
        )

    is_borne = expense.campaign_id != campaign.pk
    cut = most = most_long = cut_with(inside, inside_long, still)
    if inside is not None and still:
        most = cut_with(inside + still, inside_long)
        most_long = cut_with(inside, inside_long + still)

    def ours(part: PeriodPart) -> Decimal:
        if expense.kind == ExpenseKind.PERSONAL:
            return NOTHING
        return _borne(shares, part, campaign) if is_borne else part.counted

    def line(
        part: PeriodPart, at_most: PeriodPart, long: CountedExpense | None = None
    ) -> CountedExpense:
        counts = ours(part)
        ordered = _not_invoiced(counts, paid, invoiced)
        in_hand = ours(at_most) - counts
        return CountedExpense(
            expense, cut, counts, ordered, is_borne, in_hand, use, long
        )

    long = line(cut.long, most_long.long) if cut.long and most_long.long else None
    return line(cut.short, most.short, long)


def _parts_of(
    expense: Expense, use: StockUse | None
) -> tuple[Fraction | None, Fraction, Fraction]:
    """The parts used in the short and the long period, and what may yet be: by copies,
    else as they were told; the first is None where the days of use tell it."""
    if use is not None:
        return use.inside, use.inside_long, use.still
    told = _part_of(expense.inside_parts, expense)
    return told, _part_of(expense.long_parts, expense) or NONE, NONE


def shares_of(expense: Expense) -> list[ExpenseShare]:
    """By who bears them, of which there is one each: a penny that is due to two alike
    goes to the same one whichever was entered first."""
    return sorted(expense.shares.all(), key=lambda share: share.bearer)


def exclusion_of(expense: Expense) -> Exclusion | None:
    """The rule by which it never counts, if it is entered under one."""
    return Exclusion[expense.excluded.upper()] if expense.excluded else None


def cost_of(expense: Expense) -> Decimal:
    """What is to be paid for an expense in all, its invoices and their credit notes
    prefetched.

    The order, or after the last invoice what was invoiced, less what was credited.
    """
    live = [bill for bill in expense.invoices.all() if bill.voided_at is None]
    if any(bill.is_last for bill in live):
        return sum((bill.owed for bill in live), NOTHING)
    return expense.amount - sum((bill.claim - bill.owed for bill in live), NOTHING)


def refund_due_of(expense: Expense) -> Decimal:
    """What was paid above what is owed on its invoices and has not come back; their
    credit notes are prefetched."""
    live = (bill for bill in expense.invoices.all() if bill.voided_at is None)
    notes = (note for bill in live for note in bill.credits)
    return sum((note.due for note in notes), NOTHING)


def market_value_of(expense: Expense) -> Decimal | None:
    """What any customer would pay, where that is not what is paid: as it was stated;
    else, where the supplier did us a favour, the price before it.

    Invoices and their credit notes are prefetched.
    """
    favours = [note.amount for note in favours_of(expense)]
    if expense.market_value is not None or not favours:
        return expense.market_value
    return sum(favours, cost_of(expense))


def favours_of(expense: Expense) -> list[CreditNote]:
    """The credit notes that not every customer gets, by day and number."""
    bills = [bill for bill in expense.invoices.all() if bill.voided_at is None]
    notes = [note for bill in bills for note in bill.credits if note.is_favour]
    return sorted(notes, key=lambda note: (note.dated_on, note.number))


def given_on(expense: Expense) -> date | None:
    """The day on which it came to be given: of the last favour; of a discount, of the
    last paper that changed its price, else of the order. None where it was promised."""
    if expense.gift_promised:
        return None
    if favours := favours_of(expense):
        return favours[-1].dated_on
    return max(_days_of_price(expense), default=expense.incurred_on)


def _days_of_price(expense: Expense) -> Iterator[date]:
    """Of credit notes; and, once all is invoiced, of the invoices and of the disputes
    that were settled at another sum."""
    bills = [bill for bill in expense.invoices.all() if bill.voided_at is None]
    is_invoiced = any(bill.is_last for bill in bills)
    for bill in bills:
        yield from (note.dated_on for note in bill.credits)
        if is_invoiced:
            yield bill.received_on
        if is_invoiced and bill.settled_amount is not None and bill.dispute_ended_on:
            yield bill.dispute_ended_on


def gift_in(expense: Expense) -> Decimal:
    """What of it counts above its price, as a gift: nought where nothing does."""
    market = market_value_of(expense)
    if market is None or expense.excluded:
        return NOTHING
    return notional_value(market_value=market, paid=cost_of(expense))


def given_in(expense: Expense) -> Decimal:
    """What its donation in kind is of: all that something entered as a gift or discount
    is worth above its price; of another expense, a favour that counts as a gift."""
    if expense.kind != ExpenseKind.NOTIONAL:
        return gift_in(expense)
    return max(NOTHING, (expense.market_value or NOTHING) - cost_of(expense))


def valued_by(expense: Expense) -> str:
    """How its value was found: as somebody wrote, or the price before a favour."""
    if expense.value_basis or expense.market_value is not None:
        return expense.value_basis
    numbers = ", ".join(note.number for note in favours_of(expense))
    return f"the supplier’s price before credit note {numbers}, a favour"


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
