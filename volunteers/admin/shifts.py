"""Shifts, and who said they would come."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest

from campaigns.admin.base import ScopedAdmin, ScopedInline
from campaigns.clock import now
from campaigns.roles import Capability
from volunteers.models import Shift, ShiftSignUp


class ShiftSignUpInline(ScopedInline):
    model = ShiftSignUp
    raw_id_fields = ("volunteer",)
    fields = ("volunteer", "signed_up_at", "came", "withdrawn_at")


class StillToCome(admin.SimpleListFilter):
    """By the time of each shift's organisation, which in the demo is another."""

    title = "time"
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return (("coming", "Still to come"), ("past", "Over"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        theirs = now() + F("organisation__clock_offset")
        if self.value() == "coming":
            return queryset.filter(ends_at__gte=theirs)
        if self.value() == "past":
            return queryset.filter(ends_at__lt=theirs)
        return queryset


@admin.register(Shift)
class ShiftAdmin(ScopedAdmin):
    changes = Capability.MANAGE_CAMPAIGN
    list_display = ("starts_at", "kind", "ward", "meeting_point", "filled", "campaign")
    list_filter = ("campaign", StillToCome, "kind")
    list_select_related = ("ward", "campaign")
    search_fields = ("ward__name", "meeting_point")
    raw_id_fields = ("leader",)
    inlines = (ShiftSignUpInline,)
    ordering = ("starts_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        staying = Q(sign_ups__withdrawn_at__isnull=True)
        rows: QuerySet[Any] = super().get_queryset(request).defer("ward__boundary")
        counted: QuerySet[Any] = rows.annotate(taken=Count("sign_ups", filter=staying))
        return counted

    @admin.display(description="Places filled")
    def filled(self, shift: Any) -> str:
        return f"{shift.taken} of {shift.places}"
