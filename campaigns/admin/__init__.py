"""The admin of campaigns and registers."""

from campaigns.admin import contest, records, spending, statements, supplier_invoices

__all__ = ["contest", "records", "spending", "statements", "supplier_invoices"]
