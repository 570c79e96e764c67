"""Suppliers' files of thousands of rows: filed set by set, or not at all."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from campaigns.actions.spending import OverLimitRefused
from campaigns.models import (
    AuditEntry,
    Campaign,
    CreditNote,
    Expense,
    Invoice,
    InvoiceSupplier,
)
from campaigns.reports.expense_table import standing_of_invoice
from campaigns.reports.money_integrity import money_faults
from tests.campaigns.purchases import commit, notice
from tests.campaigns.supplier_helpers import HEADER, load, supplier_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plover(campaign: Campaign) -> InvoiceSupplier:
    notice(campaign)
    return supplier_of(campaign)


@pytest.fixture
def order(campaign: Campaign, plover: InvoiceSupplier) -> Expense:
    """Order 1, of £600.00."""
    return commit(campaign, "600.00")


def test_a_long_file_takes_no_more_queries_than_a_short_one(
    campaign: Campaign,
    order: Expense,
    plover: InvoiceSupplier,
    tmp_path: Path,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    def rows(name: str, count: int) -> str:
        each = "{0}-{1},12/04/2024,Leaflets,,,1.00,1,\n{0}-O{1},12/04/2024,A,,,2,,\n"
        return HEADER + "".join(each.format(name, nth) for nth in range(count))

    load(tmp_path, plover, rows("F", 1))
    with CaptureQueriesContext(connection) as short:
        load(tmp_path, plover, rows("S", 3))
    with django_assert_num_queries(len(short)):
        found = load(tmp_path, plover, rows("L", 60))

    assert found == {"invoice": 60, "proposed": 60}
    assert AuditEntry.objects.filter(verb="invoice.recorded").count() == 64
    assert AuditEntry.objects.filter(verb="expense.proposed").count() == 65
    assert money_faults() == []


def test_a_long_file_of_credits_takes_no_more_queries_than_a_short_one(
    order: Expense,
    plover: InvoiceSupplier,
    tmp_path: Path,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """Half of them of an invoice that is here, half of one that the file brings."""

    def rows(name: str, count: int) -> str:
        new = f"{name},12/04/2024,Leaflets,,,150.00,1,\n"
        each = "{0}-{1},12/04/2024,A,,,-1.00,,PP-1\n{0}-N{1},12/04/2024,B,,,-1,,{0}\n"
        return HEADER + new + "".join(each.format(name, nth) for nth in range(count))

    load(tmp_path, plover, HEADER + "PP-1,12/04/2024,Leaflets,,,300.00,1,\n")
    with CaptureQueriesContext(connection) as short:
        load(tmp_path, plover, rows("S", 3))
    with django_assert_num_queries(len(short)):
        found = load(tmp_path, plover, rows("L", 120))

    assert found == {"invoice": 1, "credit_note": 240}
    owed = [
        str(standing_of_invoice(one).owed) for one in Invoice.objects.order_by("pk")
    ]
    assert owed == ["177.00", "147.00", "30.00"]
    assert AuditEntry.objects.filter(verb="credit_note.recorded").count() == 246
    assert money_faults() == []


def test_a_file_whose_credits_would_pass_the_limit_is_refused_whole(
    campaign: Campaign, plover: InvoiceSupplier, tmp_path: Path
) -> None:
    """A discount of £55.00 on £100.00 counts whole, one of £5.00 does not: £95.00."""
    notice(campaign, told_limit=Decimal("98.00"))
    commit(campaign, "95.00", kind="notional", market_value=Decimal("100.00"))
    load(tmp_path, plover, HEADER + "PP-1,12/04/2024,Leaflets,,,95.00,1,\n")
    before = AuditEntry.objects.count()
    two = "".join(f"C-{n},13/04/2024,A,,,-25.00,,PP-1\n" for n in range(2))

    with pytest.raises(OverLimitRefused, match=r"by £2\.00"):
        load(tmp_path, plover, HEADER + two)

    assert not CreditNote.objects.exists()
    assert AuditEntry.objects.count() == before
