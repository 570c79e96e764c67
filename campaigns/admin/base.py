"""What every page of the admin keeps to: one's own organisation, and an audit row."""

from abc import abstractmethod
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import ForeignKeyRawIdWidget
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from campaigns.access import (
    Actor,
    actor_of_user,
    campaigns_for,
    organisations_for,
    rows_for,
)
from campaigns.actions import audit
from campaigns.clock import now
from campaigns.models import Campaign, Organisation, User
from campaigns.roles import Capability


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, looked up once a request."""
    if not hasattr(request, "actor"):
        request.actor = actor_of_user(  # type: ignore[attr-defined]
            cast(User, request.user), at=now()
        )
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def can_anywhere(actor: Actor, capability: Capability) -> bool:
    """In some campaign as a whole; the admin is not for roles of some wards."""
    return any(
        capability in grant.capabilities and grant.ward_ids is None
        for grant in actor.grants
    )


class OwnCampaigns(admin.RelatedFieldListFilter):
    """Offers the campaigns that they reach, and names no other."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        theirs = campaigns_for(actor_of(request), model_admin.sees)
        return [(one.pk, str(one)) for one in theirs.order_by("name", "pk")]


admin.FieldListFilter.register(
    lambda field: field.related_model is Campaign, OwnCampaigns, take_priority=True
)


class OwnRowWidget(ForeignKeyRawIdWidget):
    """A row by its number; of one that is not offered it does not say the name."""

    def label_and_url_for_value(self, value: Any) -> tuple[str, str]:
        offered = self.choices.queryset  # type: ignore[attr-defined]
        known = str(value).isdecimal() and offered.filter(pk=value)
        return super().label_and_url_for_value(value) if known else ("", "")


class OffersOwnRows:
    """Only rows are offered that they reach with what they need to change this."""

    raw_id_fields: ClassVar[Any]
    admin_site: admin.AdminSite

    @abstractmethod
    def _needed(self) -> Capability | None:
        """What they need to hold, to change rows of this page."""

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        model = db_field.remote_field.model
        kwargs.setdefault("queryset", _offered(model, self._needed(), request))
        if db_field.name in self.raw_id_fields:
            kwargs["widget"] = OwnRowWidget(db_field.remote_field, self.admin_site)
        return super().formfield_for_foreignkey(  # type: ignore[misc]
            db_field, request, **kwargs
        )


def _offered(
    model: type[models.Model], capability: Capability | None, request: HttpRequest
) -> QuerySet[Any]:
    rows = model._default_manager.all()
    names = {field.name for field in model._meta.get_fields()}
    if "organisation" not in names or capability is None:
        return rows
    lookup = "campaign" if "campaign" in names else ""
    if model is Campaign:
        lookup = "pk"
    return rows.filter(rows_for(actor_of(request), capability, campaign=lookup))


class ScopedForm(forms.ModelForm):
    """Sets the organisation, which nobody types, and checks every constraint."""

    organisation: Organisation | None = None

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        campaign = getattr(self.instance, "campaign", None)
        owner = campaign.organisation if campaign else self.organisation
        if owner is not None:
            self.instance.organisation = owner
        if not self.errors:
            try:
                self.instance.validate_constraints()
            except forms.ValidationError as error:
                self._update_errors(error)  # type: ignore[attr-defined]


class SharedAdmin(admin.ModelAdmin):
    """Reference data that everybody shares: read, never written here."""

    sees: Capability = Capability.SEE_CAMPAIGN
    plural = ""  # what the page is called, where the model's own word is not plain
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_anywhere(actor_of(request), self.sees)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_anywhere(actor_of(request), self.sees)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ScopedAdmin(OffersOwnRows, SharedAdmin):
    """Rows of one's own organisations: `sees` to read, `changes` to write.

    `campaign_lookup` leads from a row to its campaign; empty where it has none.
    """

    changes: Capability | None = None
    campaign_lookup = "campaign"
    form = ScopedForm
    exclude = ("organisation",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(self._reach(request, self.sees))

    def _reach(self, request: HttpRequest, capability: Capability) -> models.Q:
        actor = actor_of(request)
        return rows_for(actor, capability, campaign=self.campaign_lookup)

    def _may_write(self, request: HttpRequest, obj: Any = None) -> bool:
        if self.changes is None or not can_anywhere(actor_of(request), self.changes):
            return False
        if obj is None or obj.pk is None:
            return True
        reach = self._reach(request, self.changes)
        return bool(self.model._default_manager.filter(reach, pk=obj.pk).exists())

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_write(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_write(request, obj)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form knows whose row it makes where the row names no campaign."""
        form = super().get_form(request, obj, change, **kwargs)
        owner = obj.organisation if obj else self._only_organisation(request)
        return type(form.__name__, (form,), {"organisation": owner})

    def _only_organisation(self, request: HttpRequest) -> Organisation | None:
        theirs = organisations_for(actor_of(request))
        return theirs.order_by("pk").first()

    def _needed(self) -> Capability | None:
        return self.changes

    def save_formset(
        self, request: HttpRequest, form: Any, formset: Any, change: bool
    ) -> None:
        for row in formset.save(commit=False):
            row.organisation = form.instance.organisation
            row.save()
        for row in formset.deleted_objects:
            row.delete()
        formset.save_m2m()

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._audit(request, obj, "added", message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._audit(request, obj, "changed", message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for obj in queryset:
            self._audit(request, obj, "deleted", "")

    def _audit(self, request: HttpRequest, obj: Any, verb: str, message: Any) -> None:
        """Which fields changed, never what they say; in the page's own transaction."""
        campaign = obj if isinstance(obj, Campaign) else getattr(obj, "campaign", None)
        audit.record(
            f"{self.opts.model_name}.{verb}",
            by=actor_of(request),
            at=now(obj.organisation),
            organisation_id=obj.organisation_id,
            campaign_id=campaign.pk if campaign else None,
            target=obj,
            fields=_changed_fields(message),
        )

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The audit tells it: there is no second history."""
        target = f"{self.opts.model_name}:{object_id}"
        audit_list = reverse("admin:campaigns_auditentry_changelist")
        return redirect(f"{audit_list}?target={target}")


def _changed_fields(message: Any) -> list[str]:
    if not isinstance(message, list):
        return []
    return sorted(
        {
            name
            for part in message
            for said in part.values()
            for name in said.get("fields", ())
        }
    )


class ReadOnlyAdmin(ScopedAdmin):
    """Facts that are written by actions alone: who did it in one word, no numbers."""

    changes = None
    unsaid: tuple[str, ...] = ("by_kind", "by_id", "by_label")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        named = [
            name for name in super().get_fields(request, obj) if name not in self.unsaid
        ]
        return [*named, "by"] if hasattr(self.model, "by_label") else named

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), "by")

    @admin.display(ordering="by_label")
    def by(self, row: Any) -> str:
        return str(row.by_label)


class ScopedInline(OffersOwnRows, admin.TabularInline):
    """Rows that belong to the one above them, with its permissions."""

    extra = 0
    exclude = ("organisation",)
    capability: Capability = Capability.MANAGE_CAMPAIGN

    def _needed(self) -> Capability:
        return self.capability

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_anywhere(actor_of(request), self.capability)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_anywhere(actor_of(request), self.capability)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_anywhere(actor_of(request), self.capability)
