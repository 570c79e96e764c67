"""What a receipt that has just come in may belong to, the most probable first."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from campaigns.models import Campaign, Donation, Expense, ExpenseState, Invoice
from campaigns.models.documents import Row
from campaigns.reports.documents import ReceiptsDue

# Older ones have their own page to attach it on.
MOST_OF_EACH = 100


def probable_rows(campaign: Campaign, due: ReceiptsDue) -> tuple[Row, ...]:
    """What lacks a receipt, first what is paid; then bills, expenses that have no bill,
    and donations, the last entered first. Three queries.
    """
    lacking = sorted(due.missing, key=lambda one: not one.is_paid)
    rows = (*(one.row for one in lacking), *_others(campaign))
    return tuple(dict.fromkeys(rows))


def _others(campaign: Campaign) -> Iterator[Row]:
    ours = {"organisation_id": campaign.organisation_id}
    bills = Invoice.objects.filter(**ours, voided_at__isnull=True)
    billed = bills.filter(expense=OuterRef("pk"))
    standing = bills.filter(expense__campaign=campaign).exclude(
        expense__state=ExpenseState.VOIDED
    )
    yield from standing.select_related("expense").order_by("-pk")[:MOST_OF_EACH]
    yield from (
        Expense.objects.filter(~Exists(billed), **ours, campaign=campaign)
        .exclude(state=ExpenseState.VOIDED)
        .order_by("-pk")[:MOST_OF_EACH]
    )
    yield from Donation.objects.filter(
        **ours, campaign=campaign, voided_at__isnull=True
    ).order_by("-pk")[:MOST_OF_EACH]
