"""Expenses: proposed by an organiser, committed by the agent, voided with a reason."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Required, TypedDict, Unpack

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.authorities import refuse_no_authority_to_spend
from campaigns.actions.donations import strike_out_gift
from campaigns.actions.expense_checks import (
    ExpenseRefused,
    PartInside,
    Share,
    refuse_bad_shares,
    refuse_unclear,
)
from campaigns.actions.expense_payments import strike_invoices
from campaigns.actions.once import made_before
from campaigns.actions.spending import locked
from campaigns.models import (
    Campaign,
    Donation,
    Expense,
    ExpenseKind,
    ExpenseShare,
    ExpenseState,
    Payment,
    SpendingAuthority,
)
from campaigns.roles import Capability

BATCH = 1_000


class ExpenseFields(TypedDict, total=False):
    """What is told of an expense, by the names of the model; amounts in pounds.

    `amount` is what is or will be paid, VAT included; `market_value` what a gift or
    discount is worth, found as `value_basis` says. `used_from` and `used_until` are
    the first and last day of use. `staff_duty` is what the people paid for do.
    `excluded` never counts, for `excluded_reason`. `stock` is what it bought copies
    of. `authority` is the written one under which it is spent, if not the agent's own.
    """

    description: Required[str]
    supplier: Required[str]
    supplier_address: str
    category: Required[str]
    kind: str
    amount: Required[Decimal]
    market_value: Decimal | None
    value_basis: str
    donation: Donation
    staff_duty: str
    excluded: str
    excluded_reason: str
    incurred_on: Required[date]
    used_from: Required[date]
    used_until: Required[date]
    stock: str
    authority: SpendingAuthority | None


def propose_expense(
    *,
    campaign: Campaign,
    inside: PartInside | None = None,
    shares: Sequence[Share] = (),
    source: str | None = None,
    by: Actor,
    at: datetime,
    **told: Unpack[ExpenseFields],
) -> Expense:
    """Put an expense before the agent; it counts only when it is committed.

    `source`, such as `letter_run:12`, makes it idempotent: the first one is returned.
    Audit verb `expense.proposed`.
    Refused: no description or supplier, part pennies, a category or kind that does not
    exist, days in the wrong order, shares of more than the whole or without a reason,
    a personal expense that is neither travel nor living,
    an authority that did not hold on that day or has too little left, staff of whom it
    is not said what they do, and whoever is paid to canvass.
    """
    expense = draft_expense(
        campaign=campaign, inside=inside, source=source, by=by, at=at, **told
    )
    refuse_bad_shares(shares, campaign)
    if expense.authority is not None:
        refuse_no_authority_to_spend(expense, expense.authority)
    with transaction.atomic():
        made = made_before(Expense, campaign, source)
        return made or _save(expense, shares, by=by, at=at)


def draft_expense(
    *,
    campaign: Campaign,
    inside: PartInside | None = None,
    source: str | None = None,
    by: Actor,
    at: datetime,
    **told: Unpack[ExpenseFields],
) -> Expense:
    """One that is not saved yet. Refused: what `propose_expense` calls unclear."""
    expense = Expense(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        proposed_at=at,
        source=source,
        **{
            name: value.strip() if isinstance(value, str) else value
            for name, value in told.items()
        },
    )
    expense.recorded_by(by)
    if inside is not None:
        expense.inside_parts = inside.parts
        expense.long_parts = inside.long_parts
        expense.inside_of_parts = inside.of_parts
        expense.inside_reason = inside.reason.strip()
    refuse_unclear(expense)
    return expense


def propose_drafts(drafts: Sequence[Expense], *, by: Actor, at: datetime) -> None:
    """Put several before the agent at once, that nobody else bears a part of. Audit
    verb, of each: `expense.proposed`."""
    Expense.objects.bulk_create(drafts, batch_size=BATCH)
    audit.record_each(
        "expense.proposed",
        [_entry(expense, {"shares": 0}) for expense in drafts],
        by=by,
        at=at,
    )


def state_personal_expense(
    *,
    campaign: Campaign,
    description: str,
    supplier: str,
    supplier_address: str = "",
    category: str,
    amount: Decimal,
    incurred_on: date,
    source: str | None = None,
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
        supplier_address=supplier_address,
        category=category,
        kind=ExpenseKind.PERSONAL,
        amount=amount,
        incurred_on=incurred_on,
        used_from=incurred_on,
        used_until=incurred_on,
        source=source,
        by=by,
        at=at,
    )


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
            basis=share.basis,
            parts=share.parts,
            of_parts=share.of_parts,
            reason=share.reason.strip(),
        )
        for share in shares
    )
    _record("expense.proposed", expense, by=by, at=at, shares=len(shares))
    return expense


def void_expense(expense: Expense, *, reason: str, by: Actor, at: datetime) -> Expense:
    """Strike the expense out with a reason; the row stays.

    Its unpaid bills and their credit notes are voided with it, and so is the donation
    of what was given in kind, unless it was returned. Audit verb `expense.voided`.
    Refused: no reason, already voided, or paid for (void the payments first). A
    committed expense is voided by the agent; a proposed one by whoever may propose, and
    by the candidate what they stated themselves (`may_void`).
    """
    with transaction.atomic(durable=True):
        return strike_out(expense, reason=reason, by=by, at=at)


def strike_out(expense: Expense, *, reason: str, by: Actor, at: datetime) -> Expense:
    """The step of `void_expense`, within a transaction of others."""
    reason = reason.strip()
    if not reason:
        raise ExpenseRefused("no_reason", "Say why the expense is voided.")
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
    strike_invoices(expense, reason=reason, by=by, at=at)
    before = expense.state
    expense.state = ExpenseState.VOIDED
    expense.voided_at, expense.voided_by, expense.void_reason = at, by.label, reason
    expense.save(update_fields=["state", "voided_at", "voided_by", "void_reason"])
    _record("expense.voided", expense, by=by, at=at, reason=reason, before=before)
    if expense.donation_id is not None:
        strike_out_gift(expense.donation_id, reason=reason, by=by, at=at)
    return expense


def _refuse_void_by_others(expense: Expense, by: Actor) -> None:
    if may_void(expense, by):
        return
    if expense.state == ExpenseState.COMMITTED:
        raise ExpenseRefused(
            "not_yours_to_void", "Only the election agent voids a committed expense."
        )
    raise ExpenseRefused(
        "not_yours_to_void",
        "Whoever may propose expenses voids a proposed one; you, what you stated.",
    )


def may_void(expense: Expense, actor: Actor) -> bool:
    """Whether they are one who may strike it out, in the state it is in."""

    def can(capability: Capability) -> bool:
        return actor.can(
            capability,
            organisation_id=expense.organisation_id,
            campaign_id=expense.campaign_id,
        )

    if expense.state == ExpenseState.COMMITTED:
        return can(Capability.COMMIT_EXPENSE)
    is_theirs = (expense.by_kind, expense.by_id) == (actor.kind, actor.id)
    return can(Capability.PROPOSE_EXPENSE) or (
        expense.kind == ExpenseKind.PERSONAL
        and is_theirs
        and can(Capability.STATE_PERSONAL_EXPENSES)
    )


def _record(
    verb: str, expense: Expense, *, by: Actor, at: datetime, **data: object
) -> None:
    audit.record_each(verb, [_entry(expense, data)], by=by, at=at)


def _entry(expense: Expense, data: Mapping[str, object]) -> audit.Entry:
    said = {"amount": str(expense.amount), **value_of(expense), **data}
    return audit.Entry(expense, expense.organisation_id, expense.campaign_id, said)


def value_of(expense: Expense) -> dict[str, str]:
    """What the audit says of the value of a gift or discount."""
    if expense.market_value is None:
        return {}
    return {"market_value": str(expense.market_value)}
