"""What is sent from a page that somebody else has overtaken is answered with why not,
also where its form is no longer offered."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.actions.donations import record_donation
from campaigns.actions.invoice_disputes import dispute_invoice
from campaigns.models import Campaign, Payment, User
from campaigns.roles import Role
from tests.campaigns.papers import bill, pay
from tests.campaigns.purchases import clerk, commit, notice
from tests.campaigns.returns import FILED_AT, file, make, ready_books, sign
from tests.cast import NOW, member
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day_of_filing(campaign: Campaign) -> None:
    campaign.organisation.clock_offset = FILED_AT - timezone.now()
    campaign.organisation.save(update_fields=["clock_offset"])


@pytest.fixture
def desk(agent: User) -> Client:
    return signed_in(agent)


def answer(desk: Client, path: str, **typed: object) -> str:
    response = desk.post(f"/mayor-2024/money/{path}", typed)
    assert response.status_code == 400
    return response.content.decode()


def test_a_payment_of_what_was_disputed_meanwhile(
    campaign: Campaign, desk: Client
) -> None:
    notice(campaign)
    invoice = bill(commit(campaign, "640.00"), "640.00")
    dispute_invoice(invoice, reason="Too much", by=clerk(campaign), at=NOW)
    paid = {"amount": "640", "paid_on": "2024-04-20", "method": "Bank"}

    text = answer(desk, f"invoices/{invoice.pk}/payment/", paid_by="agent", **paid)

    assert "The invoice is disputed: settle it before paying." in text
    assert not Payment.objects.exists()


def test_a_dispute_of_what_was_paid_meanwhile_says_so(
    campaign: Campaign, desk: Client
) -> None:
    notice(campaign)
    invoice = bill(commit(campaign, "640.00"), "640.00")
    pay(invoice, "640.00")

    text = answer(desk, f"invoices/{invoice.pk}/dispute/", reason="Too much")

    assert 'class="notice bad"' in text


def test_an_expense_that_was_committed_meanwhile(
    campaign: Campaign, desk: Client
) -> None:
    notice(campaign)
    expense = commit(campaign, "640.00")

    text = answer(desk, f"expenses/{expense.pk}/commit/")

    assert "This expense is committed." in text


def test_a_donation_that_was_returned_meanwhile(
    campaign: Campaign, desk: Client
) -> None:
    donation = record_donation(
        campaign=campaign,
        donor="Dora Donor",
        donor_kind="individual",
        amount=Decimal("40.00"),
        received_on=date(2024, 4, 9),
        by=clerk(campaign),
        at=NOW,
    )
    back = {"returned_on": "2024-04-20", "returned_how": "By cheque"}
    desk.post(f"/mayor-2024/money/donations/{donation.pk}/return/", back)

    text = answer(desk, f"donations/{donation.pk}/accept/", accepted_on="2024-04-20")

    assert "This donation was returned before." in text


def test_a_return_that_was_filed_meanwhile(
    campaign: Campaign, desk: Client, agent: User
) -> None:
    version = make(ready_books(campaign), agent)
    sign(version, agent)
    sign(version, member("Rowan Ash", Role.CANDIDATE, campaign), "candidate")
    file(version, agent)

    again = answer(desk, "return/1/file/", filed_on="2024-06-05", filed_how="By hand")
    signed = answer(desk, "return/1/sign/agent/", name="Agnes Agent")

    assert "This version is filed." in again
    assert "This version is declared already." in signed
