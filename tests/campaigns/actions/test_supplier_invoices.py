"""A supplier's file: each invoice once, on its order, all of it or nothing."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from campaigns.actions.credit_notes import record_credit_note
from campaigns.actions.expense_commitments import commit_expense
from campaigns.actions.expense_payments import (
    record_invoice,
    record_payment,
    void_invoice,
)
from campaigns.actions.expenses import void_expense
from campaigns.actions.supplier_invoice_plan import SupplierInvoicesRefused
from campaigns.actions.supplier_invoices import keep_supplier, settle_row
from campaigns.importers.money_columns import MoneyFileRefused
from campaigns.models import (
    AuditEntry,
    Campaign,
    CreditNote,
    Expense,
    ExpenseState,
    Invoice,
    InvoiceFile,
    InvoiceFileRow,
    InvoiceSupplier,
)
from campaigns.reports.money_integrity import money_faults
from tests.campaigns.purchases import clerk, commit, notice, undone
from tests.campaigns.supplier_helpers import HEADER, RECEIVED_ON, load, supplier_of
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def plover(campaign: Campaign) -> InvoiceSupplier:
    notice(campaign)
    return supplier_of(campaign)


@pytest.fixture
def order(campaign: Campaign, plover: InvoiceSupplier) -> Expense:
    """Order 1, of £600.00."""
    return commit(campaign, "600.00")


def row_of(number: str) -> InvoiceFileRow:
    return InvoiceFileRow.objects.get(number=number)


def test_a_row_becomes_an_invoice_on_the_order_that_it_names(
    campaign: Campaign, order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    content = HEADER + "PP-1,12/04/2024,Leaflet 2,200.00,40.00,240.00,PO 0001,\n"

    assert load(tmp_path, plover, content) == {"invoice": 1}

    invoice = Invoice.objects.get()
    assert (invoice.expense, invoice.number) == (order, "PP-1")
    assert invoice.amount == Decimal("240.00")
    assert invoice.dated_on == date(2024, 4, 12)
    assert invoice.received_on == RECEIVED_ON
    assert not invoice.is_last
    assert row_of("PP-1").invoice == invoice
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"supplier_invoices.loaded", "invoice.recorded"} <= verbs
    assert money_faults() == []


def test_what_brings_an_order_to_its_sum_is_its_last_invoice(
    campaign: Campaign, order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    content = (
        HEADER
        + f"PP-1,12/04/2024,Half,,,300,{campaign.slug}/0001,\n"
        + "PP-2,13/04/2024,Half,,,300,order no. 1,\n"
    )

    load(tmp_path, plover, content)

    last = dict(Invoice.objects.values_list("number", "is_last"))
    assert last == {"PP-1": False, "PP-2": True}


def test_a_file_loaded_twice_changes_nothing(
    order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    content = (
        HEADER
        + "PP-1,12/04/2024,Leaflet 2,,,240.00,1,\n"
        + "PP-2,12/04/2024,A banner,,,90.00,,\n"
        + "PP-C1,14/04/2024,Short by 500,,,-40.00,,PP-1\n"
        + "PP-C2,14/04/2024,Goodwill,,,-10.00,,\n"
    )
    first = load(tmp_path, plover, content)
    entries = AuditEntry.objects.count()

    again = load(tmp_path, plover, content.replace("PP-1,", "pp-1,"))

    assert first == {"invoice": 1, "proposed": 1, "credit_note": 1, "aside": 1}
    assert again == {"known": 4}
    assert InvoiceFile.objects.count() == Invoice.objects.count() == 1
    assert AuditEntry.objects.count() == entries


def test_the_same_number_with_another_amount_is_refused_naming_its_line(
    order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    load(tmp_path, plover, HEADER + "PP-1,12/04/2024,Leaflets,,,240.00,1,\n")
    content = (
        HEADER
        + "PP-9,12/04/2024,Leaflets,,,10.00,1,\n"
        + "PP-1,12/04/2024,Leaflets,,,250.00,1,\n"
    )

    with pytest.raises(SupplierInvoicesRefused) as refusal:
        load(tmp_path, plover, content)

    assert refusal.value.message == (
        "Line 3 is to be decided: invoice PP-1 of Plover Press is here with £240.00, "
        "not £250.00: leave it out, or have what is here voided first."
    )
    assert Invoice.objects.count() == 1


def test_what_was_typed_in_before_is_known_also_where_it_was_split(
    campaign: Campaign, order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    other = commit(campaign, "50.00", supplier="PLOVER PRESS LTD")
    for expense, amount in ((order, "70.00"), (other, "30.00")):
        record_invoice(
            expense=expense,
            number="PP-1",
            amount=Decimal(amount),
            dated_on=date(2024, 4, 12),
            received_on=date(2024, 4, 14),
            by=clerk(campaign),
            at=NOW,
        )
    row = HEADER + "PP-1,12/04/2024,Leaflets,,,{},1,\n"

    assert load(tmp_path, plover, row.format("100.00")) == {"known": 1}
    with pytest.raises(SupplierInvoicesRefused):
        load(tmp_path, plover, row.format("70.00"))


def test_the_database_keeps_one_row_for_a_number_of_a_supplier(
    order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    load(tmp_path, plover, HEADER + "PP-1,12/04/2024,Leaflets,,,240.00,1,\n")
    row = row_of("PP-1")
    row.pk, row.number = None, "pp-1"

    with pytest.raises(IntegrityError, match="supplier_invoice_filed_once"), undone():
        row.save(force_insert=True)


@pytest.mark.parametrize("statement", ["DELETE FROM", "UPDATE"])
def test_what_a_supplier_wrote_stays(
    statement: str, order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    load(tmp_path, plover, HEADER + "PP-1,12/04/2024,Leaflets,,,240.00,1,\n")
    rows = InvoiceFileRow.objects.all()

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(amount=1) if statement == "UPDATE" else rows.delete()


def test_what_names_no_order_is_proposed_and_filed_once_the_agent_commits(
    campaign: Campaign, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    header = HEADER.replace("Credits", "Delivery date")
    content = f"{header}PP-2,12/04/2024,A banner,75.00,15.00,90.00,,15/04/2024\n"
    assert load(tmp_path, plover, content) == {"proposed": 1}
    expense = Expense.objects.get()
    assert (expense.state, expense.amount) == (
        ExpenseState.PROPOSED,
        Decimal("90.00"),
    )
    assert (expense.supplier, expense.category) == ("Plover Press", "advertising")
    assert expense.used_from == expense.used_until == date(2024, 4, 15)
    with pytest.raises(SupplierInvoicesRefused, match="has not committed"):
        settle_row(row_of("PP-2"), by=clerk(campaign), at=NOW)

    commit_expense(expense, by=clerk(campaign), at=NOW)
    settled = settle_row(row_of("PP-2"), by=clerk(campaign), at=NOW)

    assert settled.invoice == Invoice.objects.get()
    assert settled.expense is None
    assert Invoice.objects.get().is_last
    with pytest.raises(SupplierInvoicesRefused, match="filed already"):
        settle_row(settled, by=clerk(campaign), at=NOW)


def test_each_proposed_line_has_the_head_that_was_chosen_or_that_the_file_tells(
    plover: InvoiceSupplier, tmp_path: Path
) -> None:
    header = HEADER.replace("Credits", "Head of return")
    lines = ("Transport", "public MEETINGS", "transport", "")
    content = header + "".join(
        f"PP-{nth},12/04/2024,A thing,,,{nth}.00,,{head}\n"
        for nth, head in enumerate(lines, 1)
    )

    chosen = {4: "propose:administration"}
    assert load(tmp_path, plover, content, choices=chosen) == {"proposed": 4}

    heads = Expense.objects.order_by("amount").values_list("category", flat=True)
    assert list(heads) == ["transport", "meetings", "administration", "advertising"]


@pytest.mark.parametrize("head", ["Printing", "Staff costs"])
def test_a_head_that_is_none_of_the_return_keeps_the_file_out(
    plover: InvoiceSupplier, tmp_path: Path, head: str
) -> None:
    header = HEADER.replace("Credits", "Head of return")

    with pytest.raises(MoneyFileRefused, match="Line 2 cannot be read: its head is"):
        load(tmp_path, plover, f"{header}PP-1,12/04/2024,A,,,1.00,,{head}\n")


def test_what_the_agent_would_not_have_goes_onto_an_order(
    campaign: Campaign, order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    load(tmp_path, plover, HEADER + "PP-2,12/04/2024,A banner,,,90.00,,\n")
    expense = Expense.objects.get(state=ExpenseState.PROPOSED)
    with pytest.raises(SupplierInvoicesRefused, match="count twice"):
        settle_row(row_of("PP-2"), expense=order, by=clerk(campaign), at=NOW)
    void_expense(expense, reason="It is order 1", by=clerk(campaign), at=NOW)

    settle_row(row_of("PP-2"), expense=order, by=clerk(campaign), at=NOW)
    void_invoice(Invoice.objects.get(), reason="No", by=clerk(campaign), at=NOW)
    settle_row(row_of("PP-2"), expense=order, by=clerk(campaign), at=NOW)

    assert Invoice.objects.filter(voided_at=None, expense=order).count() == 1


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ("240.00,77,", "the order that it names is none that stands here"),
        ("240.00,Our Ref A,", "the order that it names is none that stands here"),
        ("601.00,1,", "only £600.00 of mayor-2024/0001 is not invoiced yet"),
        ("600.00,,", "mayor-2024/0001 of this supplier has just this left"),
        ("5.00,2,", "order mayor-2024/0002 is with Linnet, not with Plover Press"),
    ],
)
def test_what_fits_no_order_is_to_be_decided_and_keeps_the_file_out(
    campaign: Campaign,
    order: Expense,
    plover: InvoiceSupplier,
    tmp_path: Path,
    cells: str,
    why: str,
) -> None:
    linnet = commit(campaign, "50.00", supplier="Linnet")
    content = f"{HEADER}PP-1,12/04/2024,Leaflets,,,{cells}\n"
    with pytest.raises(SupplierInvoicesRefused) as refusal:
        load(tmp_path, plover, content)
    assert refusal.value.message.startswith("Line 2 is to be decided: ")
    assert why in refusal.value.message

    assert load(tmp_path, plover, content, choices={2: "later"}) == {"left_out": 1}
    assert not InvoiceFile.objects.exists()
    if "5.00" in cells:
        chosen = {2: str(linnet.pk)}
        assert load(tmp_path, plover, content, choices=chosen) == {"invoice": 1}
    else:
        chosen = {2: "propose"}
        assert load(tmp_path, plover, content, choices=chosen) == {"proposed": 1}


def test_after_the_last_invoice_of_an_order_no_other_goes_onto_it(
    order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    load(tmp_path, plover, HEADER + "PP-1,12/04/2024,All,,,600.00,1,\n")

    with pytest.raises(SupplierInvoicesRefused, match="has come"):
        load(tmp_path, plover, HEADER + "PP-2,12/04/2024,More,,,1.00,1,\n")


def credit(cells: str) -> str:
    return f"{HEADER}PP-1,12/04/2024,Leaflets,,,240.00,1,\n{cells}\n"


@pytest.mark.parametrize(
    "cells",
    [
        "C-9,14/04/2024,Short by 500,,,-40.00,,PP-1",
        "PP-1,14/04/2024,Short by 500,,,(40.00),,",
        "C-9,14/04/2024,Short by 500 on PP1,,,40.00 CR,,",
    ],
)
def test_a_credit_becomes_a_credit_note_of_the_invoice_that_it_names(
    order: Expense, plover: InvoiceSupplier, tmp_path: Path, cells: str
) -> None:
    content = credit(cells)

    assert load(tmp_path, plover, content) == {"invoice": 1, "credit_note": 1}

    note = CreditNote.objects.get()
    assert (note.invoice, note.amount) == (Invoice.objects.get(), Decimal("40.00"))
    assert note.reason.startswith("Short by 500")
    assert load(tmp_path, plover, content) == {"known": 2}
    assert money_faults() == []


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ("C-9,14/04/2024,Goodwill,,,-4.00,,", "it names no invoice that is filed here"),
        ("C-9,14/04/2024,Goodwill,,,-4.00,,PP-7", "it names no invoice"),
        ("C-9,14/04/2024,Goodwill,,,-241.00,,PP-1", "Only £240.00 of invoice PP-1"),
        ("C-9,10/04/2024,Goodwill,,,-4.00,,PP-1", "from before invoice PP-1"),
    ],
)
def test_a_credit_that_fits_no_invoice_is_set_aside_with_its_reason(
    order: Expense, plover: InvoiceSupplier, tmp_path: Path, cells: str, why: str
) -> None:
    assert load(tmp_path, plover, credit(cells)) == {"invoice": 1, "aside": 1}

    assert why in row_of("C-9").aside
    assert not CreditNote.objects.exists()


def test_a_credit_of_a_paid_invoice_is_filed_and_its_money_is_due_back(
    campaign: Campaign, order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    load(tmp_path, plover, credit(""))
    record_payment(
        invoice=Invoice.objects.get(),
        amount=Decimal("240.00"),
        paid_on=date(2024, 4, 13),
        method="Bank transfer",
        by=clerk(campaign),
        at=NOW,
    )

    load(tmp_path, plover, credit("C-9,14/04/2024,Short,,,-40.00,,PP-1"))

    note = row_of("C-9").credit_note
    assert note is not None
    assert (note.refunded, note.came) == (Decimal("40.00"), 0)


def test_a_credit_that_was_set_aside_is_filed_once_its_invoice_is_here(
    campaign: Campaign, order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    load(tmp_path, plover, HEADER + "C-9,14/04/2024,Short,,,-40.00,,PP-1\n")
    load(tmp_path, plover, credit(""))

    settled = settle_row(row_of("C-9"), by=clerk(campaign), at=NOW)

    assert settled.credit_note == CreditNote.objects.get()
    assert settled.aside == ""


def test_a_credit_note_that_was_typed_in_before_is_known(
    campaign: Campaign, order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    load(tmp_path, plover, credit(""))
    record_credit_note(
        invoice=Invoice.objects.get(),
        number="C-9",
        amount=Decimal("40.00"),
        dated_on=date(2024, 4, 14),
        reason="Short",
        by=clerk(campaign),
        at=NOW,
    )

    found = load(tmp_path, plover, credit("C-9,14/04/2024,Short,,,-40.00,,PP-1"))

    assert found == {"known": 2}


def test_an_invoice_with_another_sum_than_its_file_is_a_fault(
    order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    load(tmp_path, plover, credit(""))
    Invoice.objects.update(amount=Decimal("250.00"))

    faults = {(fault.fault, fault.row) for fault in money_faults()}

    row = f"invoicefilerow:{row_of('PP-1').pk}"
    assert ("not the sum in the supplier's file", row) in faults


def test_one_bad_row_keeps_the_whole_file_out(
    order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    content = credit("PP-2,31/02/2024,Leaflets,,,240.00,1,")

    with pytest.raises(MoneyFileRefused, match="Line 3 cannot be read: its day"):
        load(tmp_path, plover, content)

    assert not Invoice.objects.exists()


def test_one_supplier_is_kept_whichever_way_it_is_spelt(campaign: Campaign) -> None:
    first = supplier_of(campaign, "Plover Press Ltd.")

    assert supplier_of(campaign, " PLOVER  PRESS ") == first
    with pytest.raises(SupplierInvoicesRefused, match="whose invoices"):
        keep_supplier(campaign=campaign, name=" ", by=clerk(campaign), at=NOW)
