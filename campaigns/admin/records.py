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
    plural = "Who did what"
    list_display = ("at", "by", "did", "what", "campaign")
    list_filter = ("campaign",)
    fields = ("at", "recorded_at", "by", "did", "what", "campaign", "said")
    readonly_fields = ("did", "what", "said")
    list_select_related = ("campaign",)
    search_fields = ("verb", "target", "by_label")
    ordering = ("-pk",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields

    @admin.display(ordering="verb")
    def did(self, entry: AuditEntry) -> str:
        return entry.verb.replace(".", " ").replace("_", " ")

    @admin.display(ordering="target")
    def what(self, entry: AuditEntry) -> str:
        return entry.target.replace(":", " ")

    @admin.display(description="Details")
    def said(self, entry: AuditEntry) -> str:
        return ", ".join(f"{name}: {value}" for name, value in entry.data.items())

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        return lookup == "target" or super().lookup_allowed(lookup, value, request)


@admin.register(ExportRecord)
class ExportRecordAdmin(ReadOnlyAdmin):
    sees = Capability.EXPORT_ELECTORS
    plural = "Printed and exported"
    list_display = ("at", "by", "what", "electors", "reason", "campaign")
    list_filter = ("campaign",)
    list_select_related = ("campaign",)
    search_fields = ("what", "reason", "by_label")
    ordering = ("-pk",)


@admin.register(RegisterEdition)
class RegisterEditionAdmin(ReadOnlyAdmin):
    sees = Capability.IMPORT_REGISTER
    campaign_lookup = ""
    plural = "Register copies"
    unsaid = (*ReadOnlyAdmin.unsaid, "file_sha256", "counts")
    list_display = (
        "council",
        "kind",
        "published_on",
        "supplied_to",
        "destroy_by",
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
    plural = "Absent voters' lists"
    unsaid = (*ReadOnlyAdmin.unsaid, "file_sha256", "counts")
    list_display = ("council", "campaign", "dated_on", "loaded_at", "replaced_at")
    list_filter = ("campaign", "council")
    list_select_related = ("council", "campaign")
    ordering = ("-dated_on", "-pk")
