"""Expenses: proposed by an organiser, committed by the agent, voided with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.authorities import refuse_no_authority_to_spend
from campaigns.actions.spending import locked
from campaigns.models import (
    Campaign,
    Expense,
    ExpenseCategory,
    ExpenseKind,
    ExpenseShare,
    ExpenseState,
    Payment,
    SpendingAuthority,
)
from campaigns.roles import Capability
from campaigns.rules.money import pounds, to_the_penny
from campaigns.rules.refusals import Refusal

MOST = Decimal("99_999_999.99")
MOST_PARTS = 1_000_000_000


class ExpenseRefused(Refusal):
    """The expense cannot be proposed, committed or voided as asked."""


@dataclass(frozen=True, slots=True)
class Share:
    """The part of an expense that another bears: `parts` of `of_parts`, exactly.

    `campaign` is one of ours, whose limit then takes the part; without it the bearer
    is another body, such as a party or another candidate.
    """

    parts: int
    of_parts: int
    reason: str
    bearer: str = ""
    campaign: Campaign | None = None

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


def propose_expense(
    *,
    campaign: Campaign,
    description: str,
    supplier: str,
    supplier_address: str = "",
    category: str,
    kind: str = ExpenseKind.INCURRED,
    amount: Decimal,
    market_value: Decimal | None = None,
    incurred_on: date,
    used_from: date,
    used_until: date,
    inside: PartInside | None = None,
    shares: Sequence[Share] = (),
    authority: SpendingAuthority | None = None,
    source: str | None = None,
    by: Actor,
    at: datetime,
) -> Expense:
    """Put an expense before the agent; it counts only when it is committed.

    `amount` is what is or will be paid, VAT included; `market_value` what a gift or
    discount is worth. `used_from` and `used_until` are the first and last day of use.
    `authority` is the written one under which it is spent, if not the agent's own.
    `source`, such as `letter_run:12`, makes it idempotent: the first one is returned.
    Refused: no description or supplier, part pennies, a category or kind that does not
    exist, days in the wrong order, shares of more than the whole or without a reason,
    an authority that did not hold on that day or has too little left.
    """
    expense = Expense(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        description=description.strip(),
        supplier=supplier.strip(),
        supplier_address=supplier_address.strip(),
        category=category,
        kind=kind,
        amount=amount,
        market_value=market_value,
        incurred_on=incurred_on,
        used_from=used_from,
        used_until=used_until,
        proposed_at=at,
        authority=authority,
        source=source,
    )
    expense.recorded_by(by)
    if inside is not None:
        expense.inside_parts = inside.parts
        expense.long_parts = inside.long_parts
        expense.inside_of_parts = inside.of_parts
        expense.inside_reason = inside.reason.strip()
    _refuse_unclear(expense)
    _refuse_bad_shares(shares, campaign)
    if authority is not None:
        refuse_no_authority_to_spend(expense, authority)
    with transaction.atomic():
        return _already_proposed(expense) or _save(expense, shares, by=by, at=at)


def state_personal_expense(
    *,
    campaign: Campaign,
    description: str,
    supplier: str,
    category: str,
    amount: Decimal,
    incurred_on: date,
    by: Actor,
    at: datetime,
) -> Expense:
    """Put before the agent what the candidate paid for their own travel and living.

    It belongs in the return and never counts. Refused as `propose_expense` refuses.
    """
    return propose_expense(
        campaign=campaign,
        description=description,
        supplier=supplier,
        category=category,
        kind=ExpenseKind.PERSONAL,
        amount=amount,
        incurred_on=incurred_on,
        used_from=incurred_on,
        used_until=incurred_on,
        by=by,
        at=at,
    )


def _already_proposed(expense: Expense) -> Expense | None:
    """One source makes one expense: whoever comes second waits here for the first."""
    if expense.source is None:
        return None
    Campaign.objects.select_for_update(no_key=True).get(pk=expense.campaign_id)
    return Expense.objects.filter(
        organisation_id=expense.organisation_id, source=expense.source
    ).first()


def _save(
    expense: Expense, shares: Sequence[Share], *, by: Actor, at: datetime
) -> Expense:
    expense.save(force_insert=True)
    ExpenseShare.objects.bulk_create(
        ExpenseShare(
            organisation_id=expense.organisation_id,
            expense=expense,
            bearer=share.name,
            bearer_campaign=share.campaign,
            parts=share.parts,
            of_parts=share.of_parts,
            reason=share.reason.strip(),
        )
        for share in shares
    )
    _record("expense.proposed", expense, by=by, at=at, shares=len(shares))
    return expense


def _refuse_unclear(expense: Expense) -> None:
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
    if not notional and expense.amount == 0:
        raise ExpenseRefused(
            "no_amount", "What costs nothing is either a gift (notional) or no expense."
        )


def _refuse_odd_part(parts: int, of_parts: int, reason: str) -> None:
    if not 0 <= parts <= of_parts or not 1 <= of_parts <= MOST_PARTS:
        raise ExpenseRefused(
            "bad_part", f"{parts} of {of_parts} is not a part of the whole."
        )
    if not reason:
        raise ExpenseRefused("no_reason", "A part chosen by hand needs its reason.")


def _refuse_bad_shares(shares: Sequence[Share], campaign: Campaign) -> None:
    for share in shares:
        if not share.name:
            raise ExpenseRefused("no_bearer", "A share must say who bears it.")
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


def void_expense(expense: Expense, *, reason: str, by: Actor, at: datetime) -> Expense:
    """Strike the expense out with a reason; the row stays.

    Refused: no reason, already voided, or paid for (void the payments first). A
    committed expense is voided by the agent; a proposed one by whoever may propose.
    """
    reason = reason.strip()
    if not reason:
        raise ExpenseRefused("no_reason", "Say why the expense is voided.")
    with transaction.atomic(durable=True):
        expense = locked(expense)
        if expense.state == ExpenseState.VOIDED:
            raise ExpenseRefused("already_voided", "This expense is voided already.")
        _refuse_void_by_others(expense, by)
        if Payment.objects.filter(
            invoice__expense=expense, voided_at__isnull=True
        ).exists():
            raise ExpenseRefused(
                "already_paid", "This expense was paid: void its payments first."
            )
        before = expense.state
        expense.state = ExpenseState.VOIDED
        expense.voided_at, expense.voided_by, expense.void_reason = at, by.label, reason
        expense.save(update_fields=["state", "voided_at", "voided_by", "void_reason"])
        _record("expense.voided", expense, by=by, at=at, reason=reason, before=before)
    return expense


def _refuse_void_by_others(expense: Expense, by: Actor) -> None:
    needed = (
        Capability.COMMIT_EXPENSE
        if expense.state == ExpenseState.COMMITTED
        else Capability.PROPOSE_EXPENSE
    )
    if not by.can(
        needed,
        organisation_id=expense.organisation_id,
        campaign_id=expense.campaign_id,
    ):
        raise ExpenseRefused(
            "not_yours_to_void", "Only the election agent voids a committed expense."
        )


def _record(
    verb: str, expense: Expense, *, by: Actor, at: datetime, **data: object
) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=expense.organisation_id,
        campaign_id=expense.campaign_id,
        target=expense,
        amount=str(expense.amount),
        **data,
    )
