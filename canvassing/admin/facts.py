"""Contacts, wishes, held items and lists: written by actions, read here."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from campaigns.admin.base import ReadOnlyAdmin
from campaigns.roles import Capability
from canvassing.models import Contact, DoNotContact, GotvList, HeldItem, LetterRun


@admin.register(Contact)
class ContactAdmin(ReadOnlyAdmin):
    sees = Capability.SEE_ELECTORS
    list_display = (
        "effective_at",
        "elector",
        "channel",
        "said",
        "pledge",
        "by",
    )
    unsaid = (*ReadOnlyAdmin.unsaid, "uuid", "content_hash")
    list_filter = ("campaign", "channel", "outcome__kind", "pledge")
    list_select_related = ("elector", "outcome", "intention")
    ordering = ("-pk",)

    @admin.display(description="What was said")
    def said(self, contact: Contact) -> str:
        code = contact.intention or contact.outcome
        return code.label if code else "taken back"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Who is hidden is on no page."""
        return super().get_queryset(request).filter(elector__hidden_at__isnull=True)


@admin.register(HeldItem)
class HeldItemAdmin(ReadOnlyAdmin):
    sees = Capability.RECORD_CONTACTS
    plural = "Contacts held"
    list_display = ("received_at", "kind", "reason", "by", "resolved_at")
    unsaid = (*ReadOnlyAdmin.unsaid, "uuid", "content_hash")
    list_filter = ("campaign", "kind", ("resolved_at", admin.EmptyFieldListFilter))
    ordering = ("-pk",)


@admin.register(DoNotContact)
class DoNotContactAdmin(ReadOnlyAdmin):
    sees = Capability.SEE_ELECTORS
    campaign_lookup = ""
    plural = "Wishes not to be contacted"
    list_display = (
        "said_at",
        "scope",
        "elector",
        "address",
        "channel",
        "campaign",
        "lifted_at",
    )
    list_filter = ("scope", "channel", ("lifted_at", admin.EmptyFieldListFilter))
    list_select_related = ("elector", "address", "campaign")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Who is hidden is on no page."""
        return super().get_queryset(request).filter(elector__hidden_at__isnull=True)


@admin.register(GotvList)
class GotvListAdmin(ReadOnlyAdmin):
    sees = Capability.MAKE_LISTS
    list_display = ("name", "campaign", "channel", "asked_at", "frozen_at", "by")
    list_filter = ("campaign", "channel")
    list_select_related = ("campaign",)
    search_fields = ("name", "reason", "code")
    ordering = ("-pk",)


@admin.register(LetterRun)
class LetterRunAdmin(ReadOnlyAdmin):
    sees = Capability.MAKE_LISTS
    campaign_lookup = "gotv_list__campaign"
    list_display = ("gotv_list", "by")
    list_select_related = ("gotv_list",)
    ordering = ("-pk",)
