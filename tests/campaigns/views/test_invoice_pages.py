"""The page of an invoice: paid, disputed, let through by a court, struck out."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.actions.authorities import revoke_authority
from campaigns.models import (
    Campaign,
    CourtLeave,
    CreditNote,
    Invoice,
    Organisation,
    Payment,
    User,
)
from campaigns.roles import Role
from tests.campaigns.actions.test_authorities import authorise
from tests.campaigns.papers import bill, pay
from tests.campaigns.purchases import clerk, commit, notice
from tests.cast import NOW, member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_tests_day(organisation: Organisation) -> None:
    organisation.clock_offset = NOW - timezone.now()
    organisation.save(update_fields=["clock_offset"])


@pytest.fixture
def invoice(campaign: Campaign) -> Invoice:
    notice(campaign)
    return bill(commit(campaign, "640.00", description="Hall"), "640.00")


@pytest.fixture
def treasurer(campaign: Campaign) -> Client:
    return as_(member("Trudy Treasurer", Role.TREASURER, campaign))


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(what: str) -> str:
    return f"/mayor-2024/money/{what}/"


def test_the_agent_alone_voids_an_invoice_past_the_limit_with_a_reason(
    campaign: Campaign, agent: User, treasurer: Client
) -> None:
    """Without its last invoice of £100.00 the whole order of £900.00 counts again."""
    notice(campaign, told_limit=Decimal("1000.00"))
    invoice = bill(commit(campaign, "900.00"), "100.00")
    commit(campaign, "600.00")
    there = url(f"invoices/{invoice.pk}/void")
    sent = {"reason": "Of another campaign", "over_limit_reason": "It is owed"}

    refused = treasurer.post(there, sent)
    silent = as_(agent).post(there, {"reason": "Of another campaign"})
    done = as_(agent).post(there, sent)

    for answer in (refused, silent):
        assert answer.status_code == 400
        assert "pass the spending limit" in answer.content.decode()
    assert done.status_code == 302
    money = as_(agent).get("/mayor-2024/money/").content.decode()
    assert "The limit is passed by £500.00." in money
    assert "The limit is passed by £500.00." in (
        as_(agent).get("/mayor-2024/").content.decode()
    )


def test_a_dispute_is_raised_and_settled_on_the_page(
    invoice: Invoice, treasurer: Client
) -> None:
    page = url(f"invoices/{invoice.pk}")
    ended = {
        "outcome": "settled",
        "amount": "£500",
        "ended_on": "2024-04-22",
        "reason": "Letter of 22 April",
    }

    treasurer.post(f"{page}dispute/", {"reason": "Not heated"})
    disputed = treasurer.get(page).content.decode()
    unclear = treasurer.post(f"{page}dispute/end/", {**ended, "amount": ""})
    treasurer.post(f"{page}dispute/end/", ended)
    settled = treasurer.get(page).content.decode()

    assert "Not heated" in disputed
    assert "File a payment" not in disputed
    assert unclear.status_code == 400
    assert "Say the sum where it is settled" in unclear.content.decode()
    assert "Letter of 22 April" in settled
    assert "£500.00 unpaid" in settled


def test_a_late_claim_says_so_until_the_court_gave_leave(
    campaign: Campaign, treasurer: Client
) -> None:
    notice(campaign)
    order = commit(campaign, "640.00")
    invoice = bill(order, "640.00", received_on=date(2024, 5, 24))
    page = url(f"invoices/{invoice.pk}")
    given = {"court": "Walsall County Court", "ordered_on": "2024-04-20"}

    expense = treasurer.get(url(f"expenses/{order.pk}")).content.decode()
    before = treasurer.get(page).content.decode()
    treasurer.post(f"{page}leave/", given)
    after = treasurer.get(page).content.decode()

    for text in (expense, before):
        assert "after 23 May 2024, the last day for claims" in text
        assert "only with the leave of a court" in text
        assert "needs a court" in text
    assert "File a payment" not in before
    assert "Walsall County Court gave leave" in after
    assert "File a payment" in after


def test_what_was_paid_in_time_is_filed_after_the_last_day_for_payment(
    campaign: Campaign, treasurer: Client
) -> None:
    organisation = campaign.organisation
    organisation.clock_offset += timedelta(days=60)
    organisation.save(update_fields=["clock_offset"])
    notice(campaign)
    invoice = bill(commit(campaign, "640.00"), "640.00")
    page = url(f"invoices/{invoice.pk}")

    shown = treasurer.get(page).content.decode()
    paid = {"amount": "640", "method": "card", "paid_by": "agent"}
    late = treasurer.post(f"{page}payment/", paid | {"paid_on": "2024-06-14"})
    treasurer.post(f"{page}payment/", paid | {"paid_on": "2024-05-20"})

    assert "Type the day on which it was paid" in shown
    assert "14 June 2024 is after 30 May 2024" in late.content.decode()
    assert Payment.objects.get().paid_on == date(2024, 5, 20)


def test_what_is_filed_is_struck_out_on_the_page(
    invoice: Invoice, treasurer: Client
) -> None:
    paid = pay(invoice, "640.00")
    page = url(f"invoices/{invoice.pk}")

    unsaid = treasurer.post(url(f"payments/{paid.pk}/void"), {})
    treasurer.post(url(f"payments/{paid.pk}/void"), {"reason": "Twice"})
    treasurer.post(f"{page}leave/", {"court": "A court", "ordered_on": "2024-04-20"})
    leave = CourtLeave.objects.get()
    treasurer.post(url(f"leaves/{leave.pk}/void"), {"reason": "Another case"})
    treasurer.post(f"{page}void/", {"reason": "Sent twice"})

    assert f'id="payment_{paid.pk}_reason"' in unsaid.content.decode()
    assert "This is missing" in unsaid.content.decode()
    assert Payment.objects.get().void_reason == "Twice"
    assert CourtLeave.objects.get().void_reason == "Another case"
    assert "Sent twice" in treasurer.get(page).content.decode()


def test_a_candidate_reads_the_page_and_changes_nothing(
    invoice: Invoice, campaign: Campaign
) -> None:
    client = as_(member("Rowan Ash", Role.CANDIDATE, campaign))
    page = url(f"invoices/{invoice.pk}")

    seen = client.get(page)
    refused = client.post(f"{page}dispute/", {"reason": "Not heated"})

    assert seen.status_code == 200
    assert "End the dispute" not in (text := seen.content.decode())
    assert f"invoices/{invoice.pk}/" not in text
    assert refused.status_code == 404


def test_no_two_fields_of_the_page_share_a_name_for_their_labels(
    invoice: Invoice, treasurer: Client
) -> None:
    pay(invoice, "100.00")
    pay(invoice, "100.00")

    text = treasurer.get(url(f"invoices/{invoice.pk}")).content.decode()
    ids = [part.split('"')[0] for part in text.split(' id="')[1:]]

    assert len(ids) == len(set(ids))


def test_a_credit_note_is_filed_and_struck_out_on_the_page(
    invoice: Invoice, treasurer: Client
) -> None:
    page = url(f"invoices/{invoice.pk}")
    typed = {
        "number": "C-9",
        "amount": "£40",
        "dated_on": "2024-04-20",
        "reason": "One room less",
    }

    wrong = treasurer.post(f"{page}credit-note/", {**typed, "amount": "£641"})
    treasurer.post(f"{page}credit-note/", typed)
    credited = treasurer.get(page).content.decode()
    note = CreditNote.objects.get()
    treasurer.post(url(f"credit-notes/{note.pk}/void"), {"reason": "Another hall"})

    assert "£640.00 is left of this invoice" in wrong.content.decode()
    assert "Credit note C-9: One room less" in credited
    assert "£600.00 unpaid" in credited
    assert "£640.00 unpaid" in treasurer.get(page).content.decode()


def test_an_invoice_credited_in_full_is_not_called_paid(
    invoice: Invoice, treasurer: Client
) -> None:
    page = url(f"invoices/{invoice.pk}")
    typed = {
        "number": "C-9",
        "amount": "£640",
        "dated_on": "2024-04-20",
        "reason": "The hall was shut",
    }

    treasurer.post(f"{page}credit-note/", typed)
    credited = treasurer.get(page).content.decode()

    assert ">nothing owed</span>" in credited
    assert ">paid</span>" not in credited


def test_the_page_asks_who_paid_and_refuses_who_may_not(
    invoice: Invoice, treasurer: Client
) -> None:
    page = url(f"invoices/{invoice.pk}")
    typed = {"amount": "10", "paid_on": "2024-04-22", "method": "Card"}

    refused = treasurer.post(f"{page}payment/", {**typed, "paid_by": "candidate"})
    unknown = treasurer.post(f"{page}payment/", {**typed, "paid_by": "supporter"})
    treasurer.post(f"{page}payment/", {**typed, "paid_by": "agent"})

    assert "A candidate pays only their own personal" in refused.content.decode()
    assert unknown.status_code == 400
    assert Payment.objects.get().paid_by == "agent"


def test_a_committed_expense_is_printed_as_an_order(
    invoice: Invoice, treasurer: Client, campaign: Campaign
) -> None:
    address = url(f"expenses/{invoice.expense_id}")
    gift = commit(campaign, "0.00", kind="notional", market_value=Decimal(80))

    page = treasurer.get(address).content.decode()
    printed = treasurer.get(f"{address}order.pdf")
    none = treasurer.get(f"{url(f'expenses/{gift.pk}')}order.pdf")

    assert "order mayor-2024/0001" in page
    assert f"{address}order.pdf" in page
    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")
    assert "order-mayor-2024-0001.pdf" in printed["Content-Disposition"]
    assert none.status_code == 404


def test_what_was_spent_before_a_paper_was_revoked_is_paid_by_it_on_the_page(
    campaign: Campaign, treasurer: Client
) -> None:
    notice(campaign)
    paper = authorise(campaign, kind="campaigner", cap=Decimal("500.00"))
    invoice = bill(commit(campaign, "120.00", authority=paper), "120.00")
    revoke_authority(paper, reason="Moved away", by=clerk(campaign), at=NOW)
    told = {
        "amount": "120.00",
        "paid_on": "20/04/2024",
        "method": "Card",
        "paid_by": "campaigner",
        "authority": paper.pk,
    }

    answer = treasurer.post(url(f"invoices/{invoice.pk}/payment"), told)

    assert answer.status_code == 302
    assert Payment.objects.get().authority == paper
