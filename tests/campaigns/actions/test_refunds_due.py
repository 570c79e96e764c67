"""An invoice paid in full though a credit note took some off: that is due back."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from campaigns.actions.credit_notes import record_credit_note, void_credit_note
from campaigns.actions.expense_payments import PaymentRefused, void_payment
from campaigns.actions.refunds_due import RefundRefused, receive_refund, void_refund
from campaigns.actions.statement_matches import MatchRefused, undo_match
from campaigns.models import (
    AuditEntry,
    Campaign,
    CreditNote,
    Invoice,
    Payment,
    Refund,
    User,
)
from campaigns.reports.expense_table import invoices_of, standing_of_invoice
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


def came_back(note: CreditNote, amount: str, on: date = date(2024, 4, 22)) -> Refund:
    return receive_refund(
        note,
        amount=Decimal(amount),
        came_on=on,
        by=clerk(note.invoice.expense.campaign),
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

    early = desk.post(came, {"amount": "620", "came_on": "2024-04-01"})
    desk.post(came, {"amount": "600", "came_on": "2024-04-22"})
    part = desk.get(page).content.decode()
    desk.post(came, {"amount": "20", "came_on": "2024-04-22"})

    assert "Owed to us: paid too much, due back from suppliers" in money
    assert "£620.00 is due back" in shown
    assert "£20.00 is due back" in part
    assert early.status_code == 400
    assert stands(campaign) == ("26660.00", "0.00", "-26660.00")
    assert AuditEntry.objects.filter(verb="refund.recorded").count() == 2
    with pytest.raises(RefundRefused, match="Nothing is due back"):
        came_back(note, "0.01", date(2024, 4, 22))


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
    came_back(note, "620.00", date(2024, 4, 22))

    void_credit_note(note, reason="It did not come", by=by, at=NOW)
    credit(credited, "620.00")

    assert stands(campaign) == ("26660.00", "620.00", "-27280.00")


def test_no_refund_comes_before_the_payment_that_it_is_of(campaign: Campaign) -> None:
    invoice = bill(campaign, "600.00")
    pay(invoice, "600.00")
    note = credit(invoice, "100.00")

    with pytest.raises(RefundRefused, match="of the last payment"):
        came_back(note, "100.00", date(2024, 4, 17))
    came_back(note, "100.00", date(2024, 4, 18))

    assert stands(campaign) == ("500.00", "0.00", "-500.00")


def test_paid_in_full_by_hand_after_the_credit_note_is_due_back_alike(
    campaign: Campaign, credited: Invoice
) -> None:
    pay(credited, "27280.00")

    assert stands(campaign) == ("26660.00", "620.00", "-27280.00")
    said = AuditEntry.objects.get(verb="payment.recorded").data
    note = CreditNote.objects.get()
    assert said["refund_due"] == "620.00"
    assert said["refunds_changed"] == {f"creditnote:{note.pk}": ["0.00", "620.00"]}
    with pytest.raises(PaymentRefused, match="is owed on this invoice"):
        pay(credited, "0.01")


def test_the_page_takes_a_payment_in_full_of_what_was_credited(
    campaign: Campaign, credited: Invoice, agent: User
) -> None:
    """Also where all that is owed was paid before: the rest may follow."""
    desk = signed_in(agent)
    page = f"/{campaign.slug}/money/invoices/{credited.pk}/"
    typed = {"paid_on": "2024-04-18", "method": "Card", "paid_by": "agent"}
    assert "£620.00 was credited and is not owed" in desk.get(page).content.decode()

    desk.post(f"{page}payment/", {"amount": "26660", **typed})
    assert "Paid though it was credited?" in desk.get(page).content.decode()
    desk.post(f"{page}payment/", {"amount": "620", **typed})

    assert stands(campaign) == ("26660.00", "620.00", "-27280.00")
    assert "Paid though it was credited?" not in desk.get(page).content.decode()


def test_a_refund_comes_in_parts_and_the_rest_stays_due(
    campaign: Campaign, credited: Invoice
) -> None:
    pay(credited, "27280.00")
    note = CreditNote.objects.get()

    came_back(note, "400.00")
    assert stands(campaign) == ("26660.00", "220.00", "-26880.00")
    told = spending_return(campaign, at=NOW).section("unsolicited").lines[0].values
    assert told["credited"].endswith(
        "£220.00 of it was paid all the same, and is due back"
    )
    with pytest.raises(
        RefundRefused, match=r"£220\.00 is due back by it, not £220\.01"
    ):
        came_back(note, "220.01")
    came_back(note, "220.00", date(2024, 4, 23))

    assert stands(campaign) == ("26660.00", "0.00", "-26660.00")


def test_parts_of_a_refund_come_by_lines_and_each_is_due_again_where_undone(
    campaign: Campaign, credited: Invoice
) -> None:
    say(line_of(campaign, "-27280.00"), ("invoice_in_full", credited.pk, "27280.00"))
    note = CreditNote.objects.get()
    first = line_of(campaign, "600.00", "PLOVER BACK")
    say(first, ("credit_note", note.pk, "600.00"))
    came_back(note, "15.00")
    last = line_of(campaign, "20.00", "PLOVER REST")

    (match,) = say(last, ("credit_note", note.pk, "20.00"))

    assert stands(campaign) == ("26660.00", "0.00", "-26660.00")
    with pytest.raises(MatchRefused, match="is on no statement yet"):
        say(line_of(campaign, "0.01", "MORE"), ("credit_note", note.pk, "0.01"))
    undo_match(match, reason="Another", by=clerk(campaign), at=NOW)
    assert stands(campaign) == ("26660.00", "5.00", "-26665.00")


def test_a_refund_that_did_not_come_is_voided_with_a_reason_and_due_again(
    campaign: Campaign, credited: Invoice, agent: User
) -> None:
    pay(credited, "27280.00")
    refund = came_back(CreditNote.objects.get(), "620.00")
    desk, money = signed_in(agent), f"/{campaign.slug}/money/"

    silent = desk.post(f"{money}refunds/{refund.pk}/void/", {"reason": ""})
    desk.post(f"{money}refunds/{refund.pk}/void/", {"reason": "Bounced"})

    assert silent.status_code == 400
    assert stands(campaign) == ("26660.00", "620.00", "-27280.00")
    said = AuditEntry.objects.get(verb="refund.voided").data
    assert (said["reason"], said["refund_due"]) == ("Bounced", "620.00")
    page = desk.get(f"{money}invoices/{credited.pk}/").content.decode()
    assert "Bounced" in page


def test_a_refund_that_a_statement_shows_is_not_voided_beside_it(
    campaign: Campaign, credited: Invoice
) -> None:
    pay(credited, "27280.00")
    note = CreditNote.objects.get()
    say(line_of(campaign, "620.00", "PLOVER BACK"), ("credit_note", note.pk, "620.00"))

    with pytest.raises(RefundRefused, match="A statement shows this refund"):
        void_refund(Refund.objects.get(), reason="x", by=clerk(campaign), at=NOW)


def test_whatever_moves_what_is_due_says_so_in_its_own_record(
    campaign: Campaign, credited: Invoice
) -> None:
    by, note = clerk(campaign), CreditNote.objects.get()
    moved = {f"creditnote:{note.pk}": ["620.00", "0.00"]}
    pay(credited, "26660.00")
    more = pay(credited, "620.00")
    void_payment(more, reason="Wrong", by=by, at=NOW)
    assert said_of("payment.voided")["refunds_changed"] == moved

    pay(credited, "620.00")
    second = credit(credited, "30.00", "C-2")
    said = said_of("credit_note.recorded")
    assert said["refund_due"] == "650.00"
    assert said["refunds_changed"] == {f"creditnote:{second.pk}": ["0.00", "30.00"]}
    void_credit_note(note, reason="Wrong", by=by, at=NOW)

    assert said_of("credit_note.voided")["refund_due"] == "30.00"
    second.refresh_from_db()
    assert second.refunded == Decimal("30.00")


def test_a_refund_that_is_voided_with_its_note_has_its_record(
    campaign: Campaign, credited: Invoice
) -> None:
    pay(credited, "27280.00")
    note = CreditNote.objects.get()
    refund = came_back(note, "400.00")

    void_credit_note(note, reason="Another order", by=clerk(campaign), at=NOW)

    entry = AuditEntry.objects.get(verb="refund.voided")
    assert entry.target == f"refund:{refund.pk}"
    assert (entry.data["credit_note"], entry.data["amount"]) == (note.pk, "400.00")
    assert entry.data["reason"] == "Another order"


def test_a_payment_of_which_money_came_is_voided_after_that_refund(
    campaign: Campaign, credited: Invoice
) -> None:
    by, paid = clerk(campaign), pay(credited, "27280.00")
    refund = came_back(CreditNote.objects.get(), "400.00")

    with pytest.raises(PaymentRefused, match="void that refund first"):
        void_payment(paid, reason="Wrong", by=by, at=NOW)
    void_refund(refund, reason="Wrong", by=by, at=NOW)

    assert void_payment(paid, reason="Wrong", by=by, at=NOW).voided_at


def test_the_papers_of_an_expense_take_no_more_questions_for_more_refunds(
    campaign: Campaign, credited: Invoice, django_assert_num_queries: Any
) -> None:
    pay(credited, "27280.00")
    for number in range(3):
        came_back(credit(credited, "30.00", f"N-{number}"), "20.00")

    with django_assert_num_queries(5):
        [paper] = invoices_of(credited.expense)
        refunds = paper.refunds

    assert len(refunds) == 3


def said_of(verb: str) -> dict[str, object]:
    return AuditEntry.objects.filter(verb=verb).latest("pk").data


def test_a_page_that_is_older_than_a_refund_receives_it_no_second_time(
    campaign: Campaign, credited: Invoice
) -> None:
    pay(credited, "27280.00")
    note = CreditNote.objects.get()
    stale = CreditNote.objects.get()

    came_back(note, "400.00")

    with pytest.raises(RefundRefused, match=r"£220\.00 is due back"):
        came_back(stale, "400.00")
    assert Refund.objects.count() == Payment.objects.count() == 1
