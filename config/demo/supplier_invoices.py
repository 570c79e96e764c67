"""The coach firm’s invoices as a file: on its order, proposed, and set aside."""

from datetime import date, datetime
from pathlib import Path

from campaigns.actions.supplier_invoice_plan import FileFields
from campaigns.actions.supplier_invoices import keep_supplier
from campaigns.clock import UK
from campaigns.importers.supplier_invoice_jobs import import_invoices
from campaigns.models import Campaign, ExpenseCategory, Organisation
from campaigns.reports.open_orders import orders_of
from config.demo import cast
from config.demo.helpers import actor_of

LOADED_AT = datetime(2024, 4, 22, 18, 20, tzinfo=UK)
SUPPLIER = "Two Rivers Coaches"
FILE = "two-rivers-april-2024.csv"
INVOICES = """Invoice No,Invoice Date,Description,Net,VAT,Total,PO,Credits,Delivered
TR-5521,17/04/2024,Minibus for two weeks,"1,625.00",325.00,"1,950.00",{order},,
TR-5534,19/04/2024,Coach to the spring debate,350.00,70.00,420.00,,,18/04/2024
TR-C14,20/04/2024,Goodwill for a late start,-20.83,-4.17,-25.00,,,
"""


def load_supplier_invoices(
    organisation: Organisation, folder: Path, now: datetime
) -> None:
    """Again changes nothing: each of them is known."""
    if now < LOADED_AT:
        return
    campaign = Campaign.objects.of(organisation).get(slug=cast.MAYOR)
    agent = actor_of(cast.AGENTS[cast.MAYOR], at=now)
    supplier = keep_supplier(campaign=campaign, name=SUPPLIER, by=agent, at=LOADED_AT)
    order = next(
        order for order in orders_of(campaign) if order.supplier_key == supplier.key
    )
    path = folder / FILE
    path.write_text(INVOICES.format(order=order.reference), encoding="utf-8")
    told = FileFields(FILE, date(2024, 4, 22), ExpenseCategory.TRANSPORT, {})
    import_invoices(path, supplier=supplier, told=told, by=agent, at=LOADED_AT)
