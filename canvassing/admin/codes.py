"""A campaign's own codes for what people say."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from campaigns.admin.base import ScopedAdmin, actor_of
from campaigns.clock import now
from campaigns.roles import Capability
from canvassing.actions.codes import change_intention_code
from canvassing.models import CanvassSession, IntentionCode, OutcomeCode


@admin.register(IntentionCode)
class IntentionCodeAdmin(ScopedAdmin):
    """Changing what a code counts as reads its contacts again."""

    changes = Capability.MANAGE_CAMPAIGN
    plural = "Codes for what people say"
    list_display = (
        "code",
        "label",
        "kind",
        "strength",
        "counts_as_spoken",
        "counts_as_pledge",
        "campaign",
    )
    list_filter = ("campaign", "kind", "counts_as_pledge")
    list_select_related = ("campaign",)
    search_fields = ("code", "label")
    ordering = ("campaign", "position", "code")

    def save_model(
        self, request: HttpRequest, obj: IntentionCode, form: Any, change: bool
    ) -> None:
        if change:
            change_intention_code(obj, by=actor_of(request), at=now(obj.organisation))
        else:
            obj.save()

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The action has written its own audit row."""


@admin.register(OutcomeCode)
class OutcomeCodeAdmin(ScopedAdmin):
    changes = Capability.MANAGE_CAMPAIGN
    plural = "Codes for what came of it"
    list_display = ("code", "label", "kind", "counts_as_spoken", "campaign")
    list_filter = ("campaign", "kind")
    list_select_related = ("campaign",)
    search_fields = ("code", "label")
    ordering = ("campaign", "position", "code")


@admin.register(CanvassSession)
class CanvassSessionAdmin(ScopedAdmin):
    changes = Capability.MANAGE_CAMPAIGN
    list_display = ("starts_at", "channel", "ward", "leader", "campaign")
    list_filter = ("campaign", "channel")
    list_select_related = ("ward", "leader", "campaign")
    raw_id_fields = ("shift", "leader")
    ordering = ("-starts_at",)
