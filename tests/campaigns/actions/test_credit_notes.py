"""Credit notes: what they take off a claim, and what that makes count."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from campaigns.actions.credit_notes import (
    CreditNoteRefused,
    record_credit_note,
    void_credit_note,
)
from campaigns.actions.expense_payments import (
    PaymentRefused,
    void_invoice,
    void_payment,
)
from campaigns.actions.invoice_filing import InvoiceRefused
from campaigns.actions.spending import OverLimitRefused
from campaigns.models import Campaign, CreditNote, Expense, Invoice, User
from campaigns.reports.expense_table import standing_of_invoice
from campaigns.reports.funding_position import funding_position
from campaigns.reports.spending_position import spending_position
from campaigns.roles import Role
from campaigns.rules.refusals import Refusal
from tests.campaigns.papers import bill, pay
from tests.campaigns.purchases import clerk, commit, notice
from tests.cast import NOW, actor, member

pytestmark = pytest.mark.django_db
CLERKS = 6


@pytest.fixture
def order(campaign: Campaign) -> Expense:
    notice(campaign)
    return commit(campaign, "600.00")


def credit(
    invoice: Invoice, amount: str, number: str = "C-1", **fields: Any
) -> CreditNote:
    fields.setdefault("dated_on", date(2024, 4, 20))
    fields.setdefault("reason", "A box was missing")
    fields.setdefault("by", clerk(invoice.expense.campaign))
    return record_credit_note(
        invoice=invoice,
        number=number,
        amount=Decimal(amount),
        at=NOW,
        **fields,
    )


def counted(campaign: Campaign) -> Decimal:
    return spending_position(campaign, at=NOW).counted


def test_what_is_credited_is_not_owed_and_does_not_count(order: Expense) -> None:
    invoice = bill(order, "600.00")
    credit(invoice, "100.00")

    with pytest.raises(PaymentRefused):
        pay(invoice, "600.01")
    pay(invoice, "500.00")

    assert counted(order.campaign) == 500
    assert funding_position(order.campaign, at=NOW).unpaid == 0


def test_before_the_last_invoice_the_order_is_less_by_what_was_credited(
    order: Expense,
) -> None:
    credit(bill(order, "200.00", is_last=False), "50.00")
    assert counted(order.campaign) == 550

    bill(order, "400.00", "PP-2")

    assert counted(order.campaign) == 550


def test_credits_come_to_what_is_left_of_the_invoice_at_most(order: Expense) -> None:
    invoice = bill(order, "600.00")
    credit(invoice, "350.00")

    with pytest.raises(CreditNoteRefused) as refused:
        credit(invoice, "250.01", "C-2")
    credit(invoice, "250.00", "C-2")

    assert refused.value.code == "more_than_left"
    assert counted(order.campaign) == 0


def test_money_that_was_paid_comes_back_on_a_day(order: Expense) -> None:
    invoice = bill(order, "600.00")
    payment = pay(invoice, "550.00")

    note = credit(invoice, "80.00", refunded_on=date(2024, 4, 22))

    assert note.refunded == 30
    standing = standing_of_invoice(Invoice.objects.get())
    assert (standing.owed, standing.paid, standing.unpaid) == (520, 520, 0)
    assert funding_position(order.campaign, at=NOW).cash == -520
    with pytest.raises(PaymentRefused):
        void_payment(payment, reason="Wrong", by=clerk(order.campaign), at=NOW)


def test_a_voided_note_makes_the_whole_invoice_owed_again(order: Expense) -> None:
    invoice, by = bill(order, "600.00"), clerk(order.campaign)
    note = credit(invoice, "100.00")

    with pytest.raises(InvoiceRefused):
        void_invoice(invoice, reason="Wrong", by=by, at=NOW)
    with pytest.raises(CreditNoteRefused):
        void_credit_note(note, reason=" ", by=by, at=NOW)
    void_credit_note(note, reason="For another order", by=by, at=NOW)
    with pytest.raises(CreditNoteRefused):
        void_credit_note(note, reason="For another order", by=by, at=NOW)

    assert counted(order.campaign) == 600
    assert credit(invoice, "600.00").number == note.number


def test_a_favour_is_no_way_below_what_the_thing_is_worth(order: Expense) -> None:
    """£100 off £600 is a gift: over £50, and more than a tenth."""
    invoice = bill(order, "600.00")
    credit(invoice, "50.00", is_favour=True)
    assert counted(order.campaign) == 550

    credit(invoice, "50.00", "C-2", is_favour=True)

    assert counted(order.campaign) == 600
    assert standing_of_invoice(Invoice.objects.get()).unpaid == 500


def test_a_discount_that_becomes_a_gift_is_held_to_the_limit(
    campaign: Campaign,
) -> None:
    """£560 for what is worth £600 counts £560; £530 counts £600."""
    notice(campaign)
    order = commit(campaign, "560.00", market_value=Decimal("600.00"))
    invoice = bill(order, "560.00")
    commit(campaign, "180690.00")

    with pytest.raises(OverLimitRefused):
        credit(invoice, "30.00")
    credit(invoice, "10.00")

    assert not CreditNote.objects.filter(amount=30).exists()
    assert counted(campaign) == 181240


def test_past_the_limit_the_agent_decides_and_a_treasurer_does_not(
    campaign: Campaign, agent: User
) -> None:
    notice(campaign)
    order = commit(campaign, "560.00", market_value=Decimal("600.00"))
    invoice = bill(order, "560.00")
    commit(campaign, "180690.00")
    treasurer = member("Trudy Treasurer", Role.TREASURER, campaign)
    reason = {"over_limit_reason": "The printer insists"}

    with pytest.raises(OverLimitRefused):
        credit(invoice, "30.00", by=actor(treasurer), **reason)
    credit(invoice, "30.00", by=actor(agent), **reason)

    order.refresh_from_db()
    assert order.over_limit_reason == "The printer insists"
    assert counted(campaign) == 181290


@pytest.mark.parametrize(
    ("amount", "fields", "code"),
    [
        ("0.00", {}, "bad_amount"),
        ("1.005", {}, "bad_amount"),
        ("1.00", {"number": " "}, "no_number"),
        ("1.00", {"number": "C-0"}, "number_twice"),
        ("1.00", {"reason": " "}, "no_reason"),
        ("1.00", {"dated_on": date(2024, 4, 11)}, "days_out_of_order"),
        ("1.00", {"dated_on": date(2024, 4, 24)}, "days_out_of_order"),
        ("1.00", {"refunded_on": date(2024, 4, 22)}, "nothing_to_refund"),
    ],
)
def test_an_unclear_note_is_refused(
    order: Expense, amount: str, fields: dict[str, Any], code: str
) -> None:
    invoice = bill(order, "600.00")
    credit(invoice, "10.00", "C-0")

    with pytest.raises(CreditNoteRefused) as refused:
        credit(invoice, amount, **fields)

    assert refused.value.code == code
    assert CreditNote.objects.count() == 1


def all_at_once(invoices: list[Invoice], amount: str) -> list[type[Refusal] | None]:
    """A note on each in a thread of its own, let go together."""
    barrier = Barrier(len(invoices))

    def file(nth: int) -> type[Refusal] | None:
        barrier.wait()
        try:
            credit(invoices[nth], amount, f"C-{nth}")
        except Refusal as refusal:
            return type(refusal)
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(invoices)) as pool:
        return list(pool.map(file, range(len(invoices))))


@pytest.mark.django_db(transaction=True)
def test_clerks_at_once_credit_no_more_than_the_invoice(campaign: Campaign) -> None:
    notice(campaign)
    invoice = bill(commit(campaign, "600.00"), "600.00")

    outcomes = all_at_once([invoice] * CLERKS, "250.00")

    assert outcomes.count(None) == 2
    assert outcomes.count(CreditNoteRefused) == CLERKS - 2


@pytest.mark.django_db(transaction=True)
def test_discounts_filed_at_once_become_gifts_only_up_to_the_limit(
    campaign: Campaign,
) -> None:
    """Each makes £40 more count, and there is room for one and a half."""
    notice(campaign)
    invoices = [
        bill(commit(campaign, "560.00", market_value=Decimal(600)), "560.00")
        for _ in range(CLERKS)
    ]
    commit(campaign, str(181280 - CLERKS * 560 - 60))

    outcomes = all_at_once(invoices, "30.00")

    assert outcomes.count(None) == 1
    assert outcomes.count(OverLimitRefused) == CLERKS - 1
    assert spending_position(campaign, at=NOW).left == 20
