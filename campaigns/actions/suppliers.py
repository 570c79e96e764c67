"""Who supplied an expense and where they are, completed once it is known."""

from datetime import datetime

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.donations import keep_address
from campaigns.actions.expense_checks import ExpenseRefused
from campaigns.actions.spending import locked
from campaigns.models import Expense, ExpenseKind, ExpenseState
from campaigns.roles import Capability


def complete_supplier(
    expense: Expense, *, supplier: str, supplier_address: str, by: Actor, at: datetime
) -> Expense:
    """Say who the supplier is and where, as the return needs it.

    The donation of what was given in kind takes the address too. Audit verb
    `expense.supplier_completed`, with both before and after; what changes nothing
    leaves no trace.
    Refused: no supplier, a voided expense, another name for whoever gave it, or by
    anybody but the agent once it is committed; the address of a giver by whoever
    records no donations.
    """
    with transaction.atomic(durable=True):
        expense = locked(expense)
        if supplier.strip() != expense.supplier:
            _refuse_another(expense, by)
        if expense.donation_id is not None:
            _refuse_without(
                Capability.RECORD_DONATIONS,
                expense,
                by,
                "It was given: whoever records donations keeps where the giver is.",
            )
        return keep_supplier(
            expense,
            supplier=supplier.strip(),
            address=supplier_address.strip(),
            by=by,
            at=at,
        )


def keep_supplier(
    expense: Expense,
    *,
    supplier: str,
    address: str,
    by: Actor,
    at: datetime,
    **said: object,
) -> Expense:
    """The step of `complete_supplier`, with the campaign locked; the audit of the
    donation's address takes what else was `said`."""
    if not supplier:
        raise ExpenseRefused("no_supplier", "An expense must say the supplier.")
    if expense.state == ExpenseState.VOIDED:
        raise ExpenseRefused("already_voided", "This expense is voided.")
    if expense.donation_id is not None:
        if supplier != expense.supplier and expense.kind != ExpenseKind.NOTIONAL:
            raise ExpenseRefused(
                "other_giver",
                f"{expense.supplier} was checked as the donor of its favour: if it was "
                "somebody else, void the favour’s credit note first.",
            )
        if supplier != expense.supplier:
            raise ExpenseRefused(
                "other_giver",
                f"{expense.supplier} gave it, and was checked as its donor: if it "
                "was somebody else, void it and enter it anew.",
            )
        keep_address(expense.donation_id, donor_address=address, by=by, at=at, **said)
    before = {"supplier": expense.supplier, "address": expense.supplier_address}
    after = {"supplier": supplier, "address": address}
    if before == after:
        return expense
    expense.supplier, expense.supplier_address = supplier, address
    expense.save(update_fields=["supplier", "supplier_address"])
    audit.record(
        "expense.supplier_completed",
        by=by,
        at=at,
        organisation_id=expense.organisation_id,
        campaign_id=expense.campaign_id,
        target=expense,
        before=before,
        after=after,
    )
    return expense


def _refuse_another(expense: Expense, by: Actor) -> None:
    """Whom an order is with is a part of what was committed."""
    if expense.state == ExpenseState.COMMITTED and expense.donation_id is None:
        _refuse_without(
            Capability.COMMIT_EXPENSE,
            expense,
            by,
            f"The agent committed it with {expense.supplier}: only the agent gives it "
            "another supplier.",
        )


def _refuse_without(
    capability: Capability, expense: Expense, by: Actor, refusal: str
) -> None:
    if not by.can(
        capability,
        organisation_id=expense.organisation_id,
        campaign_id=expense.campaign_id,
    ):
        raise ExpenseRefused("not_yours", refusal)
