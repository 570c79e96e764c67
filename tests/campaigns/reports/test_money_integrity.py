"""The money adds up, and whoever tampers with a row is found."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection

from campaigns.actions.credit_notes import record_credit_note
from campaigns.actions.invoice_disputes import dispute_invoice, end_dispute
from campaigns.actions.statement_matches import Part, match_line
from campaigns.models import (
    Campaign,
    CreditNote,
    Donation,
    Expense,
    Invoice,
    Organisation,
    Payment,
    Refund,
    SpendingAuthority,
    StatementLine,
    StatementMatch,
)
from campaigns.reports.integrity import check_integrity
from campaigns.tasks import check_integrity_nightly
from tests.campaigns.papers import bill, pay
from tests.campaigns.purchases import clerk, commit
from tests.campaigns.statement_helpers import account_of
from tests.cast import NOW
from tests.house.money_samples import money_samples
from tests.house.statement_samples import book

pytestmark = pytest.mark.django_db
MUCH = Decimal("5000.00")


@pytest.fixture(autouse=True)
def books(campaign: Campaign) -> None:
    """One row of every kind, and a dispute that was settled."""
    money_samples(campaign)
    written = {"by": clerk(campaign), "at": NOW}
    invoice = bill(commit(campaign, "640.00"), "640.00", "S-1")
    dispute_invoice(invoice, reason="Not heated", **written)
    end_dispute(
        invoice,
        outcome="settled",
        amount=Decimal("500.00"),
        ended_on=NOW.date(),
        reason="Letter",
        **written,
    )
    record_credit_note(
        invoice=invoice,
        number="C-1",
        amount=Decimal("20.00"),
        dated_on=NOW.date(),
        reason="One room less",
        **written,
    )
    pay(invoice, "480.00")


def faults() -> set[str]:
    return {found.fault for found in check_integrity().money}


def test_what_was_written_through_the_actions_adds_up() -> None:
    assert check_integrity().money == []
    assert check_integrity_nightly() == 0


WRITTEN = "not the amount that was written down"


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (lambda: Expense.objects.update(amount=MUCH), WRITTEN),
        (lambda: Donation.objects.update(amount=MUCH), WRITTEN),
        (lambda: Payment.objects.update(amount=1), WRITTEN),
        (lambda: CreditNote.objects.update(amount=150), WRITTEN),
        (lambda: Refund.objects.update(amount=1), WRITTEN),
        (
            lambda: Refund.objects.update(voided_at=NOW),
            "not what came by the credit note",
        ),
        (
            lambda: CreditNote.objects.filter(came__gt=0).update(came=1),
            "not what came by the credit note",
        ),
        (lambda: Invoice.objects.update(amount=MUCH), WRITTEN),
        (
            lambda: Invoice.objects.filter(dispute_outcome="settled").update(
                settled_amount=490
            ),
            "not the sum that was settled",
        ),
        (
            lambda: Invoice.objects.update(amount=MUCH),
            "invoices above what was committed",
        ),
        (
            lambda: CreditNote.objects.update(amount=MUCH),
            "credit notes above the invoice",
        ),
        (
            lambda: Payment.objects.update(amount=MUCH),
            "payments that are not what is owed",
        ),
        (
            lambda: Invoice.objects.update(voided_at=NOW),
            "payments that are not what is owed",
        ),
        (
            lambda: Expense.objects.filter(state="committed").update(
                authority=SpendingAuthority.objects.first()
            ),
            "more than the authority's cap",
        ),
        (
            lambda: Expense.objects.filter(state="committed").update(
                state="voided", void_reason="Never came"
            ),
            "bills of an expense that is voided",
        ),
        (
            lambda: Expense.objects.filter(order_number=1).update(order_number=99),
            "order numbers with a gap",
        ),
    ],
)
def test_a_row_that_was_tampered_with_is_found(
    tamper: Callable[[], object], found: str
) -> None:
    tamper()

    assert found in faults()
    assert check_integrity_nightly() > 0


@pytest.fixture
def on_the_bank(campaign: Campaign) -> StatementMatch:
    """A line that shows the one payment of £480.00."""
    payment = Payment.objects.get(amount=480)
    book(account_of(campaign), "HALL S-1", "-480.00")
    (match,) = match_line(
        line=StatementLine.objects.get(description="HALL S-1"),
        parts=[Part("payment", payment.pk, payment.amount)],
        by=clerk(campaign),
        at=NOW,
    )
    return match


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (
            lambda: StatementMatch.objects.update(amount=MUCH),
            {
                "more than the statement's line",
                "a payment on statements that is not so much",
            },
        ),
        (
            lambda: Payment.objects.filter(amount=480).update(voided_at=NOW),
            {
                "a payment on statements that is not so much",
            },
        ),
        (
            lambda: StatementMatch.objects.update(
                payment=None, donation=Donation.objects.order_by("amount").first()
            ),
            {"a donation on statements that is not so much"},
        ),
        (
            lambda: StatementMatch.objects.update(
                payment=None, credit_note=CreditNote.objects.first()
            ),
            {"a credit note on statements that is not so much"},
        ),
    ],
)
def test_a_line_shows_no_more_than_moved_of_what_stands(
    on_the_bank: StatementMatch, tamper: Callable[[], object], found: set[str]
) -> None:
    assert faults() == set()

    tamper()

    assert faults() == found


def test_a_match_of_another_organisation_is_found(
    on_the_bank: StatementMatch, other_organisation: Organisation
) -> None:
    StatementMatch.objects.update(organisation=other_organisation)

    assert faults() == {"of another organisation than its parent"}


def test_a_row_of_another_organisation_than_its_parent_is_found(
    other_organisation: Organisation,
) -> None:
    Payment.objects.update(organisation=other_organisation)

    assert "of another organisation than its parent" in faults()


def test_a_row_that_is_gone_is_missed() -> None:
    paid = Payment.objects.get(amount=480)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE campaigns_payment DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM campaigns_payment WHERE id = %s", [paid.pk])

    (fault,) = check_integrity().money
    assert (fault.fault, fault.row) == (WRITTEN, f"payment:{paid.pk}")
