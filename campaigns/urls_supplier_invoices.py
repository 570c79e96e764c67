"""Addresses of suppliers' files of invoices, under `/<campaign>/money/`."""

from django.urls import path

from campaigns.views import supplier_invoices

urlpatterns = [
    path("supplier-invoices/", supplier_invoices.rows, name="supplier-invoices"),
    path(
        "supplier-invoices/load/",
        supplier_invoices.upload,
        name="supplier-invoices-upload",
    ),
    path(
        "supplier-invoices/files/<int:job>/",
        supplier_invoices.check,
        name="supplier-invoices-check",
    ),
    path(
        "supplier-invoices/files/<int:job>/choose/",
        supplier_invoices.choose,
        name="supplier-invoices-choose",
    ),
    path(
        "supplier-invoices/files/<int:job>/load/",
        supplier_invoices.load,
        name="supplier-invoices-load",
    ),
    path(
        "supplier-invoices/rows/<int:row>/file/",
        supplier_invoices.settle,
        name="supplier-invoice-settle",
    ),
]
