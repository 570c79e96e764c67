"""What every paper about an expense shares: the lock and the record of its writing."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.spending import lock_bearers
from campaigns.models import (
    Campaign,
    CourtLeave,
    CreditNote,
    Expense,
    Invoice,
    Payment,
    Refund,
)
from campaigns.rules.refusals import Refusal


class Paper(Protocol):
    """An invoice or something filed with one."""

    amount: Decimal


Struck = Invoice | Payment | CreditNote | CourtLeave | Refund


def locked_invoice(invoice: Invoice) -> tuple[Invoice, list[Campaign]]:
    """The invoice as it is now, and the campaigns that bear it, locked until the
    commit."""
    bearers = lock_bearers(invoice.expense)
    found = Invoice.objects.select_related("expense__campaign__election")
    found = found.prefetch_related("credit_notes", "payments", "leaves")
    return found.get(pk=invoice.pk), bearers


def refuse_to_strike(
    paper: Struck, what: str, reason: str, *, refused: type[Refusal]
) -> None:
    """Refuse to void without a reason, or twice."""
    if not reason.strip():
        raise refused("no_reason", f"Say why the {what} is voided.")
    if paper.voided_at is not None:
        raise refused("already_voided", f"This {what} is voided already.")


def strike(paper: Struck, *, reason: str, at: datetime) -> None:
    """Void it; the row and the reason stay."""
    paper.voided_at, paper.void_reason = at, reason.strip()
    paper.save(update_fields=["voided_at", "void_reason"])


def record_paper(
    verb: str,
    paper: Paper,
    expense: Expense,
    *,
    by: Actor,
    at: datetime,
    **data: object,
) -> None:
    record_papers(verb, [(paper, expense, data)], by=by, at=at)


def record_papers(
    verb: str,
    papers: Iterable[tuple[Paper, Expense, Mapping[str, object]]],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """An entry for each paper about an expense, with what else is to be said of it."""
    audit.record_each(
        verb,
        [
            audit.Entry(
                paper,
                expense.organisation_id,
                expense.campaign_id,
                {"expense": expense.pk, "amount": str(paper.amount), **data},
            )
            for paper, expense, data in papers
        ],
        by=by,
        at=at,
    )
