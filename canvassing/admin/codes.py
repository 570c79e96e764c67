"""A campaign's own codes for what people say."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from campaigns.admin.base import ScopedAdmin, ScopedForm, actor_of
from campaigns.clock import now
from campaigns.roles import Capability
from canvassing.actions.codes import change_code
from canvassing.models import CanvassSession, IntentionCode, OutcomeCode
from canvassing.rules.keypad import TypedCodeRefused, refuse_what_is_typed_for_more


class CodeForm(ScopedForm):
    """A code names a candidate of its own campaign, and is no word that means more to
    whoever types up paper; one that was such a word before may stay."""

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if "code" in self.changed_data:
            try:
                refuse_what_is_typed_for_more(code)
            except TypedCodeRefused as refusal:
                raise ValidationError(refusal.message) from refusal
        return code

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        campaign = typed.get("campaign") or getattr(self.instance, "campaign", None)
        candidate = typed.get("candidate")
        if candidate and campaign and candidate.campaign_id != campaign.pk:
            self.add_error("candidate", "They stand in another campaign.")
        return typed


class CodeAdmin(ScopedAdmin):
    """A code stays in its campaign; changing what it counts as reads its contacts
    again."""

    changes = Capability.MANAGE_CAMPAIGN
    form = CodeForm
    search_fields = ("code", "label")
    ordering = ("campaign", "position", "code")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> tuple[str, ...]:
        return ("campaign",) if obj else ()

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        if change:
            change_code(obj, by=actor_of(request), at=now(obj.organisation))
        else:
            obj.save()

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The action has written its own audit row."""


@admin.register(IntentionCode)
class IntentionCodeAdmin(CodeAdmin):
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
    list_select_related = ("candidate", "campaign")


@admin.register(OutcomeCode)
class OutcomeCodeAdmin(CodeAdmin):
    plural = "Codes for what came of it"
    list_display = ("code", "label", "kind", "counts_as_spoken", "campaign")
    list_filter = ("campaign", "kind")
    list_select_related = ("campaign",)


@admin.register(CanvassSession)
class CanvassSessionAdmin(ScopedAdmin):
    changes = Capability.MANAGE_CAMPAIGN
    list_display = ("starts_at", "channel", "ward", "leader", "campaign")
    list_filter = ("campaign", "channel")
    list_select_related = ("ward", "leader", "campaign")
    raw_id_fields = ("shift", "leader")
    ordering = ("-starts_at",)
