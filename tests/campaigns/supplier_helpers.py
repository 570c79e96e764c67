"""Invented files of suppliers' invoices, for every test about them."""

from datetime import date
from pathlib import Path
from typing import Any

from campaigns.actions.supplier_invoice_plan import FileFields
from campaigns.actions.supplier_invoices import keep_supplier
from campaigns.importers.supplier_invoice_jobs import import_invoices
from campaigns.models import Campaign, InvoiceSupplier
from tests.campaigns.purchases import clerk
from tests.campaigns.statement_helpers import written
from tests.cast import NOW, POLL_ON

HEADER = "Invoice No,Invoice Date,Description,Net,VAT,Total,PO Number,Credits\n"
RECEIVED_ON = date(2024, 4, 20)


def supplier_of(campaign: Campaign, name: str = "Plover Press") -> InvoiceSupplier:
    return keep_supplier(campaign=campaign, name=name, by=clerk(campaign), at=NOW)


def fields(**told: Any) -> FileFields:
    usual = {
        "file_name": "april.csv",
        "received_on": RECEIVED_ON,
        "category": "advertising",
        "choices": {},
        "used": (date(2024, 4, 10), POLL_ON),
    }
    return FileFields(**usual | told)


def load(
    folder: Path, supplier: InvoiceSupplier, content: str | bytes, **told: Any
) -> dict[str, int]:
    """What each row became, those of nothing left out."""
    counts = import_invoices(
        written(folder, content),
        supplier=supplier,
        told=fields(**told),
        by=clerk(supplier.campaign),
        at=NOW,
    )
    return {outcome: count for outcome, count in counts.items() if count}
