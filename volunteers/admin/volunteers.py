"""Volunteers, and the promises they gave."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from campaigns.admin.base import ScopedAdmin, ScopedForm, ScopedInline
from campaigns.roles import Capability
from volunteers.forms.sign_up import clean_mobile
from volunteers.models import Undertaking, Volunteer


class VolunteerRecordForm(ScopedForm):
    """Kept as everywhere: the number as E.164, the address in small letters."""

    def clean_mobile(self) -> str:
        return clean_mobile(self.cleaned_data["mobile"])

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class UndertakingInline(ScopedInline):
    """What they signed, as they saw it: nobody writes that for them."""

    model = Undertaking
    fields = ("version", "given_at", "until_at")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_delete_permission = has_add_permission


@admin.register(Volunteer)
class VolunteerAdmin(ScopedAdmin):
    sees = changes = Capability.MANAGE_CAMPAIGN
    campaign_lookup = ""
    form = VolunteerRecordForm
    list_display = ("name", "home_ward", "mobile", "email", "joined_on", "active")
    list_filter = (
        "is_under_18",
        ("stood_down_at", admin.EmptyFieldListFilter),
        "home_ward__council",
    )
    list_select_related = ("home_ward",)
    search_fields = ("name", "email", "mobile")
    fields = (
        "name",
        "email",
        "mobile",
        "is_under_18",
        "home_ward",
        "joined_on",
        "stood_down_at",
    )
    inlines = (UndertakingInline,)
    ordering = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("home_ward__boundary")

    @admin.display(boolean=True)
    def active(self, volunteer: Volunteer) -> bool:
        return volunteer.stood_down_at is None
