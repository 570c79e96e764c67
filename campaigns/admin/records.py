"""What was done, what left the building, and what was loaded: read only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from campaigns.admin.base import ReadOnlyAdmin
from campaigns.models import (
    AbsentVoterList,
    AuditEntry,
    ExportRecord,
    PollingDistrict,
    RegisterEdition,
)
from campaigns.roles import Capability


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    sees = Capability.MANAGE_PEOPLE
    list_display = ("at", "by_label", "verb", "target", "campaign")
    list_filter = ("campaign", "by_kind")
    list_select_related = ("campaign",)
    search_fields = ("verb", "target", "by_label")
    ordering = ("-pk",)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        return lookup == "target" or super().lookup_allowed(lookup, value, request)


@admin.register(ExportRecord)
class ExportRecordAdmin(ReadOnlyAdmin):
    sees = Capability.EXPORT_ELECTORS
    list_display = ("at", "by_label", "what", "electors", "reason", "campaign")
    list_filter = ("campaign",)
    list_select_related = ("campaign",)
    search_fields = ("what", "reason", "by_label")
    ordering = ("-pk",)


@admin.register(RegisterEdition)
class RegisterEditionAdmin(ReadOnlyAdmin):
    sees = Capability.IMPORT_REGISTER
    campaign_lookup = ""
    list_display = (
        "council",
        "kind",
        "published_on",
        "supplied_to",
        "destroy_by",
        "destroyed_at",
        "loaded_at",
    )
    list_filter = ("council", "kind", "supplied_to")
    list_select_related = ("council",)
    ordering = ("-published_on", "-pk")


@admin.register(PollingDistrict)
class PollingDistrictAdmin(ReadOnlyAdmin):
    campaign_lookup = ""
    list_display = ("code", "name", "council", "ward", "ward_source", "share")
    list_filter = ("council", "ward_source")
    list_select_related = ("council", "ward")
    search_fields = ("code", "name", "ward__name")
    ordering = ("council__name", "code")

    @admin.display(ordering="ward_share", description="Postcodes there")
    def share(self, district: PollingDistrict) -> str:
        if district.ward_share is None:
            return "–"
        return f"{100 * district.ward_share:.0f} %"


@admin.register(AbsentVoterList)
class AbsentVoterListAdmin(ReadOnlyAdmin):
    sees = Capability.IMPORT_REGISTER
    list_display = ("council", "campaign", "dated_on", "loaded_at", "replaced_at")
    list_filter = ("campaign", "council")
    list_select_related = ("council", "campaign")
    ordering = ("-dated_on", "-pk")
