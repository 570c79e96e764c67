"""Who may make a payment: asked of the law with what was paid before."""

from datetime import date
from decimal import Decimal

from django.db.models import Sum

from campaigns.models import (
    AuthorityKind,
    Expense,
    ExpenseKind,
    Invoice,
    Payer,
    Payment,
    SpendingAuthority,
)
from campaigns.reports.spending_authorities import standing_of
from campaigns.rules.election_kinds import parse_election_id
from campaigns.rules.payments import PayerRefused, refuse_payer

PAPERS = {
    Payer.PETTY: AuthorityKind.PETTY,
    Payer.CAMPAIGNER: AuthorityKind.CAMPAIGNER,
}


def refuse_others(
    invoice: Invoice,
    amount: Decimal,
    paid_on: date,
    *,
    paid_by: str,
    authority: SpendingAuthority | None,
) -> None:
    """Under the campaign's lock, so that two clerks at once enter no more than the sum,
    and the day of the agent's appointment stays while it is asked.

    Refused: somebody who may not pay this, a payer that there is not, an authority that
    is of another campaign, did not hold on the day of a petty payment or is not that by
    which a campaigner spent it, or where none belongs.
    """
    if paid_by not in Payer:
        raise PayerRefused("unknown_payer", f"{paid_by!r} is nobody who may pay.")
    if (authority is not None) != (paid_by in PAPERS):
        raise PayerRefused(
            "no_authority",
            "Petty expenses and what a campaigner spent, and nothing else, are paid by "
            "a written authority: choose it there, and only there.",
        )
    expense = invoice.expense
    if authority is not None:
        _refuse_paper(authority, expense, paid_on, kind=PAPERS[Payer(paid_by)])
    paid = Payment.objects.filter(
        organisation_id=invoice.organisation_id,
        invoice__expense__campaign=expense.campaign_id,
        paid_by=paid_by,
        authority=authority,
        voided_at__isnull=True,
    )
    if paid_by == Payer.CANDIDATE:
        paid = paid.filter(invoice__expense__kind=ExpenseKind.PERSONAL)
    refuse_payer(
        paid_by,
        amount,
        poll=parse_election_id(expense.campaign.election.slug).kind,
        is_personal=expense.kind == ExpenseKind.PERSONAL,
        paid_on=paid_on,
        agent_from=expense.campaign.agent_appointed_on,
        paid_before=paid.aggregate(sum=Sum("amount"))["sum"] or Decimal(0),
        cap=authority.cap if authority else None,
    )


def _refuse_paper(
    authority: SpendingAuthority, expense: Expense, paid_on: date, *, kind: str
) -> None:
    is_ours = authority.campaign_id == expense.campaign_id and authority.kind == kind
    if kind == AuthorityKind.CAMPAIGNER:
        if not is_ours or authority.pk != expense.authority_id:
            raise PayerRefused(
                "other_paper",
                "A campaigner pays what they spent by their own paper: enter the "
                "expense under it.",
            )
    elif not is_ours or not standing_of(authority).holds_on(paid_on):
        raise PayerRefused(
            "authority_not_in_force",
            "No authority for petty expenses by this paper held here on that day.",
        )
