"""One source makes one row, however often it is asked for."""

from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

from campaigns.models import (
    Campaign,
    Donation,
    Expense,
    OutsideActivity,
    Payment,
    Refund,
    SpendingAuthority,
)

Row = TypeVar(
    "Row", Donation, Expense, OutsideActivity, Payment, Refund, SpendingAuthority
)
# What keeps the source that made it, and where its campaign is found.
MADE: dict[type[Model], str] = {
    Donation: "campaign",
    Expense: "campaign",
    OutsideActivity: "campaign",
    SpendingAuthority: "campaign",
    Payment: "invoice__expense__campaign",
    Refund: "credit_note__invoice__expense__campaign",
}


def made_before(model: type[Row], campaign: Campaign, source: str | None) -> Row | None:
    """The row that this `source` made in the campaign, if any; None without a source.

    Called in the transaction that makes it: the campaign's row is locked, so that
    whoever comes second waits here for the first.
    """
    if source is None:
        return None
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    rows: QuerySet[Row] = model._default_manager.all()
    return rows.filter(**{MADE[model]: campaign}, source=source).first()


def is_source(campaign: Campaign, source: str | None) -> bool:
    """Whether anything was made by it; whoever is making it just now is waited for."""
    if source is None:
        return False
    with transaction.atomic():
        Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
        return any(
            model._default_manager.filter(**{path: campaign}, source=source).exists()
            for model, path in MADE.items()
        )
