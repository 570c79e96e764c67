"""Money to look through: read only, since every change is an action on its page."""

from decimal import Decimal
from typing import Protocol

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from campaigns.actions.spending_reports import ask_for_spending_report
from campaigns.admin.base import ReadOnlyAdmin, actor_of
from campaigns.clock import now
from campaigns.models import (
    Campaign,
    CourtLeave,
    CreditNote,
    Donation,
    Expense,
    ExpenseShare,
    Invoice,
    LimitNotice,
    MoneyDocument,
    OutsideActivity,
    Payment,
    Refund,
    SpendingAuthority,
)
from campaigns.models.documents import RECEIPT_OF
from campaigns.roles import Capability
from campaigns.rules.money import pounds


class Sum(Protocol):
    """A row that is of an amount in pounds."""

    amount: Decimal


class MoneyAdmin(ReadOnlyAdmin):
    sees = Capability.SEE_MONEY
    ordering = ("-pk",)

    @admin.display(ordering="amount", description="Amount")
    def sum(self, row: Sum) -> str:
        return pounds(row.amount)


class ShareInline(admin.TabularInline):
    model = ExpenseShare
    fk_name = "expense"
    fields = ("bearer", "parts", "of_parts", "reason")
    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Expense)
class ExpenseAdmin(MoneyAdmin):
    list_display = (
        "description",
        "page",
        "supplier",
        "category",
        "state",
        "sum",
        "incurred_on",
        "campaign",
    )
    list_filter = ("campaign", "state", "category", "kind")
    list_select_related = ("campaign",)
    search_fields = ("description", "supplier")
    inlines = (ShareInline,)
    actions = ("make_spending_report",)

    @admin.display(description="Settle")
    def page(self, expense: Expense) -> SafeString:
        named = {"campaign": expense.campaign.slug, "expense": expense.pk}
        return format_html('<a href="{}">open</a>', reverse("expense", kwargs=named))

    @admin.action(description="Make the spending report of their campaigns")
    def make_spending_report(
        self, request: HttpRequest, queryset: QuerySet[Expense]
    ) -> None:
        chosen = Campaign.objects.filter(pk__in=queryset.values("campaign"))
        for campaign in chosen.select_related("organisation"):
            job = ask_for_spending_report(
                campaign=campaign,
                by=actor_of(request),
                at=now(campaign.organisation),
            )
            page = reverse("job", kwargs={"campaign": campaign.slug, "job": job.pk})
            link = format_html('<a href="{}">{}</a>', page, job)
            messages.success(request, link)


@admin.register(Invoice)
class InvoiceAdmin(MoneyAdmin):
    campaign_lookup = "expense__campaign"
    list_display = (
        "number",
        "expense",
        "sum",
        "dated_on",
        "disputed",
        "dispute_outcome",
        "settled_amount",
        "voided_at",
    )
    list_filter = ("expense__campaign", "disputed", "dispute_outcome")
    list_select_related = ("expense",)
    search_fields = ("number", "expense__description", "expense__supplier")


@admin.register(CreditNote)
class CreditNoteAdmin(MoneyAdmin):
    campaign_lookup = "invoice__expense__campaign"
    list_display = ("number", "invoice", "sum", "dated_on", "refunded", "voided_at")
    list_filter = ("invoice__expense__campaign", "is_favour")
    list_select_related = ("invoice",)
    search_fields = ("number", "reason")


@admin.register(Refund)
class RefundAdmin(MoneyAdmin):
    campaign_lookup = "credit_note__invoice__expense__campaign"
    list_display = ("came_on", "sum", "credit_note", "voided_at")
    list_filter = ("credit_note__invoice__expense__campaign",)
    list_select_related = ("credit_note",)


@admin.register(CourtLeave)
class CourtLeaveAdmin(MoneyAdmin):
    campaign_lookup = "invoice__expense__campaign"
    list_display = ("court", "ordered_on", "invoice", "note", "voided_at")
    list_filter = ("invoice__expense__campaign",)
    list_select_related = ("invoice",)


@admin.register(Payment)
class PaymentAdmin(MoneyAdmin):
    campaign_lookup = "invoice__expense__campaign"
    list_display = ("paid_on", "sum", "method", "invoice", "expense", "voided_at")
    list_filter = ("invoice__expense__campaign",)
    list_select_related = ("invoice__expense",)

    @admin.display
    def expense(self, payment: Payment) -> Expense:
        return payment.invoice.expense


@admin.register(Donation)
class DonationAdmin(MoneyAdmin):
    list_display = (
        "donor",
        "donor_kind",
        "sum",
        "received_on",
        "accepted_on",
        "returned_on",
        "voided_at",
        "campaign",
    )
    list_filter = ("campaign", "donor_kind")
    list_select_related = ("campaign",)
    search_fields = ("donor",)


@admin.register(MoneyDocument)
class MoneyDocumentAdmin(MoneyAdmin):
    list_display = (
        "number",
        "name",
        "proves",
        "pages",
        "attached_at",
        "by_label",
        "voided_at",
        "campaign",
    )
    list_filter = ("campaign",)
    list_select_related = ("campaign", *RECEIPT_OF)
    search_fields = ("name", "sha256")

    @admin.display(description="Receipt of")
    def proves(self, document: MoneyDocument) -> str:
        return str(document.row)


@admin.register(LimitNotice)
class LimitNoticeAdmin(MoneyAdmin):
    list_display = (
        "campaign",
        "is_official",
        "electors",
        "councils",
        "told_limit",
        "given_on",
        "document",
        "by_label",
        "voided_at",
    )
    list_filter = ("campaign", "is_official")
    list_select_related = ("campaign",)


@admin.register(SpendingAuthority)
class SpendingAuthorityAdmin(MoneyAdmin):
    list_display = (
        "holder",
        "kind",
        "campaign",
        "cap",
        "written_on",
        "until_on",
        "revoked_at",
    )
    list_filter = ("campaign", "kind")
    list_select_related = ("user", "campaign")


@admin.register(OutsideActivity)
class OutsideActivityAdmin(MoneyAdmin):
    list_display = ("body", "description", "campaign", "value", "voided_at")
    list_filter = ("campaign",)
    list_select_related = ("campaign",)
