"""Who may make a payment: asked of the law with what was paid before."""

from datetime import date
from decimal import Decimal

from django.db.models import Sum

from campaigns.models import (
    AuthorityKind,
    ExpenseKind,
    Invoice,
    Payer,
    Payment,
    SpendingAuthority,
)
from campaigns.reports.spending_authorities import standing_of
from campaigns.rules.election_kinds import parse_election_id
from campaigns.rules.payments import PayerRefused, refuse_payer


def refuse_others(
    invoice: Invoice,
    amount: Decimal,
    paid_on: date,
    *,
    paid_by: str,
    authority: SpendingAuthority | None,
) -> None:
    """Under the campaign's lock, so that two clerks at once enter no more than the sum.

    Refused: somebody who may not pay this, a payer that there is not, an authority that
    is of another campaign or did not hold on that day, or where none belongs.
    """
    if paid_by not in Payer:
        raise PayerRefused("unknown_payer", f"{paid_by!r} is nobody who may pay.")
    if (authority is not None) != (paid_by == Payer.PETTY):
        raise PayerRefused(
            "no_authority",
            "Petty expenses, and nothing else, are paid by a written authority: "
            "choose it there, and only there.",
        )
    expense = invoice.expense
    if authority is not None and (
        authority.campaign_id != expense.campaign_id
        or authority.kind != AuthorityKind.PETTY
        or not standing_of(authority).holds_on(paid_on)
    ):
        raise PayerRefused(
            "authority_not_in_force",
            "No authority for petty expenses by this paper held here on that day.",
        )
    paid = Payment.objects.filter(
        organisation_id=invoice.organisation_id,
        invoice__expense__campaign=expense.campaign_id,
        paid_by=paid_by,
        authority=authority,
        voided_at__isnull=True,
    )
    refuse_payer(
        paid_by,
        amount,
        poll=parse_election_id(expense.campaign.election.slug).kind,
        is_personal=expense.kind == ExpenseKind.PERSONAL,
        paid_before=paid.aggregate(sum=Sum("amount"))["sum"] or Decimal(0),
        cap=authority.cap if authority else None,
    )
