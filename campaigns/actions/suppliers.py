"""Who supplied an expense and where they are, completed once it is known."""

from datetime import datetime

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.donations import complete_giver
from campaigns.actions.expense_checks import ExpenseRefused
from campaigns.actions.spending import locked
from campaigns.models import Expense, ExpenseState
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
    supplier, address = supplier.strip(), supplier_address.strip()
    if not supplier:
        raise ExpenseRefused("no_supplier", "An expense must say the supplier.")
    with transaction.atomic(durable=True):
        expense = locked(expense)
        if expense.state == ExpenseState.VOIDED:
            raise ExpenseRefused("already_voided", "This expense is voided.")
        before = {"supplier": expense.supplier, "address": expense.supplier_address}
        if before == {"supplier": supplier, "address": address}:
            return expense
        if supplier != expense.supplier:
            _refuse_another(expense, by)
        if expense.donation_id is not None:
            _refuse_without(
                Capability.RECORD_DONATIONS,
                expense,
                by,
                "It was given: whoever records donations keeps where the giver is.",
            )
            complete_giver(expense.donation_id, donor_address=address, by=by, at=at)
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
            after={"supplier": supplier, "address": address},
        )
    return expense


def _refuse_another(expense: Expense, by: Actor) -> None:
    """Whom an order is with is a part of what was committed."""
    if expense.donation_id is not None:
        raise ExpenseRefused(
            "other_giver",
            f"{expense.supplier} gave it, and was checked as its donor: if it was "
            "somebody else, void it and enter it anew.",
        )
    if expense.state == ExpenseState.COMMITTED:
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
