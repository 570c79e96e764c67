"""Late claims: filed and counted, and paid only with the leave of a court."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from campaigns.actions.court_leaves import (
    LeaveRefused,
    record_court_leave,
    void_court_leave,
)
from campaigns.actions.expense_payments import (
    PaymentRefused,
    void_invoice,
    void_payment,
)
from campaigns.models import AuditEntry, Campaign, CourtLeave, Expense, Invoice
from campaigns.reports.campaign_deadlines import campaign_deadlines
from campaigns.reports.late_claims import claim_standing
from campaigns.reports.spending_position import spending_position
from campaigns.reports.spending_return import spending_return
from tests.campaigns.actions.test_authorities import authorise
from tests.campaigns.papers import bill, pay
from tests.campaigns.purchases import clerk, commit, notice
from tests.cast import UK

pytestmark = pytest.mark.django_db
# The result of 4 May: claims by 28 May, payment by 3 June 2024.
LATER = datetime(2024, 7, 1, 12, 0, tzinfo=UK)


@pytest.fixture
def order(campaign: Campaign) -> Expense:
    campaign.result_declared_on = date(2024, 5, 4)
    campaign.save(update_fields=["result_declared_on"])
    notice(campaign)
    return commit(campaign, "640.00")


def late(order: Expense, received_on: date = date(2024, 5, 29)) -> Invoice:
    return bill(order, "640.00", received_on=received_on, at=LATER)


def leave(invoice: Invoice, **fields: Any) -> CourtLeave:
    fields.setdefault("court", "Walsall County Court")
    fields.setdefault("ordered_on", date(2024, 6, 18))
    by = clerk(invoice.expense.campaign)
    return record_court_leave(invoice=invoice, by=by, at=LATER, **fields)


def test_a_claim_that_came_late_counts_and_is_not_paid(order: Expense) -> None:
    invoice = late(order)

    with pytest.raises(PaymentRefused) as refused:
        pay(invoice, "640.00", paid_on=date(2024, 6, 1), at=LATER)

    assert refused.value.code == "needs_leave"
    assert "after 28 May 2024, the last day for claims" in refused.value.message
    assert "from the result, declared on 4 May 2024" in refused.value.message
    position = spending_position(order.campaign, at=LATER)
    assert position.counted == 640
    assert "late_invoices" in {warning.code for warning in position.warnings}


def test_a_claim_in_time_is_not_paid_after_the_last_day_for_payment(
    order: Expense,
) -> None:
    invoice = late(order, date(2024, 5, 28))

    with pytest.raises(PaymentRefused) as refused:
        pay(invoice, "40.00", paid_on=date(2024, 6, 4), at=LATER)
    pay(invoice, "600.00", paid_on=date(2024, 6, 3), at=LATER)

    assert "the last day for payment" in refused.value.message


def test_leave_lets_it_be_paid_from_the_day_of_the_order_on(order: Expense) -> None:
    invoice = late(order)
    leave(invoice, note="K00WS 123, the whole claim")

    with pytest.raises(PaymentRefused):
        pay(invoice, "640.00", paid_on=date(2024, 6, 17), at=LATER)
    pay(invoice, "640.00", paid_on=date(2024, 6, 18), at=LATER)

    assert AuditEntry.objects.filter(verb="court_leave.recorded").exists()


def test_leave_is_voided_only_while_nothing_rests_on_it(order: Expense) -> None:
    invoice, by = late(order), clerk(order.campaign)
    given = leave(invoice)
    payment = pay(invoice, "640.00", paid_on=date(2024, 6, 20), at=LATER)

    with pytest.raises(LeaveRefused):
        void_court_leave(given, reason="Another case", by=by, at=LATER)
    void_payment(payment, reason="Wrong", by=by, at=LATER)
    with pytest.raises(LeaveRefused):
        void_court_leave(given, reason=" ", by=by, at=LATER)
    void_court_leave(given, reason="Another case", by=by, at=LATER)
    with pytest.raises(LeaveRefused):
        void_court_leave(given, reason="Another case", by=by, at=LATER)
    with pytest.raises(PaymentRefused):
        pay(invoice, "640.00", paid_on=date(2024, 6, 20), at=LATER)

    assert leave(invoice).pk != given.pk


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"court": " "}, "no_court"),
        ({"ordered_on": date(2024, 4, 11)}, "days_out_of_order"),
        ({"ordered_on": date(2024, 7, 2)}, "days_out_of_order"),
    ],
)
def test_an_unclear_order_is_refused(
    order: Expense, fields: dict[str, Any], code: str
) -> None:
    with pytest.raises(LeaveRefused) as refused:
        leave(late(order), **fields)

    assert refused.value.code == code


def test_one_invoice_has_one_leave_and_a_voided_one_none(order: Expense) -> None:
    invoice = late(order)
    leave(invoice)
    with pytest.raises(LeaveRefused):
        leave(invoice)
    void_invoice(invoice, reason="Wrong", by=clerk(order.campaign), at=LATER)
    with pytest.raises(LeaveRefused):
        leave(invoice)


def test_whether_a_campaigner_needs_leave_was_not_read_so_it_is_entered_and_warned_of(
    order: Expense,
) -> None:
    """The return has no claim of theirs, so nothing else asks for leave either."""
    campaign = order.campaign
    paper = authorise(campaign, kind="campaigner", cap=Decimal("500.00"))
    invoice = bill(commit(campaign, "120.00", authority=paper), "120.00", at=LATER)
    before = spending_position(campaign, at=LATER).warnings
    late_day = {"paid_on": date(2024, 6, 4), "at": LATER}

    with pytest.raises(PaymentRefused) as refused:
        pay(invoice, "20.00", **late_day)
    pay(invoice, "120.00", paid_by="campaigner", authority=paper, **late_day)

    assert refused.value.code == "needs_leave"
    assert "campaigners_late" not in {warning.code for warning in before}
    after = spending_position(campaign, at=LATER).warnings
    [told] = [one.message for one in after if one.code == "campaigners_late"]
    assert told.startswith("1 bill of local campaigners came or was paid late.")
    assert "was not read" in told
    made = spending_return(campaign, at=LATER)
    assert told in "\n".join(made.warnings)
    assert made.section("late").lines == ()


def test_a_bill_of_a_campaigner_that_came_late_is_none_that_waits_for_a_court(
    order: Expense,
) -> None:
    campaign = order.campaign
    paper = authorise(campaign, kind="campaigner", cap=Decimal("500.00"))
    posters = commit(campaign, "120.00", authority=paper)
    invoice = bill(posters, "120.00", received_on=date(2024, 5, 29), at=LATER)

    told = {warning.code for warning in spending_position(campaign, at=LATER).warnings}
    standing = claim_standing(
        invoice, campaign_deadlines(campaign), paid_on=date(2024, 6, 1)
    )

    assert "campaigners_late" in told
    assert "late_invoices" not in told
    assert standing.may_be_paid
    assert "was not read" in standing.caution
