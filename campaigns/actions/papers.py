"""What every paper about an expense shares: the lock and the record of its writing."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.spending import lock_bearers
from campaigns.models import Campaign, Expense, Invoice


class Paper(Protocol):
    """An invoice or something filed with one."""

    amount: Decimal


def locked_invoice(invoice: Invoice) -> tuple[Invoice, list[Campaign]]:
    """The invoice as it is now, and the campaigns that bear it, locked until the
    commit."""
    bearers = lock_bearers(invoice.expense)
    found = Invoice.objects.select_related("expense__campaign__election")
    found = found.prefetch_related("credit_notes", "payments", "leaves")
    return found.get(pk=invoice.pk), bearers


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
