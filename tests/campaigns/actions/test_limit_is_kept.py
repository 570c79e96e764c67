"""Whatever clerks do, in whatever order: the limit is never passed silently."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.access import Actor
from campaigns.actions.credit_notes import record_credit_note, void_credit_note
from campaigns.actions.expense_checks import Share
from campaigns.actions.expense_commitments import commit_expense
from campaigns.actions.expense_payments import record_invoice, void_invoice
from campaigns.actions.expenses import void_expense
from campaigns.actions.invoice_disputes import dispute_invoice, end_dispute
from campaigns.models import AuditEntry, Campaign, Expense, Invoice
from campaigns.reports.spending_position import spending_position
from campaigns.rules.refusals import Refusal
from tests.campaigns.purchases import clerk, notice, propose, undone
from tests.cast import NOW

pytestmark = pytest.mark.django_db
POUNDS = st.integers(1, 900).map(Decimal)
STEPS = st.tuples(
    st.sampled_from(
        (
            "propose",
            "gift",
            "commit",
            "bill",
            "credit",
            "strike credit",
            "dispute",
            "settle",
            "strike bill",
            "void",
        )
    ),
    st.integers(0, 9),
    POUNDS,
    st.booleans(),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEPS, min_size=6, max_size=25))
def test_no_order_of_work_passes_a_limit_without_a_reason(
    campaign: Campaign, other_campaign: Campaign, steps: list[Any]
) -> None:
    with undone():
        notice(other_campaign, electors=500)  # £1,000.00 each
        notice(campaign, electors=1, councils=1)  # £3,040.08
        bearers = (campaign, other_campaign)
        for what, which, amount, flag in steps:
            with suppress(Refusal):
                do(what, which, amount, flag, *bearers)
            for bearer in bearers:
                position = spending_position(bearer, at=NOW)
                assert position.left is not None
                assert position.left >= 0


def strike_credit(invoice: Invoice, amount: Decimal, flag: bool, by: Actor) -> None:
    for note in invoice.credits:
        void_credit_note(note, reason="Wrong", by=by, at=NOW)


PAPERWORK: dict[str, Callable[[Invoice, Decimal, bool, Actor], Any]] = {
    "credit": lambda invoice, amount, flag, by: record_credit_note(
        invoice=invoice,
        number=str(AuditEntry.objects.count()),
        amount=amount / 10,
        dated_on=date(2024, 4, 20),
        reason="A box was missing",
        is_favour=flag,
        by=by,
        at=NOW,
    ),
    "strike credit": strike_credit,
    "dispute": lambda invoice, amount, flag, by: dispute_invoice(
        invoice, reason="Not delivered", by=by, at=NOW
    ),
    "settle": lambda invoice, amount, flag, by: end_dispute(
        invoice,
        outcome="settled" if flag else "withdrawn",
        amount=amount if flag else None,
        ended_on=date(2024, 4, 20),
        reason="Letter",
        by=by,
        at=NOW,
    ),
}


def do(
    what: str,
    which: int,
    amount: Decimal,
    flag: bool,
    campaign: Campaign,
    other: Campaign,
) -> None:
    by, at = clerk(campaign), NOW
    if what == "propose":
        shares = [Share(1, 3, "A panel", campaign=other)] if flag else []
        propose(campaign, str(amount), shares=shares)
        return
    if what == "gift":
        worth = amount + 40
        propose(campaign, str(amount), kind="notional", market_value=worth)
        return
    rows = list(Expense.objects.order_by("pk"))
    bills = list(Invoice.objects.order_by("pk"))
    if what in PAPERWORK and bills:
        PAPERWORK[what](bills[which % len(bills)], amount, flag, by)
    elif what == "strike bill" and bills:
        void_invoice(bills[which % len(bills)], reason="Wrong", by=by, at=at)
    elif rows and what == "commit":
        commit_expense(rows[which % len(rows)], by=by, at=at)
    elif rows and what == "void":
        void_expense(rows[which % len(rows)], reason="Wrong", by=by, at=at)
    elif rows and what == "bill":
        record_invoice(
            expense=rows[which % len(rows)],
            number=str(AuditEntry.objects.count()),
            amount=amount,
            dated_on=date(2024, 4, 12),
            received_on=date(2024, 4, 14),
            is_last=flag,
            by=by,
            at=at,
        )
