"""A supplier's file that was looked at and one that is loaded, as samples."""

from datetime import date
from decimal import Decimal
from typing import Any

from campaigns.actions.supplier_invoices import file_invoices
from campaigns.importers.money_columns import Problems
from campaigns.importers.supplier_invoice_jobs import SUPPLIER_FILES
from campaigns.importers.supplier_invoices import ReadInvoice, ReadInvoices
from campaigns.models import Campaign, InvoiceFileRow, InvoiceSupplier
from tests.campaigns.purchases import clerk
from tests.campaigns.supplier_helpers import RECEIVED_ON, fields, supplier_of
from tests.cast import NOW
from tests.house.statement_samples import looked_at

BY_FILE = ("detail", "look-again", "load")


def supplier_samples(campaign: Campaign) -> dict[str, Any]:
    supplier = supplier_of(campaign)
    set_aside(supplier, "C-1")
    row = InvoiceFileRow.objects.get(supplier=supplier)
    told = {
        "supplier": supplier.pk,
        "received_on": RECEIVED_ON.isoformat(),
        "category": "advertising",
        "choices": {},
    }
    check = looked_at(
        campaign,
        SUPPLIER_FILES.check_kind,
        told=told,
        header=["Number", "Date", "Total"],
        columns={},
        missing="Say which column holds the invoice number.",
        problems=[],
    )
    return {
        "supplier-invoices-check.job": check.pk,
        "supplier-invoices-choose.job": check.pk,
        "supplier-invoices-load.job": check.pk,
        "supplier-invoice-settle.row": row.pk,
        **{f"supplierfile-{name}.pk": check.pk for name in BY_FILE},
        "supplierinvoice-detail.pk": row.pk,
        "supplierinvoice-settle.pk": row.pk,
    }


def set_aside(supplier: InvoiceSupplier, *numbers: str) -> None:
    """Credits of £5.00 each that name no invoice."""
    day = date(2024, 4, 18)
    rows = [
        ReadInvoice(line, number, day, "Goodwill", Decimal(-5), "", "", day, day)
        for line, number in enumerate(numbers, 2)
    ]
    file_invoices(
        ReadInvoices("0" * 64, rows, problems=Problems()),
        supplier=supplier,
        told=fields(),
        by=clerk(supplier.campaign),
        at=NOW,
    )
