"""A committed expense as the order that goes to its supplier."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from campaigns.models import Campaign, Expense, ExpenseCategory, ExpenseState
from campaigns.reports.imprints import printed_by
from campaigns.rules.imprints import Imprint, Medium, imprint_text, missing_parts

# What goes out under these heads must say who is behind it.
SHOWS_AN_IMPRINT = (ExpenseCategory.ADVERTISING, ExpenseCategory.UNSOLICITED)


@dataclass(frozen=True, slots=True)
class PurchaseOrder:
    """What the supplier is asked for, and who answers for it.

    `reminders` say what has to stand on the material, where it needs an imprint.
    """

    expense: Expense
    reference: str
    authorised_by: str
    authorised_on: date
    reminders: tuple[str, ...]


def orders_of(campaign: Campaign) -> QuerySet[Expense]:
    """The campaign's committed expenses that have an order number."""
    return (
        Expense.objects.of(campaign.organisation_id)
        .filter(
            campaign=campaign,
            state=ExpenseState.COMMITTED,
            order_number__isnull=False,
        )
        .select_related("campaign__election", "authority")
    )


def purchase_order(expense: Expense, *, authorised_on: date) -> PurchaseOrder:
    """Of an expense that has an order number. `authorised_on` is the UK day on which it
    was committed."""
    campaign = expense.campaign
    paper = expense.authority
    by = expense.committed_by
    if paper is not None:
        by += f", by the agent's written authority of {paper.written_on:%-d %B %Y}"
    return PurchaseOrder(
        expense=expense,
        reference=order_reference(campaign, expense.order_number),
        authorised_by=by,
        authorised_on=authorised_on,
        reminders=_reminders(campaign, expense),
    )


def order_reference(campaign: Campaign, number: int | None) -> str:
    """`mayor-2024/0007`: the campaign's own name and the number, with no gap."""
    return f"{campaign.slug}/{number or 0:04}"


def _reminders(campaign: Campaign, expense: Expense) -> tuple[str, ...]:
    if expense.category not in SHOWS_AN_IMPRINT:
        return ()
    imprint = printed_by(campaign, expense.supplier, expense.supplier_address)
    return tuple(_reminder(imprint, medium) for medium in Medium)


def _reminder(imprint: Imprint, medium: Medium) -> str:
    on = "On everything printed" if medium is Medium.PRINT else "On digital material"
    missing = missing_parts(imprint, medium)
    if missing:
        return f"{on}: an imprint. Ask us before you begin for {', '.join(missing)}."
    return f"{on}: {imprint_text(imprint, medium)}"
