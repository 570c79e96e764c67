"""Statements to look through: what was loaded, and what each line was said to be."""

from django.contrib import admin

from campaigns.admin.spending import MoneyAdmin
from campaigns.models import Statement, StatementAccount, StatementLine, StatementMatch


@admin.register(StatementAccount)
class StatementAccountAdmin(MoneyAdmin):
    list_display = ("name", "kind", "campaign", "opened_at")
    list_filter = ("campaign",)
    list_select_related = ("campaign",)


@admin.register(Statement)
class StatementAdmin(MoneyAdmin):
    campaign_lookup = "account__campaign"
    list_display = ("file_name", "account", "loaded_at", "by_label")
    list_filter = ("account__campaign",)
    list_select_related = ("account",)
    search_fields = ("file_name", "file_sha256")


@admin.register(StatementLine)
class StatementLineAdmin(MoneyAdmin):
    list_display = ("day", "description", "sum", "account", "campaign")
    list_filter = ("campaign", "account")
    list_select_related = ("account", "campaign")
    search_fields = ("description",)
    ordering = ("-day",)


@admin.register(StatementMatch)
class StatementMatchAdmin(MoneyAdmin):
    campaign_lookup = "line__campaign"
    list_display = (
        "line",
        "sum",
        "payment",
        "donation",
        "credit_note",
        "aside",
        "by_label",
        "voided_at",
    )
    list_filter = ("line__campaign",)
    list_select_related = ("line", "payment", "donation", "credit_note")
