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
from tests.campaigns.actions.test_statement_matches import bill, left, line_of, say
from tests.campaigns.purchases import clerk
from tests.cast import NOW
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def credited(campaign: Campaign) -> Invoice:
    """£27,280.00 invoiced, of which £620.00 was credited and nothing paid."""
    invoice = bill(campaign, "27280.00")
    record_credit_note(
        invoice=invoice,
        number="C-1",
        amount=Decimal("620.00"),
        dated_on=date(2024, 4, 16),
        reason="A box was missing",
        by=clerk(campaign),
        at=NOW,
    )
    return invoice


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
