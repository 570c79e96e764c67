"""What was used copy by copy: how much of a stock in which period, and what is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from campaigns.models import Campaign, Expense
from campaigns.registry import Stock, registry
from campaigns.reports.campaign_periods import CampaignPeriods
from campaigns.rules.regulated_periods import RegulatedPeriod


@dataclass(frozen=True, slots=True)
class StockUse:
    """Of so many copies, those used in each period, those still in hand, and those
    that never will be used."""

    copies: int
    short: int
    long: int
    in_hand: int
    written_off: int

    @property
    def inside(self) -> Fraction:
        return Fraction(self.short, self.copies)

    @property
    def inside_long(self) -> Fraction:
        return Fraction(self.long, self.copies)

    @property
    def still(self) -> Fraction:
        """The part that counts too if it is used in the period."""
        return Fraction(self.in_hand, self.copies)

    @property
    def never(self) -> Fraction:
        """The part that was written off."""
        return Fraction(self.written_off, self.copies)


def stocks_of(expenses: Iterable[Expense]) -> dict[str, Stock]:
    """Those that the expenses bought, by key; no query where they bought none."""
    bought = [expense for expense in expenses if expense.stock]
    found: dict[str, Stock] = {}
    if bought:
        for hook in registry.stocks:
            found |= hook(
                organisation_id=bought[0].organisation_id,
                keys={expense.stock for expense in bought},
            )
    return found


def stocks_in(campaign: Campaign) -> dict[str, Stock]:
    """Those of a campaign, the latest first."""
    found: dict[str, Stock] = {}
    for hook in registry.stocks:
        found |= hook(organisation_id=campaign.organisation_id, campaign_id=campaign.pk)
    return found


def stock_use(
    expense: Expense, stock: Stock | None, periods: CampaignPeriods
) -> StockUse | None:
    """How an expense's copies were used; None where it bought no stock."""
    if stock is None:
        return None
    left = max(0, stock.copies - sum(stock.used.values()))
    # What was delivered after all was not written off.
    written_off = min(left, expense.stock_unused)
    return StockUse(
        stock.copies,
        _used_in(stock, periods.short),
        _used_in(stock, periods.long) if periods.long else 0,
        left - written_off,
        written_off,
    )


def _used_in(stock: Stock, period: RegulatedPeriod) -> int:
    return sum(copies for day, copies in stock.used.items() if day in period)
