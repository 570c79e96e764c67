"""Something given in kind: spending at its value, and a donation of it, at once."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Required, TypedDict, Unpack

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.donations import (
    DonationRefused,
    mark_returned,
    record_donation,
    standing_expense,
)
from campaigns.actions.expense_checks import ExpenseRefused, PartInside, Share
from campaigns.actions.expenses import (
    propose_expense,
    strike_out,
)
from campaigns.actions.once import made_before
from campaigns.actions.spending import locked
from campaigns.models import Campaign, Donation, Expense, ExpenseKind, ExpenseState
from campaigns.reports.campaign_periods import campaign_periods
from campaigns.reports.cautions import awaits_declaration
from campaigns.reports.counted_expenses import lines_of, market_value_of
from campaigns.roles import Capability
from campaigns.rules.notional_value import counts_as_used_on_behalf

MOST_WORDS = 500  # as many letters as a reason holds
NOTHING_TO_DECLARE = (
    "Nothing of its value counts above what is paid, so there is none to declare: a "
    "discount counts from more than 10 % and more than £50, and nothing does of what "
    "the law excludes."
)
OF_THEIR_OWN_ACCORD = (
    "What neither the candidate nor the agent directed, authorised or encouraged is "
    "that body’s own campaign, and counts nothing here: write it down under “Others’ "
    "own campaigns”."
)


class GiftFields(TypedDict, total=False):
    """What is given, under which head, when it is used and who bears a part of it, as
    `propose_expense` takes it; its `source` makes one gift, as it makes one expense."""

    description: Required[str]
    category: Required[str]
    staff_duty: str
    excluded: str
    excluded_reason: str
    used_from: Required[date]
    used_until: Required[date]
    stock: str
    inside: PartInside | None
    shares: Sequence[Share]
    source: str | None


def record_gift_in_kind(
    *,
    campaign: Campaign,
    donor: str,
    donor_kind: str,
    donor_address: str = "",
    market_value: Decimal,
    paid: Decimal = Decimal("0.00"),
    value_basis: str,
    declared: bool = False,
    is_encouraged: bool = True,
    received_on: date | None = None,
    by: Actor,
    at: datetime,
    **told: Unpack[GiftFields],
) -> Expense:
    """Premises, staff, calls or goods that come free or below their price.

    The expense waits for the agent as notional spending at `market_value`, found as
    `value_basis` says; the difference to what is `paid` is entered as a donation in
    kind, promised until `received_on`. `declared`: the agent declares the value.
    `is_encouraged`: the candidate or the agent directed, authorised or encouraged it.
    What others bear of it is theirs as spending; the donation stays whole, and here.
    Refused: what nobody of ours encouraged; whoever may not propose, or enter
    donations; no value above what is paid, or not told how it was found; a declaration
    by somebody else; and as `propose_expense` and `record_donation` refuse.
    """
    for needed in (Capability.PROPOSE_EXPENSE, Capability.RECORD_DONATIONS):
        _refuse_without(needed, campaign, by)
    _refuse_their_own(used_on=told["used_from"], is_encouraged=is_encouraged)
    _refuse_unvalued(value_basis, market_value=market_value, paid=paid)
    with transaction.atomic(durable=True):
        if made := made_before(Expense, campaign, told.get("source")):
            return made
        donation = record_donation(
            campaign=campaign,
            donor=donor,
            donor_kind=donor_kind,
            donor_address=donor_address,
            amount=market_value - paid,
            in_kind=told["description"].strip(),
            received_on=received_on,
            by=by,
            at=at,
        )
        expense = propose_expense(
            campaign=campaign,
            supplier=donor,
            supplier_address=donor_address,
            kind=ExpenseKind.NOTIONAL,
            amount=paid,
            market_value=market_value,
            value_basis=value_basis,
            donation=donation,
            incurred_on=received_on or told["used_from"],
            by=by,
            at=at,
            **told,
        )
        return _declared(expense, by=by, at=at) if declared else expense


def _refuse_their_own(*, used_on: date, is_encouraged: bool) -> None:
    if not counts_as_used_on_behalf(used_on=used_on, is_encouraged=is_encouraged):
        raise ExpenseRefused("not_on_behalf", OF_THEIR_OWN_ACCORD)


def _refuse_unvalued(basis: str, *, market_value: Decimal, paid: Decimal) -> None:
    if not basis.strip():
        raise ExpenseRefused("no_value_basis", "Say how the value was found.")
    if not market_value > paid:
        raise ExpenseRefused(
            "nothing_given", "A gift is worth more than what is paid for it."
        )


def return_gift(
    donation: Donation,
    *,
    returned_on: date,
    returned_how: str,
    was_used: bool,
    by: Actor,
    at: datetime,
) -> Donation:
    """Give back what came in kind, with the expense that it covers.

    What counts as spending is its use (docs/rules/paid-work.md): what `was_used`, if
    only in part, stays spending and counts as before. What comes back unused is no
    spending: its expense is voided, with how it was returned as the reason. The
    donation stays on record as returned. Audit verb `donation.returned`, and
    `expense.voided`.
    Refused: no expense that stands (`return_donation`), a favour as unused, whoever may
    not void it, one that was paid; and as `return_donation` refuses.
    """
    with transaction.atomic(durable=True):
        expense = standing_expense(donation)
        if expense is None:
            raise DonationRefused("no_gift", "No expense stands that it covers.")
        expense = locked(expense)
        if expense.kind != ExpenseKind.NOTIONAL and not was_used:
            raise DonationRefused(
                "a_favour",
                "It is a supplier’s favour, not a thing that comes back: say that it "
                "was used, and how it was paid back.",
            )
        returned = mark_returned(
            donation,
            returned_on=returned_on,
            returned_how=returned_how,
            by=by,
            at=at,
            expense=expense.pk,
            was_used=was_used,
        )
        if not was_used:
            reason = f"Returned unused: {returned.returned_how}"
            strike_out(expense, reason=reason[:MOST_WORDS], by=by, at=at)
    return returned


def declare_value(expense: Expense, *, by: Actor, at: datetime) -> Expense:
    """The agent declares that the value of a gift, discount or favour is true. Audit
    verb `expense.value_declared`. Refused: anybody else, what was voided or declared, a
    value of which nothing counts above the price."""
    with transaction.atomic(durable=True):
        return _declared(locked(expense), by=by, at=at)


def _declared(expense: Expense, *, by: Actor, at: datetime) -> Expense:
    _refuse_without(Capability.DECLARE_MONEY, expense.campaign, by)
    if market_value_of(expense) is None or expense.state == ExpenseState.VOIDED:
        raise ExpenseRefused(
            "no_gift", "Only the value of a gift or favour that stands."
        )
    if expense.value_declared_at is not None:
        raise ExpenseRefused("declared", "Its value was declared before.")
    [line] = lines_of([expense], expense.campaign, campaign_periods(expense.campaign))
    if not awaits_declaration(line):
        raise ExpenseRefused("counts_nothing", NOTHING_TO_DECLARE)
    expense.value_declared_at, expense.value_declared_by = at, by.label
    expense.save(update_fields=["value_declared_at", "value_declared_by"])
    audit.record(
        "expense.value_declared",
        by=by,
        at=at,
        organisation_id=expense.organisation_id,
        campaign_id=expense.campaign_id,
        target=expense,
        market_value=str(market_value_of(expense)),
    )
    return expense


def _refuse_without(needed: Capability, campaign: Campaign, by: Actor) -> None:
    if by.can(
        needed, organisation_id=campaign.organisation_id, campaign_id=campaign.pk
    ):
        return
    if needed == Capability.DECLARE_MONEY:
        raise ExpenseRefused(
            "not_the_agent", "Only the election agent declares the value of a gift."
        )
    raise ExpenseRefused("not_allowed", "You may not enter gifts here.")
