"""What an expense must say before it is put before the agent."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from campaigns.models import (
    Campaign,
    Expense,
    ExpenseCategory,
    ExpenseExclusion,
    ExpenseKind,
    ShareBasis,
    StaffDuty,
)
from campaigns.reports.stock_use import stocks_in
from campaigns.rules.election_kinds import parse_election_id
from campaigns.rules.exclusions import Exclusion, refuse_exclusion
from campaigns.rules.expenses import may_be_personal
from campaigns.rules.money import pounds, to_the_penny
from campaigns.rules.paid_work import paid_canvassing
from campaigns.rules.refusals import Refusal

MOST = Decimal("99_999_999.99")
MOST_PARTS = 1_000_000_000


class ExpenseRefused(Refusal):
    """The expense cannot be proposed, committed or voided as asked."""


@dataclass(frozen=True, slots=True)
class Share:
    """The part of an expense that another bears: `parts` of `of_parts`, exactly.

    `basis` is by what it is measured; the figures are kept as they were told.
    `campaign` is one of ours, whose limit then takes the part; without it the bearer
    is another body, such as a party or another candidate.
    """

    parts: int
    of_parts: int
    reason: str
    bearer: str = ""
    campaign: Campaign | None = None
    basis: str = ShareBasis.USE

    @property
    def name(self) -> str:
        return self.bearer.strip() or (self.campaign.name if self.campaign else "")


@dataclass(frozen=True, slots=True)
class PartInside:
    """How much of the use falls in the regulated period, where days do not tell it.

    `long_parts` is how much falls in the long campaign before it.
    """

    parts: int
    of_parts: int
    reason: str
    long_parts: int = 0


def refuse_unclear(expense: Expense) -> None:
    for field, what in (
        ("description", "what it is for"),
        ("supplier", "the supplier"),
    ):
        if not getattr(expense, field):
            raise ExpenseRefused(f"no_{field}", f"An expense must say {what}.")
    if expense.category not in ExpenseCategory:
        raise ExpenseRefused(
            "unknown_category", f"{expense.category!r} is not a category of the return."
        )
    if expense.kind not in ExpenseKind:
        raise ExpenseRefused(
            "unknown_kind", f"{expense.kind!r} is not a kind of expense."
        )
    if expense.used_until < expense.used_from:
        raise ExpenseRefused(
            "days_out_of_order", "The last day of use is before the first."
        )
    _refuse_odd_money(expense)
    _refuse_odd_work(expense)
    _refuse_odd_exclusion(expense)
    refuse_odd_personal(expense)
    _refuse_unknown_stock(expense)
    if expense.inside_parts is not None and expense.inside_of_parts is not None:
        _refuse_odd_part(
            expense.inside_parts, expense.inside_of_parts, expense.inside_reason
        )
        _refuse_odd_part(
            expense.inside_parts + expense.long_parts,
            expense.inside_of_parts,
            expense.inside_reason,
        )


def _refuse_odd_money(expense: Expense) -> None:
    notional = expense.kind == ExpenseKind.NOTIONAL
    if notional and expense.market_value is None:
        raise ExpenseRefused(
            "no_market_value", "A gift or discount needs its commercial value."
        )
    for amount in (expense.amount, expense.market_value):
        if amount is None:
            continue
        if not amount.is_finite() or not 0 <= amount <= MOST:
            raise ExpenseRefused(
                "bad_amount", f"An amount must be from £0.00 to {pounds(MOST)}."
            )
        if amount != to_the_penny(amount):
            raise ExpenseRefused(
                "part_penny", f"£{amount} is not a whole number of pence."
            )
    if not notional and expense.amount == 0 and not expense.excluded:
        raise ExpenseRefused(
            "no_amount", "What costs nothing is either a gift (notional) or no expense."
        )


def _refuse_odd_work(expense: Expense) -> None:
    """Staff do something that may be paid (Representation of the People Act 1983,
    s.111)."""
    duty = expense.staff_duty
    if duty and duty not in StaffDuty:
        raise ExpenseRefused("unknown_duty", f"{duty!r} is not a duty of staff.")
    if expense.category == ExpenseCategory.STAFF and not (duty or expense.excluded):
        raise ExpenseRefused("no_duty", "Say what the people who are paid for it do.")
    if refusal := paid_canvassing(duty, paid=expense.amount):
        raise ExpenseRefused("paid_canvassing", refusal)


def _refuse_odd_exclusion(expense: Expense) -> None:
    if not expense.excluded:
        if expense.excluded_reason:
            raise ExpenseRefused(
                "no_exclusion",
                "Say by which rule it does not count.",
            )
        return
    if expense.excluded not in ExpenseExclusion:
        raise ExpenseRefused(
            "unknown_exclusion", f"{expense.excluded!r} is not an exclusion of the law."
        )
    if not expense.excluded_reason:
        raise ExpenseRefused(
            "no_exclusion_reason", "Say why that exclusion applies to this."
        )
    election = expense.campaign.election
    refuse_exclusion(
        Exclusion[expense.excluded.upper()],
        kind=parse_election_id(election.slug).kind,
        poll_on=election.poll_on,
    )
    if expense.kind == ExpenseKind.PERSONAL:
        raise ExpenseRefused(
            "personal", "A personal expense of the candidate counts nothing already."
        )


def refuse_odd_personal(expense: Expense) -> None:
    """A candidate's personal expense counts nothing, so it is their own travel or
    living, and no copies of a leaflet: nothing else gets past the limit by its name."""
    if expense.kind != ExpenseKind.PERSONAL:
        return
    if not may_be_personal(expense.category, stock=expense.stock):
        raise ExpenseRefused(
            "not_personal",
            "Personal expenses are the candidate’s own reasonable travel and living, "
            "under Transport or Accommodation: anything else is the campaign’s, and "
            "counts.",
        )


def _refuse_unknown_stock(expense: Expense) -> None:
    if not expense.stock:
        return
    if expense.stock not in stocks_in(expense.campaign):
        raise ExpenseRefused(
            "unknown_stock", f"This campaign has no stock {expense.stock!r}."
        )
    if expense.inside_parts is not None:
        raise ExpenseRefused(
            "copies_tell", "Its copies tell what part is used in the period."
        )


def _refuse_odd_part(parts: int, of_parts: int, reason: str) -> None:
    if not 0 <= parts <= of_parts or not 1 <= of_parts <= MOST_PARTS:
        raise ExpenseRefused(
            "bad_part", f"{parts} of {of_parts} is not a part of the whole."
        )
    if not reason:
        raise ExpenseRefused("no_reason", "A part chosen by hand needs its reason.")


def refuse_bad_shares(shares: Sequence[Share], campaign: Campaign) -> None:
    for share in shares:
        if not share.name:
            raise ExpenseRefused("no_bearer", "A share must say who bears it.")
        if share.basis not in ShareBasis:
            raise ExpenseRefused(
                "unknown_basis", f"{share.basis!r} is no way of splitting."
            )
        if share.parts < 1:
            raise ExpenseRefused("bad_part", "A share must be more than nothing.")
        _refuse_odd_part(share.parts, share.of_parts, share.reason.strip())
        other = share.campaign
        if other and other.organisation_id != campaign.organisation_id:
            raise ExpenseRefused(
                "foreign_campaign", "A share goes only to a campaign of your own."
            )
        if other and other.pk == campaign.pk:
            raise ExpenseRefused(
                "own_share", "What the shares leave is this campaign's own part."
            )
    if len({share.name for share in shares}) < len(shares):
        raise ExpenseRefused("bearer_twice", "Each bearer has one share.")
    if sum((Fraction(s.parts, s.of_parts) for s in shares), Fraction()) > 1:
        raise ExpenseRefused(
            "shares_too_large", "The shares come to more than the whole expense."
        )
