"""What a supplier sends anew, spells otherwise or corrects: nothing counts twice."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from campaigns.actions.expense_commitments import commit_expense
from campaigns.actions.expense_payments import record_invoice, void_invoice
from campaigns.actions.expenses import void_expense
from campaigns.actions.supplier_invoice_plan import (
    Outcome,
    SupplierInvoicesRefused,
    plan,
)
from campaigns.actions.supplier_invoices import settle_row
from campaigns.actions.suppliers import complete_supplier
from campaigns.importers.supplier_invoices import COLUMNS, ReadInvoices, read_invoices
from campaigns.models import (
    Campaign,
    CreditNote,
    Expense,
    ExpenseState,
    Invoice,
    InvoiceFileRow,
    InvoiceSupplier,
)
from campaigns.reports.spending_position import spending_position
from campaigns.reports.supplier_invoices import invoice_rows
from tests.campaigns.papers import pay
from tests.campaigns.purchases import clerk, commit, notice
from tests.campaigns.statement_helpers import written
from tests.campaigns.supplier_helpers import (
    HEADER,
    RECEIVED_ON,
    fields,
    load,
    supplier_of,
)
from tests.cast import NOW, POLL_ON

pytestmark = pytest.mark.django_db
ON_ORDER = HEADER + "PP-1,12/04/2024,Leaflets,,,{},1,\n"
ON_NONE = HEADER + "PP-1,12/04/2024,Leaflets,,,{},,\n"


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


def typed(expense: Expense, amount: str = "240.00", number: str = "PP-1") -> Invoice:
    return record_invoice(
        expense=expense,
        number=number,
        amount=Decimal(amount),
        dated_on=date(2024, 4, 12),
        received_on=date(2024, 4, 14),
        is_last=False,
        by=clerk(expense.campaign),
        at=NOW,
    )


def void(what: Expense | Invoice) -> None:
    said = {"reason": "No", "at": NOW}
    if isinstance(what, Expense):
        void_expense(what, by=clerk(what.campaign), **said)
    else:
        void_invoice(what, by=clerk(what.expense.campaign), **said)


def states(campaign: Campaign) -> list[tuple[Decimal, str]]:
    rows = invoice_rows(campaign).order_by("pk")
    return list(rows.values_list("amount", "state"))


@pytest.mark.parametrize("is_committed", [True, False])
def test_what_was_typed_on_an_order_is_not_filed_while_its_own_expense_stands(
    campaign: Campaign,
    order: Expense,
    plover: InvoiceSupplier,
    tmp_path: Path,
    is_committed: bool,
) -> None:
    load(tmp_path, plover, ON_NONE.format("240.00"))
    proposed = Expense.objects.get(state=ExpenseState.PROPOSED)
    on_order = typed(order)
    if is_committed:
        commit_expense(proposed, by=clerk(campaign), at=NOW)

    with pytest.raises(SupplierInvoicesRefused, match="count twice"):
        settle_row(row_of("PP-1"), by=clerk(campaign), at=NOW)
    assert row_of("PP-1").expense == proposed
    void(proposed)

    assert settle_row(row_of("PP-1"), by=clerk(campaign), at=NOW).invoice == on_order
    assert list(Expense.objects.filter(state=ExpenseState.COMMITTED)) == [order]


def test_it_goes_on_no_other_order_while_its_own_is_committed(
    campaign: Campaign, order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    load(tmp_path, plover, ON_NONE.format("240.00"))
    proposed = Expense.objects.get(state=ExpenseState.PROPOSED)
    commit_expense(proposed, by=clerk(campaign), at=NOW)

    with pytest.raises(SupplierInvoicesRefused, match="was committed for it"):
        settle_row(row_of("PP-1"), expense=order, by=clerk(campaign), at=NOW)

    assert not Invoice.objects.exists()


def test_what_was_typed_on_its_own_expense_is_taken_for_it(
    campaign: Campaign, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    load(tmp_path, plover, ON_NONE.format("240.00"))
    own = commit_expense(Expense.objects.get(), by=clerk(campaign), at=NOW)
    invoice = typed(own)

    assert settle_row(row_of("PP-1"), by=clerk(campaign), at=NOW).invoice == invoice


def test_a_corrected_invoice_replaces_one_that_was_voided(
    campaign: Campaign, order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    load(tmp_path, plover, ON_ORDER.format("240.00"))
    with pytest.raises(SupplierInvoicesRefused) as refusal:
        load(tmp_path, plover, ON_ORDER.format("120.00"))
    assert refusal.value.message == (
        "Line 2 is to be decided: invoice PP-1 of Plover Press is here with £240.00, "
        "not £120.00: leave it out, or have what is here voided first."
    )
    void(Invoice.objects.get())

    assert load(tmp_path, plover, ON_ORDER.format("240.00")) == {"known": 1}
    assert load(tmp_path, plover, ON_ORDER.format("120.00")) == {"invoice": 1}

    live = Invoice.objects.get(voided_at=None)
    assert (live.expense, live.amount) == (order, Decimal("120.00"))
    assert states(campaign) == [
        (Decimal("240.00"), "replaced"),
        (Decimal("120.00"), "filed"),
    ]
    assert load(tmp_path, plover, ON_ORDER.format("120.00")) == {"known": 1}


def test_a_corrected_invoice_replaces_what_the_agent_would_not_have(
    campaign: Campaign, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    load(tmp_path, plover, ON_NONE.format("240.00"))
    void(Expense.objects.get())

    assert load(tmp_path, plover, ON_NONE.format("240.00")) == {"known": 1}
    assert load(tmp_path, plover, ON_NONE.format("120.00")) == {"proposed": 1}

    old = InvoiceFileRow.objects.earliest("pk")
    with pytest.raises(SupplierInvoicesRefused, match="later file"):
        settle_row(old, by=clerk(campaign), at=NOW)


def test_a_corrected_credit_replaces_one_that_was_set_aside(
    campaign: Campaign, order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    credit = HEADER + "C-1,14/04/2024,Short,,,{},,PP-1\n"
    load(tmp_path, plover, credit.format("-40.00"))
    load(tmp_path, plover, ON_ORDER.format("240.00"))

    assert load(tmp_path, plover, credit.format("-30.00")) == {"credit_note": 1}

    assert CreditNote.objects.get().amount == Decimal("30.00")


def test_a_number_with_another_sum_is_left_out_and_the_rest_is_loaded(
    order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    load(tmp_path, plover, ON_ORDER.format("240.00"))
    content = ON_ORDER.format("120.00") + "PP-2,12/04/2024,Leaflets,,,10.00,1,\n"

    loaded = load(tmp_path, plover, content, choices={2: "later"})

    assert loaded == {"left_out": 1, "invoice": 1}
    assert row_of("PP-1").replaced_at is None
    with pytest.raises(SupplierInvoicesRefused, match="Line 2 is to be decided"):
        load(tmp_path, plover, ON_ORDER.format("120.00"), choices={2: "propose"})


def test_what_is_left_out_replaces_nothing(
    campaign: Campaign, order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    load(tmp_path, plover, ON_ORDER.format("240.00"))
    void(Invoice.objects.get())
    content = ON_ORDER.format("120.00") + "PP-2,12/04/2024,Leaflets,,,10.00,1,\n"

    load(tmp_path, plover, content, choices={2: "later"})

    assert states(campaign)[0] == (Decimal("240.00"), "aside")


def test_the_credit_of_what_was_filed_on_an_order_of_another_name_is_found(
    campaign: Campaign, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    commit(campaign, "600.00", supplier="The Plover")
    order = Expense.objects.get()
    chosen = {2: str(order.pk)}
    load(tmp_path, plover, ON_NONE.format("240.00"), choices=chosen)
    credit = HEADER + "C-1,14/04/2024,Short,,,-40.00,,PP-1\n"

    assert load(tmp_path, plover, credit) == {"credit_note": 1}


def test_the_credit_of_a_supplier_with_a_new_name_is_found(
    order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    load(tmp_path, plover, ON_ORDER.format("240.00"))
    complete_supplier(
        order,
        supplier="Dunlin Printers",
        supplier_address="4 Inkwell Yard, QX1 1AA",
        by=clerk(order.campaign),
        at=NOW,
    )
    credit = HEADER + "C-1,14/04/2024,Short,,,-40.00,,PP-1\n"

    assert load(tmp_path, plover, credit) == {"credit_note": 1}


def test_a_name_whose_capitals_are_three_times_as_long_is_kept(
    campaign: Campaign,
) -> None:
    name = "ﬃ" * 200

    assert supplier_of(campaign, name) == supplier_of(campaign, name)


def read(folder: Path, content: str) -> ReadInvoices:
    table = COLUMNS.guessed(HEADER.strip().split(","))
    return read_invoices(
        written(folder, content), table, received_on=RECEIVED_ON, poll_on=POLL_ON
    )


def test_a_slip_in_the_year_is_said_before_anything_is_loaded(tmp_path: Path) -> None:
    rows = "PP-1,12/04/2014,Leaflets,,,40.00,,\nPP-2,12/04/2019,Leaflets,,,40.00,,\n"

    found = read(tmp_path, HEADER + rows)

    assert found.problems.shown == [
        (2, "its day is more than six years before polling day: look at the year.")
    ]


def test_what_was_looked_at_is_another_thing_once_a_row_is_the_last_of_its_order(
    order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    file = read(tmp_path, ON_ORDER.format("240.00"))
    before = plan(file, supplier=plover, told=fields())
    typed(order, "360.00", number="PP-0")

    after = plan(file, supplier=plover, told=fields())

    assert [row.outcome for row in (*before.rows, *after.rows)] == [Outcome.INVOICE] * 2
    assert before.digest != after.digest


def test_what_was_looked_at_is_another_thing_when_a_credit_is_of_another_row(
    order: Expense, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    content = (
        ON_ORDER.format("240.00")
        + "PP-2,12/04/2024,Leaflets,,,40.00,1,\n"
        + "C-1,14/04/2024,Short,,,-40.00,,{}\n"
    )
    plans = [
        plan(read(tmp_path, content.format(number)), supplier=plover, told=fields())
        for number in ("PP-1", "PP-2")
    ]

    assert plans[0].digest != plans[1].digest


def test_the_day_of_an_invoice_is_never_taken_for_the_day_of_use(
    campaign: Campaign, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    content = HEADER + "PP-1,20/03/2024,Hall for the rally of 20 April,,,500,,\n"
    with pytest.raises(SupplierInvoicesRefused, match="when it is used"):
        load(tmp_path, plover, content, used=None)
    with pytest.raises(SupplierInvoicesRefused, match="when it is used"):
        load(tmp_path, plover, content, used=None, choices={2: "propose"})
    assert not Expense.objects.exists()

    rally = date(2024, 4, 20)
    load(tmp_path, plover, content, used=(rally, rally))
    expense = commit_expense(Expense.objects.get(), by=clerk(campaign), at=NOW)

    assert (expense.used_from, expense.used_until) == (rally, rally)
    assert spending_position(campaign, at=NOW).counted == Decimal("500.00")


def test_the_days_of_a_row_go_before_those_that_were_said_of_the_file(
    plover: InvoiceSupplier, tmp_path: Path
) -> None:
    header = HEADER.replace("Credits", "Period start,Period end")
    content = f"{header}PP-1,12/04/2024,Banner,,,90,,15/04/2024,18/04/2024\n"

    load(tmp_path, plover, content)

    expense = Expense.objects.get()
    assert expense.used_from == date(2024, 4, 15)
    assert expense.used_until == date(2024, 4, 18)


def test_a_last_day_of_use_without_the_first_tells_nothing(
    plover: InvoiceSupplier, tmp_path: Path
) -> None:
    header = HEADER.replace("Credits", "Period end")
    content = f"{header}PP-1,12/04/2024,Banner,,,90,,18/04/2024\n"

    with pytest.raises(SupplierInvoicesRefused, match="when it is used"):
        load(tmp_path, plover, content, used=None)


@pytest.mark.parametrize(("paid", "due"), [("240.00", "60.00"), ("200.00", "20.00")])
def test_a_credit_of_what_was_paid_is_filed_and_the_money_is_due_back(
    order: Expense, plover: InvoiceSupplier, tmp_path: Path, paid: str, due: str
) -> None:
    load(tmp_path, plover, ON_ORDER.format("240.00"))
    pay(Invoice.objects.get(), paid)

    load(tmp_path, plover, HEADER + "C-1,14/04/2024,Short,,,-60.00,,PP-1\n")

    note = CreditNote.objects.get()
    assert (note.refunded, note.came) == (Decimal(due), 0)
