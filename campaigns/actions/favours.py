"""A supplier's favour: a credit note that not every customer gets is a donation too."""

from datetime import datetime

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.donations import record_donation, strike_out_gift
from campaigns.actions.expense_checks import ExpenseRefused
from campaigns.actions.spending import locked
from campaigns.models import Expense, ExpenseKind, ExpenseState
from campaigns.reports.counted_expenses import favours_of, gift_in
from campaigns.roles import Capability


def enter_favour(
    expense: Expense,
    *,
    donor_kind: str,
    donor_address: str = "",
    by: Actor,
    at: datetime,
) -> Expense:
    """Enter what a supplier's favour is worth as their donation in kind, received on
    the day of the last such credit note, from which its 30 days run.

    Audit verbs `donation.recorded` and `expense.favour_entered`.
    Refused: whoever may not enter donations; a voided expense, or one with a donation;
    no favour that counts as a gift (more than 10 % and over £50); and as
    `record_donation` refuses.
    """
    if not by.can(
        Capability.RECORD_DONATIONS,
        organisation_id=expense.organisation_id,
        campaign_id=expense.campaign_id,
    ):
        raise ExpenseRefused("not_allowed", "You may not enter donations here.")
    with transaction.atomic(durable=True):
        expense = locked(expense)
        if expense.state == ExpenseState.VOIDED or expense.donation_id:
            raise ExpenseRefused(
                "entered_before", "It is voided, or its donation is entered already."
            )
        notes, value = favours_of(expense), gift_in(expense)
        if not (notes and value):
            raise ExpenseRefused(
                "no_favour",
                "No credit note of it is a favour of more than 10 % and over £50.",
            )
        numbers = ", ".join(note.number for note in notes)
        expense.donation = record_donation(
            campaign=expense.campaign,
            donor=expense.supplier,
            donor_kind=donor_kind,
            donor_address=donor_address,
            amount=value,
            in_kind=f"Favour on {expense.description}, credit note {numbers}"[:300],
            received_on=max(note.dated_on for note in notes),
            by=by,
            at=at,
        )
        expense.save(update_fields=["donation"])
        audit.record(
            "expense.favour_entered",
            by=by,
            at=at,
            organisation_id=expense.organisation_id,
            campaign_id=expense.campaign_id,
            target=expense,
            donation=expense.donation.pk,
            amount=str(value),
        )
    return expense


def follow_favour(expense: Expense, *, reason: str, by: Actor, at: datetime) -> None:
    """A step of filing or voiding a credit note: the donation that was entered of a
    favour is voided where it is not what was given any more, so that it can be entered
    anew. One that went back to its donor stays while a favour is left."""
    if expense.donation_id is None or expense.kind == ExpenseKind.NOTIONAL:
        return
    expense = Expense.objects.select_related("donation").get(pk=expense.pk)
    given = expense.donation
    if given is None or given.amount == gift_in(expense):
        return
    if given.returned_on and favours_of(expense):
        return
    strike_out_gift(given.pk, reason=reason, by=by, at=at)
    expense.donation = None
    expense.save(update_fields=["donation"])
