"""A supplier's address that nobody knew when the expense was proposed."""

from datetime import datetime

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.expense_checks import ExpenseRefused
from campaigns.actions.spending import locked
from campaigns.models import Expense, ExpenseState
from campaigns.roles import Capability

LONGEST = 300


def add_supplier_address(
    expense: Expense, *, address: str, by: Actor, at: datetime
) -> Expense:
    """Write it where there is none; the return names it. Audit verb
    `expense.address_added`.

    Refused: whoever does not enter invoices, no address or one of more than 300
    letters, an expense that was voided or has one: what was told is not changed.
    """
    if not by.can(
        Capability.RECORD_PAYMENTS,
        organisation_id=expense.organisation_id,
        campaign_id=expense.campaign_id,
    ):
        raise ExpenseRefused("not_allowed", "You may not add an address here.")
    address = " ".join(address.split())
    if not address:
        raise ExpenseRefused("no_address", "Say where the supplier is.")
    if len(address) > LONGEST:
        raise ExpenseRefused("too_long", f"Say it in at most {LONGEST} letters.")
    with transaction.atomic(durable=True):
        expense = locked(expense)
        if expense.state == ExpenseState.VOIDED:
            raise ExpenseRefused("voided", "This expense is voided.")
        if expense.supplier_address:
            raise ExpenseRefused(
                "has_an_address", f"It has one: {expense.supplier_address}."
            )
        expense.supplier_address = address
        expense.save(update_fields=["supplier_address"])
        audit.record(
            "expense.address_added",
            by=by,
            at=at,
            organisation_id=expense.organisation_id,
            campaign_id=expense.campaign_id,
            target=expense,
        )
    return expense
