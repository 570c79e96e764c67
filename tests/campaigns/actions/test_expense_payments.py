"""Invoices of committed expenses, and their payment."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from campaigns.access import Actor
from campaigns.actions.court_leaves import record_court_leave
from campaigns.actions.credit_notes import record_credit_note
from campaigns.actions.expense_checks import ExpenseRefused
from campaigns.actions.expense_payments import (
    PaymentRefused,
    void_invoice,
    void_payment,
)
from campaigns.actions.expenses import void_expense
from campaigns.actions.invoice_disputes import dispute_invoice
from campaigns.actions.invoice_filing import InvoiceRefused
from campaigns.models import (
    AuditEntry,
    Campaign,
    CreditNote,
    Expense,
    Invoice,
    Payment,
)
from campaigns.rules.refusals import Refusal
from tests.campaigns.papers import bill, pay
from tests.campaigns.purchases import clerk, commit, notice, propose
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(campaign: Campaign) -> Expense:
    notice(campaign)
    return commit(campaign, "1000.00")


def test_invoices_come_one_by_one_until_the_last(order: Expense) -> None:
    bill(order, "400.00", is_last=False)
    bill(order, "500.00", "PP-2", is_last=True)

    with pytest.raises(InvoiceRefused) as refused:
        bill(order, "1.00", "PP-3", is_last=False)

    assert refused.value.code == "was_last"
    assert order.invoices.count() == 2


def test_more_than_was_committed_goes_through_the_limit_again(order: Expense) -> None:
    bill(order, "600.00", is_last=False)

    with pytest.raises(InvoiceRefused) as refused:
        bill(order, "400.01", "PP-2", is_last=False)

    assert refused.value.code == "more_than_committed"


def test_an_unclear_invoice_is_refused(order: Expense) -> None:
    bill(order, "10.00", is_last=False)
    for amount, number in (("10.00", "PP-1"), ("0.00", "PP-2"), ("5.00", " ")):
        with pytest.raises(InvoiceRefused):
            bill(order, amount, number, is_last=False)

    assert order.invoices.count() == 1


def test_an_invoice_does_not_come_before_the_day_it_is_dated(order: Expense) -> None:
    with pytest.raises(InvoiceRefused) as refused:
        bill(order, "400.00", received_on=date(2024, 4, 11))
    bill(order, "400.00", received_on=date(2024, 4, 12))

    assert refused.value.code == "days_out_of_order"
    assert order.invoices.count() == 1


def test_nothing_is_filed_before_the_day_on_which_it_happens(order: Expense) -> None:
    tomorrow = date(2024, 4, 24)

    with pytest.raises(InvoiceRefused) as early:
        bill(order, "400.00", received_on=tomorrow, at=NOW)
    with pytest.raises(PaymentRefused) as unpaid:
        pay(bill(order, "400.00"), "400.00", paid_on=tomorrow, at=NOW)

    assert (early.value.code, unpaid.value.code) == ("day_to_come", "day_to_come")
    assert not Payment.objects.exists()


def test_what_is_only_proposed_cannot_be_invoiced(campaign: Campaign) -> None:
    with pytest.raises(InvoiceRefused) as refused:
        bill(propose(campaign), "10.00", is_last=False)

    assert refused.value.code == "not_committed"


def test_payments_come_to_the_invoice_at_most(order: Expense) -> None:
    invoice = bill(order, "400.00", is_last=False)
    pay(invoice, "150.00")
    pay(invoice, "250.00")

    with pytest.raises(PaymentRefused) as refused:
        pay(invoice, "0.01")
    with pytest.raises(PaymentRefused):
        pay(invoice, "10.00", method="")

    assert refused.value.code == "more_than_invoiced"
    assert AuditEntry.objects.filter(verb="payment.recorded").count() == 2


def test_a_disputed_or_voided_invoice_is_not_paid(order: Expense) -> None:
    invoice = bill(order, "400.00", is_last=False)
    Invoice.objects.update(disputed=True)
    with pytest.raises(PaymentRefused):
        pay(invoice, "10.00")
    Invoice.objects.update(disputed=False)
    void_invoice(invoice, reason="Sent twice", by=clerk(order.campaign), at=NOW)
    with pytest.raises(PaymentRefused):
        pay(invoice, "10.00")

    assert not Payment.objects.exists()


def test_papers_are_voided_from_the_last_to_the_first(order: Expense) -> None:
    by = clerk(order.campaign)
    invoice = bill(order, "400.00", is_last=True)
    payment = pay(invoice, "400.00")

    with pytest.raises(ExpenseRefused):
        void_expense(order, reason="Never came", by=by, at=NOW)
    with pytest.raises(InvoiceRefused):
        void_invoice(invoice, reason="Never came", by=by, at=NOW)
    void_payment(payment, reason="Typed twice", by=by, at=NOW)
    with pytest.raises(PaymentRefused):
        void_payment(payment, reason="Typed twice", by=by, at=NOW)
    void_invoice(invoice, reason="Never came", by=by, at=NOW)
    void_expense(order, reason="Never came", by=by, at=NOW)

    order.refresh_from_db()
    assert order.state == "voided"
    assert bool(Payment.objects.get().void_reason)


def test_the_unpaid_bills_of_an_expense_are_voided_with_it(order: Expense) -> None:
    by = clerk(order.campaign)
    first = bill(order, "400.00", is_last=False)
    bill(order, "300.00", "PP-2")
    void_invoice(first, reason="Sent twice", by=by, at=NOW)
    note = credit(bill_of(order))

    void_expense(order, reason="Never came", by=by, at=NOW)

    note.refresh_from_db()
    assert note.void_reason == "Never came"
    reasons = Invoice.objects.order_by("pk").values_list("void_reason", flat=True)
    assert list(reasons) == ["Sent twice", "Never came"]
    struck = AuditEntry.objects.filter(data__reason="Never came")
    assert set(struck.values_list("verb", flat=True)) == {
        "expense.voided",
        "invoice.voided",
        "credit_note.voided",
    }


def bill_of(order: Expense) -> Invoice:
    return order.invoices.get(voided_at__isnull=True)


def credit(invoice: Invoice) -> CreditNote:
    return record_credit_note(
        invoice=invoice,
        number="C-1",
        amount=Decimal("10.00"),
        dated_on=NOW.date(),
        reason="Too few",
        by=clerk(invoice.expense.campaign),
        at=NOW,
    )


@pytest.mark.parametrize(
    "file",
    [
        lambda found, by: pay(found, "1.00"),
        lambda found, by: dispute_invoice(found, reason="Why?", by=by, at=NOW),
        lambda found, by: credit(found),
        lambda found, by: record_court_leave(
            invoice=found, court="A court", ordered_on=NOW.date(), by=by, at=NOW
        ),
    ],
    ids=["payment", "dispute", "credit note", "leave"],
)
def test_nothing_is_filed_on_a_bill_whose_expense_is_voided(
    order: Expense, file: Callable[[Invoice, Actor], object]
) -> None:
    found = bill(order, "400.00")
    # As it was stored before an expense took its bills with it.
    Expense.objects.update(state="voided", void_reason="Never came", voided_at=NOW)

    with pytest.raises(Refusal) as refused:
        file(found, clerk(order.campaign))

    assert refused.value.code == "invoice_voided"
