"""What a supplier gives by a price is a donation too, of what it comes to."""

from datetime import datetime

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.donations import record_donation, strike_out_gift
from campaigns.actions.expense_checks import ExpenseRefused
from campaigns.actions.spending import locked
from campaigns.models import Expense, ExpenseState
from campaigns.reports.counted_expenses import favours_of, given_in, given_on
from campaigns.roles import Capability


def enter_favour(
    expense: Expense,
    *,
    donor_kind: str,
    donor_address: str = "",
    by: Actor,
    at: datetime,
) -> Expense:
    """Enter what a supplier's favour, or a discount whose price changed, is worth as
    their donation in kind, received on the day of what made it so (`given_on`), from
    which its 30 days run; promised as before where it was only promised.

    Audit verbs `donation.recorded` and `expense.favour_entered`.
    Refused: whoever may not enter donations; a voided expense, or one with a donation;
    nothing given: no discount, nor a favour that counts as a gift (more than 10 % and
    over £50); and as `record_donation` refuses.
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
        value = given_in(expense)
        if not value:
            raise ExpenseRefused(
                "no_favour",
                "Nothing of it is given: no discount, and no favour of more than 10 % "
                "and over £50.",
            )
        expense.donation = record_donation(
            campaign=expense.campaign,
            donor=expense.supplier,
            donor_kind=donor_kind,
            donor_address=donor_address,
            amount=value,
            in_kind=_what_is_given(expense)[:300],
            received_on=given_on(expense),
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


def _what_is_given(expense: Expense) -> str:
    numbers = ", ".join(note.number for note in favours_of(expense))
    if not numbers:
        return expense.description
    return f"Favour on {expense.description}, credit note {numbers}"


def follow_gift(expense: Expense, *, reason: str, by: Actor, at: datetime) -> None:
    """A step of whatever changes the price of an expense: the donation that was entered
    of a gift, discount or favour is voided where it is not what was given any more, so
    that it can be entered anew. One that went back to its donor stays while something
    is given."""
    if expense.donation_id is None:
        return
    expense = Expense.objects.select_related("donation").get(pk=expense.pk)
    given, now = expense.donation, given_in(expense)
    if given is None or given.amount == now or (given.returned_on and now):
        return
    strike_out_gift(given.pk, reason=reason, by=by, at=at)
    expense.donation, expense.gift_promised = None, given.received_on is None
    expense.save(update_fields=["donation", "gift_promised"])
