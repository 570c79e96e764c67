"""Campaigns, their candidates and targets, and the shared areas and polls."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from campaigns.admin.base import ScopedAdmin, ScopedInline, SharedAdmin
from campaigns.models import (
    Campaign,
    Candidate,
    Council,
    Election,
    PollingStation,
    Ward,
    WardTarget,
)
from campaigns.roles import Capability


class CandidateInline(ScopedInline):
    model = Candidate
    ordering = ("position", "pk")


@admin.register(Campaign)
class CampaignAdmin(ScopedAdmin):
    """What a campaign is called, plans and prints; its areas come with it."""

    changes = Capability.MANAGE_CAMPAIGN
    campaign_lookup = "pk"
    list_display = ("name", "election", "polling_day", "agent_name", "closed_at")
    list_select_related = ("election",)
    search_fields = ("name", "slug")
    inlines = (CandidateInline,)
    fieldsets = (
        (None, {"fields": ("name", "election", "pledge_word", "pledges_planned")}),
        ("Candidates and agent", {"fields": ("joint_candidates", "agent_name")}),
        (
            "Imprint",
            {
                "description": "Names and addresses; no letter is made without them.",
                "fields": (
                    "imprint_promoter",
                    "imprint_on_behalf_of",
                    "imprint_printer",
                ),
            },
        ),
    )
    # What moves the limit is changed on its page, under the lock of its money.
    readonly_fields = ("election", "joint_candidates")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(ordering="election__poll_on", description="Polling day")
    def polling_day(self, campaign: Campaign) -> Any:
        return campaign.election.poll_on


@admin.register(WardTarget)
class WardTargetAdmin(ScopedAdmin):
    """Pledges planned, ward by ward: typed straight into the list."""

    changes = Capability.MANAGE_CAMPAIGN
    plural = "Targets of wards"
    list_display = ("ward", "council", "campaign", "pledges")
    list_editable = ("pledges",)
    list_filter = ("campaign", "ward__council")
    list_select_related = ("ward__council", "campaign")
    list_per_page = 200
    search_fields = ("ward__name",)
    ordering = ("ward__council__name", "ward__name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("ward__boundary")

    @admin.display(ordering="ward__council__name")
    def council(self, target: WardTarget) -> Any:
        return target.ward.council


@admin.register(Ward)
class WardAdmin(SharedAdmin):
    list_display = ("name", "council", "gss", "in_force_from", "in_force_until")
    list_filter = ("council",)
    list_select_related = ("council",)
    search_fields = ("name", "gss")
    exclude = ("boundary",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("boundary")


@admin.register(Council)
class CouncilAdmin(SharedAdmin):
    list_display = ("name", "gss")
    search_fields = ("name", "gss")


@admin.register(Election)
class ElectionAdmin(SharedAdmin):
    list_display = ("name", "kind", "poll_on", "voting_system", "seats")
    list_filter = ("kind", "voting_system")
    search_fields = ("name", "slug")
    ordering = ("-poll_on",)


@admin.register(PollingStation)
class PollingStationAdmin(ScopedAdmin):
    changes = Capability.MANAGE_CAMPAIGN
    campaign_lookup = ""
    list_display = ("name", "address", "postcode", "council", "election")
    list_filter = ("council", "election")
    list_select_related = ("council", "election")
    search_fields = ("name", "address", "postcode")
