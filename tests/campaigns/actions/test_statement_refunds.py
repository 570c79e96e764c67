"""Money that a supplier paid back: matched to its credit note, or filed as one."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from campaigns.actions.credit_notes import (
    CreditNoteRefused,
    record_credit_note,
    void_credit_note,
)
from campaigns.actions.spending import OverLimitRefused
from campaigns.actions.statement_matches import MatchRefused, undo_match
from campaigns.actions.statement_refunds import refund_line
from campaigns.actions.supplier_invoices import settle_row
from campaigns.models import (
    AuditEntry,
    Campaign,
    CreditNote,
    Invoice,
    InvoiceFileRow,
    StatementLine,
    StatementMatch,
    User,
)
from campaigns.reports.expense_table import standing_of_invoice
from campaigns.reports.money_integrity import money_faults
from campaigns.reports.spending_position import spending_position
from campaigns.reports.statement_proposals import OpenThings
from campaigns.reports.statements import statement_lines
from tests.campaigns.actions.test_statement_matches import bill, left, line_of, pay, say
from tests.campaigns.purchases import clerk, commit
from tests.campaigns.supplier_helpers import HEADER, load, supplier_of
from tests.cast import NOW, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(campaign: Campaign) -> Invoice:
    """An invoice of £100.00, paid."""
    invoice = bill(campaign, "100.00")
    pay(invoice, "100.00")
    return invoice


def credited(invoice: Invoice, amount: str = "30.00") -> CreditNote:
    return record_credit_note(
        invoice=invoice,
        number="C-1",
        amount=Decimal(amount),
        dated_on=date(2024, 4, 19),
        reason="500 short",
        refunded_on=date(2024, 4, 20),
        by=clerk(invoice.expense.campaign),
        at=NOW,
    )


def back(line: StatementLine, invoice: Invoice, **told: object) -> StatementMatch:
    return refund_line(
        line=line,
        invoice=invoice,
        number="C-1",
        reason="500 short",
        by=clerk(line.campaign),
        at=NOW,
        **told,  # type: ignore[arg-type]
    )


def stands(invoice: Invoice) -> tuple[str, str, str]:
    """What is owed on it, what was paid of that, and what its expense counts."""
    fresh = Invoice.objects.get(pk=invoice.pk)
    now = standing_of_invoice(fresh)
    position = spending_position(fresh.expense.campaign, at=NOW)
    return str(now.owed), str(now.paid), str(position.counted)


def test_a_refund_is_matched_to_the_credit_note_that_was_filed(
    campaign: Campaign, paid: Invoice
) -> None:
    note = credited(paid)
    line_of(campaign, "30.00", "PLOVER PRESS C-1")
    (line,) = statement_lines(campaign)
    (best, *_) = OpenThings(campaign).proposals(line)
    assert [part.candidate.kind.words for part in best.parts] == ["credit note"]

    (match,) = say(line, ("credit_note", note.pk, "30.00"))

    assert left(line) == 0
    assert OpenThings(campaign).into == []
    with pytest.raises(CreditNoteRefused) as refused:
        void_credit_note(note, reason="Typo", by=clerk(campaign), at=NOW)
    assert refused.value.code == "on_a_statement"
    undo_match(match, reason="Another", by=clerk(campaign), at=NOW)
    note.refresh_from_db()
    assert note.voided_at is None


def test_a_credit_note_is_made_from_the_line_and_undoing_takes_it_back(
    campaign: Campaign, paid: Invoice
) -> None:
    line = line_of(campaign, "30.00")
    before = stands(paid)

    match = back(line, paid)

    note = CreditNote.objects.get()
    assert (note.amount, note.refunded) == (Decimal("30.00"), Decimal("30.00"))
    assert note.refunds.get().came_on == note.dated_on == line.day
    assert stands(paid)[:2] == ("70.00", "70.00")
    assert left(line) == 0
    assert money_faults() == []

    undo_match(match, reason="Not theirs", by=clerk(campaign), at=NOW)

    assert stands(paid) == before
    assert CreditNote.objects.get().void_reason == "Not theirs"
    assert left(line) == Decimal("30.00")
    verbs = AuditEntry.objects.values_list("verb", flat=True)
    assert {"credit_note.voided", "statement_line.undone"} <= set(verbs)
    assert money_faults() == []


def test_of_an_invoice_that_is_not_paid_in_full_the_credit_note_is_filed_first(
    campaign: Campaign,
) -> None:
    """A credit note takes off what is unpaid before anything comes back: how much of
    the £40 is still owed no line of a statement can say."""
    invoice = bill(campaign, "100.00")
    pay(invoice, "60.00")
    line = line_of(campaign, "10.00")

    with pytest.raises(MatchRefused, match=r"£40\.00 of this invoice is not paid"):
        back(line, invoice)
    assert stands(invoice) == ("100.00", "60.00", "100.00")

    say(line, ("credit_note", credited(invoice, "50.00").pk, "10.00"))
    assert stands(invoice) == ("50.00", "50.00", "50.00")


def test_past_the_limit_the_agent_alone_takes_a_refund_back_saying_why(
    campaign: Campaign, paid: Invoice, agent: User
) -> None:
    match = back(line_of(campaign, "30.00"), paid)
    commit(campaign, "181200.00")

    with pytest.raises(OverLimitRefused):
        undo_match(match, reason="Not theirs", by=clerk(campaign), at=NOW)
    assert CreditNote.objects.get().voided_at is None
    undo_match(
        match,
        reason="Not theirs",
        over_limit_reason="It came from somebody else",
        by=actor(agent),
        at=NOW,
    )

    assert stands(paid)[2] == "181300.00"
    expense = Invoice.objects.get().expense
    assert expense.over_limit_reason == "It came from somebody else"


def test_what_cannot_have_come_back_is_refused_and_nothing_is_written(
    campaign: Campaign, other_campaign: Campaign, paid: Invoice
) -> None:
    note = credited(paid)
    out, into = line_of(campaign, "-30.00"), line_of(campaign, "90.00")
    elsewhere = line_of(other_campaign, "30.00", "ELSEWHERE")
    refusals = {
        "money_out": lambda: say(out, ("credit_note", note.pk, "30.00")),
        "shown_already": lambda: say(into, ("credit_note", note.pk, "31.00")),
        "no_credit_note": lambda: say(elsewhere, ("credit_note", note.pk, "30.00")),
        "more_than_paid": lambda: back(into, paid),
        "no_invoice": lambda: back(elsewhere, paid),
    }

    seen = {}
    for code, attempt in refusals.items():
        with pytest.raises(MatchRefused) as refused:
            attempt()
        seen[code] = refused.value.code
    with pytest.raises(MatchRefused, match="no refund"):
        back(out, paid)

    assert seen == {code: code for code in refusals}
    assert not StatementMatch.objects.exists()
    assert CreditNote.objects.count() == 1


def test_a_credit_of_a_file_that_waited_for_the_money_is_settled_by_it(
    campaign: Campaign, paid: Invoice, tmp_path: Path
) -> None:
    content = HEADER + "C-1,14/04/2024,500 short,,,-30.00,,PP-99\n"
    load(tmp_path, supplier_of(campaign), content)
    row = InvoiceFileRow.objects.get()
    assert "names no invoice" in row.aside
    back(line_of(campaign, "30.00"), paid)

    settled = settle_row(row, by=clerk(campaign), at=NOW)

    assert settled.credit_note == CreditNote.objects.get()
