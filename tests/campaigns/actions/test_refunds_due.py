"""An invoice paid in full though a credit note took some off: that is due back."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.actions.credit_notes import record_credit_note, void_credit_note
from campaigns.actions.refunds_due import RefundRefused, receive_refund
from campaigns.actions.statement_matches import MatchRefused, undo_match
from campaigns.models import AuditEntry, Campaign, CreditNote, Invoice, User
from campaigns.reports.expense_table import standing_of_invoice
from campaigns.reports.funding_position import funding_position
from campaigns.reports.money_integrity import money_faults
from campaigns.reports.spending_position import spending_position
from campaigns.reports.spending_return import spending_return
from campaigns.reports.statement_proposals import OpenThings
from campaigns.reports.statements import statement_lines
from tests.campaigns.actions.test_statement_matches import bill, left, line_of, pay, say
from tests.campaigns.purchases import clerk
from tests.cast import NOW
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def credited(campaign: Campaign) -> Invoice:
    """£27,280.00 invoiced, of which £620.00 was credited and nothing paid."""
    invoice = bill(campaign, "27280.00")
    credit(invoice, "620.00")
    return invoice


def credit(invoice: Invoice, amount: str, number: str = "C-1") -> CreditNote:
    return record_credit_note(
        invoice=invoice,
        number=number,
        amount=Decimal(amount),
        dated_on=date(2024, 4, 16),
        reason="A box was missing",
        by=clerk(invoice.expense.campaign),
        at=NOW,
    )


def kinds(campaign: Campaign) -> list[str]:
    """What each line that waits may have been, the likeliest."""
    things = OpenThings(campaign)
    found = (things.proposals(line) for line in statement_lines(campaign))
    return [best.parts[0].candidate.kind for best, *_ in filter(None, found)]


def stands(campaign: Campaign) -> tuple[str, str, str]:
    """What is paid of what is owed, what is due back, and the cash."""
    now = standing_of_invoice(Invoice.objects.get())
    position = spending_position(campaign, at=NOW)
    assert now.refund_due == position.refunds_due
    assert money_faults() == []
    cash = funding_position(campaign, at=NOW).cash
    return str(now.paid), str(now.refund_due), str(cash)


def test_a_line_that_paid_it_in_full_is_matched_and_the_rest_is_due_back(
    campaign: Campaign, credited: Invoice
) -> None:
    line = line_of(campaign, "-27280.00")
    (shown,) = statement_lines(campaign)
    (best, *_) = OpenThings(campaign).proposals(shown)
    assert best.parts[0].candidate.kind == "invoice_in_full"

    (match,) = say(line, ("invoice_in_full", credited.pk, "27280.00"))

    assert left(line) == 0
    assert stands(campaign) == ("26660.00", "620.00", "-27280.00")
    told = spending_return(campaign, at=NOW).section("unsolicited").lines[0].values
    assert (told["amount"], told["unpaid"]) == ("26660.00", "")
    assert told["credited"].endswith(
        "£620.00 of it was paid all the same, and is due back"
    )

    undo_match(match, reason="Another", by=clerk(campaign), at=NOW)
    assert stands(campaign) == ("0.00", "0.00", "0.00")


def test_the_refund_comes_by_a_line_and_is_due_again_where_that_is_undone(
    campaign: Campaign, credited: Invoice
) -> None:
    say(line_of(campaign, "-27280.00"), ("invoice_in_full", credited.pk, "27280.00"))
    note = CreditNote.objects.get()
    line = line_of(campaign, "620.00", "PLOVER BACK")
    with pytest.raises(MatchRefused, match=r"£620\.00 is due back, not £600\.00"):
        say(line, ("credit_note", note.pk, "600.00"))

    (match,) = say(line, ("credit_note", note.pk, "620.00"))
    assert stands(campaign) == ("26660.00", "0.00", "-26660.00")
    undo_match(match, reason="Another", by=clerk(campaign), at=NOW)

    assert stands(campaign) == ("26660.00", "620.00", "-27280.00")
    note.refresh_from_db()
    assert note.voided_at is None


def test_the_page_of_the_invoice_says_what_is_due_back_and_takes_the_day(
    campaign: Campaign, credited: Invoice, agent: User
) -> None:
    say(line_of(campaign, "-27280.00"), ("invoice_in_full", credited.pk, "27280.00"))
    desk, note = signed_in(agent), CreditNote.objects.get()
    page = f"/{campaign.slug}/money/invoices/{credited.pk}/"
    money = desk.get(f"/{campaign.slug}/money/").content.decode()
    shown = desk.get(page).content.decode()
    came = f"/{campaign.slug}/money/credit-notes/{note.pk}/refunded/"

    early = desk.post(came, {"refunded_on": "2024-04-01"})
    desk.post(came, {"refunded_on": "2024-04-22"})

    assert "Owed to us: paid too much, due back from suppliers" in money
    assert "£620.00 is due back" in shown
    assert early.status_code == 400
    assert stands(campaign) == ("26660.00", "0.00", "-26660.00")
    assert AuditEntry.objects.filter(verb="credit_note.refunded").count() == 1
    with pytest.raises(RefundRefused):
        receive_refund(note, refunded_on=date(2024, 4, 22), by=clerk(campaign), at=NOW)


def test_no_more_than_was_credited_may_be_paid_too_much(
    campaign: Campaign, credited: Invoice
) -> None:
    line = line_of(campaign, "-27280.01")

    with pytest.raises(Exception, match="is owed on this invoice"):
        say(line, ("invoice_in_full", credited.pk, "27280.01"))

    assert stands(campaign)[0] == "0.00"


def test_without_the_credit_note_nothing_is_due_back(
    campaign: Campaign, credited: Invoice
) -> None:
    say(line_of(campaign, "-27280.00"), ("invoice_in_full", credited.pk, "27280.00"))

    void_credit_note(
        CreditNote.objects.get(), reason="Withdrawn", by=clerk(campaign), at=NOW
    )

    assert stands(campaign) == ("27280.00", "0.00", "-27280.00")


def test_what_is_due_back_pays_no_other_bill(
    campaign: Campaign, credited: Invoice
) -> None:
    before = funding_position(campaign, at=NOW)
    say(line_of(campaign, "-27280.00"), ("invoice_in_full", credited.pk, "27280.00"))
    bill(campaign, "1000.00")

    now = funding_position(campaign, at=NOW)

    assert now.unpaid == Decimal("1000.00")
    assert now.weeks[-1].left == before.weeks[-1].left - Decimal("1620.00")


def test_a_bill_that_was_credited_whole_and_paid_all_the_same_is_proposed(
    campaign: Campaign,
) -> None:
    invoice = bill(campaign, "900.00")
    credit(invoice, "900.00")
    line = line_of(campaign, "-900.00")

    assert kinds(campaign) == ["invoice_in_full"]
    say(line, ("invoice_in_full", invoice.pk, "900.00"))

    assert stands(campaign) == ("0.00", "900.00", "-900.00")


def test_the_rest_that_another_line_paid_is_proposed_too(
    campaign: Campaign, credited: Invoice
) -> None:
    say(line_of(campaign, "-26660.00"), ("invoice", credited.pk, "26660.00"))
    line = line_of(campaign, "-620.00", "PLOVER 11 REST")

    assert kinds(campaign) == ["invoice_in_full"]
    say(line, ("invoice_in_full", credited.pk, "620.00"))

    assert stands(campaign) == ("26660.00", "620.00", "-27280.00")


def test_paid_first_and_credited_later_is_due_back_alike(campaign: Campaign) -> None:
    invoice = bill(campaign, "27280.00")
    say(line_of(campaign, "-27280.00"), ("invoice", invoice.pk, "27280.00"))

    note = credit(invoice, "620.00")

    assert stands(campaign) == ("26660.00", "620.00", "-27280.00")
    line = line_of(campaign, "620.00", "PLOVER BACK")
    (match,) = say(line, ("credit_note", note.pk, "620.00"))
    assert stands(campaign) == ("26660.00", "0.00", "-26660.00")
    undo_match(match, reason="Another", by=clerk(campaign), at=NOW)
    assert stands(campaign) == ("26660.00", "620.00", "-27280.00")
    void_credit_note(note, reason="Withdrawn", by=clerk(campaign), at=NOW)
    assert stands(campaign) == ("27280.00", "0.00", "-27280.00")


def test_what_did_not_come_after_all_is_due_again_with_the_note_filed_anew(
    campaign: Campaign, credited: Invoice
) -> None:
    say(line_of(campaign, "-27280.00"), ("invoice_in_full", credited.pk, "27280.00"))
    by, note = clerk(campaign), CreditNote.objects.get()
    receive_refund(note, refunded_on=date(2024, 4, 22), by=by, at=NOW)

    void_credit_note(note, reason="It did not come", by=by, at=NOW)
    credit(credited, "620.00")

    assert stands(campaign) == ("26660.00", "620.00", "-27280.00")


def test_no_refund_comes_before_the_payment_that_it_is_of(campaign: Campaign) -> None:
    invoice = bill(campaign, "600.00")
    pay(invoice, "600.00")
    note = credit(invoice, "100.00")
    by = clerk(campaign)

    with pytest.raises(RefundRefused, match="of the last payment"):
        receive_refund(note, refunded_on=date(2024, 4, 17), by=by, at=NOW)
    receive_refund(note, refunded_on=date(2024, 4, 18), by=by, at=NOW)

    assert stands(campaign) == ("500.00", "0.00", "-500.00")
