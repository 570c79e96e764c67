"""Invented purchases, for every test about money."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from campaigns.access import Actor, system
from campaigns.actions.expense_commitments import commit_expense
from campaigns.actions.expenses import propose_expense
from campaigns.actions.limit_notices import record_limit_notice
from campaigns.models import Campaign, Expense, LimitNotice
from tests.cast import NOW, POLL_ON


def clerk(campaign: Campaign) -> Actor:
    return system(campaign.organisation)


def propose(campaign: Campaign, amount: str = "100.00", **fields: Any) -> Expense:
    """A leaflet used inside the regulated period of the cast's poll."""
    fields.setdefault("description", "Leaflets")
    fields.setdefault("supplier", "Plover Press")
    fields.setdefault("supplier_address", "4 Inkwell Yard, QX1 1AA")
    fields.setdefault("category", "unsolicited")
    if fields["category"] == "staff":
        fields.setdefault("staff_duty", "clerk")
    fields.setdefault("incurred_on", date(2024, 4, 2))
    fields.setdefault("used_from", date(2024, 4, 10))
    fields.setdefault("used_until", POLL_ON)
    fields.setdefault("by", clerk(campaign))
    return propose_expense(campaign=campaign, amount=Decimal(amount), at=NOW, **fields)


def commit(campaign: Campaign, amount: str = "100.00", **fields: Any) -> Expense:
    reason = fields.pop("over_limit_reason", "")
    return commit_expense(
        propose(campaign, amount, **fields),
        over_limit_reason=reason,
        by=clerk(campaign),
        at=NOW,
    )


def notice(
    campaign: Campaign,
    electors: int | None = 2_000_000,
    councils: int | None = 7,
    **fields: Any,
) -> LimitNotice:
    """With the defaults, the limit is 7 × £3,040 + 8p × 2,000,000 = £181,280.00."""
    fields.setdefault("given_on", date(2024, 3, 28))
    fields.setdefault("document", "letter of the returning officer")
    return record_limit_notice(
        campaign=campaign,
        electors=electors,
        councils=councils,
        by=clerk(campaign),
        at=NOW,
        **fields,
    )


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is taken back: money is never deleted."""
    before = transaction.savepoint()
    yield
    transaction.savepoint_rollback(before)
