"""Disputes over invoices: what they hold up, and what their end makes count."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from campaigns.actions.expense_payments import PaymentRefused, void_invoice
from campaigns.actions.invoice_disputes import (
    DisputeRefused,
    dispute_invoice,
    end_dispute,
)
from campaigns.actions.spending import OverLimitRefused
from campaigns.models import AuditEntry, Campaign, Expense, Invoice
from campaigns.reports.expense_table import standing_of_invoice
from campaigns.reports.funding_position import funding_position
from campaigns.reports.spending_position import spending_position
from tests.campaigns.papers import bill, pay
from tests.campaigns.purchases import clerk, commit, notice
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(campaign: Campaign) -> Expense:
    notice(campaign)
    return commit(campaign, "640.00")


def dispute(invoice: Invoice, reason: str = "The hall was not heated") -> Invoice:
    by = clerk(invoice.expense.campaign)
    return dispute_invoice(invoice, reason=reason, by=by, at=NOW)


def end(invoice: Invoice, outcome: str, amount: str = "", **fields: Any) -> Invoice:
    fields.setdefault("ended_on", date(2024, 4, 22))
    fields.setdefault("reason", "Letter of the hall, 22 April")
    return end_dispute(
        invoice,
        outcome=outcome,
        amount=Decimal(amount) if amount else None,
        by=clerk(invoice.expense.campaign),
        at=NOW,
        **fields,
    )


def counted(expense: Expense) -> Decimal:
    return spending_position(expense.campaign, at=NOW).counted


def test_a_disputed_invoice_counts_whole_and_is_not_paid(order: Expense) -> None:
    invoice = dispute(bill(order, "600.00"))

    with pytest.raises(PaymentRefused) as refused:
        pay(invoice, "1.00")

    assert refused.value.code == "invoice_disputed"
    assert counted(order) == 600
    warnings = spending_position(order.campaign, at=NOW).warnings
    assert "disputed_invoices" in {warning.code for warning in warnings}


def test_an_invoice_may_be_disputed_when_it_is_filed(order: Expense) -> None:
    invoice = bill(order, "600.00", dispute_reason="Twice what was agreed")

    assert invoice.disputed
    with pytest.raises(DisputeRefused):
        dispute(invoice)


def test_a_settled_one_is_owed_and_counts_at_what_was_settled(order: Expense) -> None:
    invoice = end(dispute(bill(order, "600.00")), "settled", "450.00")

    with pytest.raises(PaymentRefused):
        pay(invoice, "450.01")
    pay(invoice, "450.00")

    assert counted(order) == 450
    assert funding_position(order.campaign, at=NOW).unpaid == 0
    entry = AuditEntry.objects.get(verb="invoice.dispute_ended")
    assert entry.data["settled"] == "450.00"
    assert entry.data["amount"] == "600.00"


@pytest.mark.parametrize("outcome", ["withdrawn", "rejected"])
def test_a_dispute_that_came_to_nothing_leaves_the_invoice(
    order: Expense, outcome: str
) -> None:
    invoice = end(dispute(bill(order, "600.00")), outcome)

    pay(invoice, "600.00")

    assert counted(order) == 600
    assert not standing_of_invoice(Invoice.objects.get()).unpaid


def test_it_is_settled_at_more_only_up_to_what_was_committed(order: Expense) -> None:
    invoice = dispute(bill(order, "500.00"))

    with pytest.raises(DisputeRefused) as refused:
        end(invoice, "settled", "640.01")
    end(invoice, "settled", "640.00")

    assert refused.value.code == "more_than_committed"
    assert counted(order) == 640


def test_a_settlement_for_nothing_owes_nothing(order: Expense) -> None:
    end(dispute(bill(order, "500.00")), "settled", "0.00")

    assert counted(order) == 0


def test_a_settlement_that_makes_more_count_is_held_to_the_limit(
    campaign: Campaign,
) -> None:
    notice(campaign)
    order = commit(campaign, "181280.00")
    invoice = dispute(bill(order, "181000.00"))
    commit(campaign, "200.00")

    with pytest.raises(OverLimitRefused):
        end(invoice, "settled", "181080.01")
    end(invoice, "settled", "181080.00")

    assert spending_position(campaign, at=NOW).left == 0


def test_a_lower_price_that_becomes_a_gift_is_held_to_the_limit(
    campaign: Campaign,
) -> None:
    """£560 for what is worth £600 is no discount in law; £500 counts £600."""
    notice(campaign)
    order = commit(campaign, "560.00", market_value=Decimal("600.00"))
    invoice = dispute(bill(order, "560.00"))
    commit(campaign, "180700.00")

    with pytest.raises(OverLimitRefused):
        end(invoice, "settled", "500.00")

    invoice.refresh_from_db()
    assert invoice.disputed
    assert invoice.settled_amount is None


@pytest.mark.parametrize(
    ("outcome", "amount", "fields", "code"),
    [
        ("lost", "", {}, "unknown_outcome"),
        ("settled", "", {}, "sum_and_outcome"),
        ("withdrawn", "1.00", {}, "sum_and_outcome"),
        ("settled", "1.005", {}, "bad_amount"),
        ("settled", "-1.00", {}, "bad_amount"),
        ("settled", "1.00", {"reason": " "}, "no_reason"),
        ("withdrawn", "", {"ended_on": date(2024, 4, 13)}, "days_out_of_order"),
        ("withdrawn", "", {"ended_on": date(2024, 4, 24)}, "days_out_of_order"),
        ("settled", "99.99", {}, "less_than_paid"),
    ],
)
def test_an_unclear_end_is_refused(
    order: Expense, outcome: str, amount: str, fields: dict[str, Any], code: str
) -> None:
    invoice = bill(order, "500.00")
    pay(invoice, "100.00")
    dispute(invoice)

    with pytest.raises(DisputeRefused) as refused:
        end(invoice, outcome, amount, **fields)

    assert refused.value.code == code
    invoice.refresh_from_db()
    assert invoice.disputed


def test_only_what_is_open_is_disputed_or_ended(order: Expense) -> None:
    paid = bill(order, "100.00", is_last=False)
    pay(paid, "100.00")
    ended = end(dispute(bill(order, "50.00", "PP-2", is_last=False)), "withdrawn")
    voided = bill(order, "50.00", "PP-3", is_last=False)
    void_invoice(voided, reason="Wrong", by=clerk(order.campaign), at=NOW)

    for invoice in (paid, ended, voided):
        with pytest.raises(DisputeRefused):
            dispute(invoice)
        with pytest.raises(DisputeRefused):
            end(invoice, "withdrawn")
    with pytest.raises(DisputeRefused):
        dispute(bill(order, "10.00", "PP-4"), " ")
