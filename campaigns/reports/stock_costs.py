"""What the copies of a leaflet cost, each and in all, and what of that counts."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from campaigns.models import Campaign, ExpenseState
from campaigns.reports.campaign_periods import campaign_periods
from campaigns.reports.counted_expenses import (
    NOTHING,
    CountedExpense,
    expenses_of,
    lines_of,
)


@dataclass(frozen=True, slots=True)
class StockCost:
    """The expenses that bought a stock, committed or proposed; pounds."""

    lines: tuple[CountedExpense, ...]

    @property
    def cost(self) -> Decimal:
        return sum((line.cut.value for line in self.lines), NOTHING)

    @property
    def counted(self) -> Decimal:
        committed = (line for line in self.lines if line.is_committed)
        return sum((line.counted for line in committed), NOTHING)

    @property
    def proposed(self) -> Decimal:
        """What waits for the agent."""
        waiting = (line for line in self.lines if not line.is_committed)
        return sum((line.cut.value for line in waiting), NOTHING)

    @property
    def in_hand(self) -> Decimal:
        committed = (line for line in self.lines if line.is_committed)
        return sum((line.in_hand for line in committed), NOTHING)

    @property
    def pence_a_copy(self) -> Decimal | None:
        """To a hundredth of a penny; None where nothing was bought."""
        use = self.lines[0].use if self.lines else None
        if use is None:
            return None
        pence = Fraction(self.cost) * 100 / use.copies
        return Decimal(round(pence * 100)) / 100

    @property
    def copies_counted(self) -> int:
        use = self.lines[0].use if self.lines else None
        return use.short if use else 0


def stock_cost(campaign: Campaign, stock: str) -> StockCost:
    """What a campaign's own stock costs. At most six queries."""
    bought = (
        expenses_of(campaign)
        .filter(campaign=campaign, stock=stock)
        .exclude(state=ExpenseState.VOIDED)
    )
    return StockCost(tuple(lines_of(bought, campaign, campaign_periods(campaign))))
