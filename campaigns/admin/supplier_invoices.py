"""Suppliers' files to look through: what they brought, and what each row became."""

from django.contrib import admin

from campaigns.admin.spending import MoneyAdmin
from campaigns.models import InvoiceFile, InvoiceFileRow, InvoiceSupplier


@admin.register(InvoiceSupplier)
class InvoiceSupplierAdmin(MoneyAdmin):
    list_display = ("name", "campaign", "opened_at", "by_label")
    list_filter = ("campaign",)
    list_select_related = ("campaign",)
    search_fields = ("name",)


@admin.register(InvoiceFile)
class InvoiceFileAdmin(MoneyAdmin):
    campaign_lookup = "supplier__campaign"
    list_display = ("file_name", "supplier", "received_on", "loaded_at", "by_label")
    list_filter = ("supplier__campaign",)
    list_select_related = ("supplier",)
    search_fields = ("file_name", "file_sha256")


@admin.register(InvoiceFileRow)
class InvoiceFileRowAdmin(MoneyAdmin):
    list_display = (
        "number",
        "sum",
        "dated_on",
        "supplier",
        "invoice",
        "credit_note",
        "expense",
        "aside",
        "replaced_at",
    )
    list_filter = ("campaign", "supplier")
    list_select_related = ("supplier", "invoice", "credit_note", "expense")
    search_fields = ("number", "description")
