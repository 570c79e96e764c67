"""The organisers' admin: entered by membership, not by a flag on the user."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.admin import AdminSite
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse
from django.utils.timezone import localtime

from campaigns.access import campaigns_for
from campaigns.admin.base import actor_of, can_anywhere
from campaigns.clock import now
from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.views.decorators import lacks_second_factor
from config.context import places_of

# The front page's shelves: every registered model stands on one.
SHELVES = (
    (
        "Campaigns",
        (
            "campaigns.campaign",
            "campaigns.wardtarget",
            "canvassing.intentioncode",
            "canvassing.outcomecode",
            "campaigns.pollingstation",
            "campaigns.election",
        ),
    ),
    (
        "People and shifts",
        ("volunteers.volunteer", "volunteers.shift", "canvassing.canvasssession"),
    ),
    (
        "Canvassing",
        (
            "canvassing.contact",
            "canvassing.helditem",
            "canvassing.donotcontact",
            "canvassing.gotvlist",
            "canvassing.letterrun",
        ),
    ),
    (
        "Money",
        (
            "campaigns.expense",
            "campaigns.invoice",
            "campaigns.creditnote",
            "campaigns.refund",
            "campaigns.courtleave",
            "campaigns.payment",
            "campaigns.donation",
            "campaigns.moneydocument",
            "campaigns.limitnotice",
            "campaigns.spendingauthority",
            "campaigns.outsideactivity",
            "campaigns.statementaccount",
            "campaigns.statement",
            "campaigns.statementline",
            "campaigns.statementmatch",
            "campaigns.invoicesupplier",
            "campaigns.invoicefile",
            "campaigns.invoicefilerow",
        ),
    ),
    (
        "Register and areas",
        (
            "campaigns.registeredition",
            "campaigns.absentvoterlist",
            "campaigns.pollingdistrict",
            "campaigns.ward",
            "campaigns.council",
        ),
    ),
    ("Looking back", ("campaigns.auditentry", "campaigns.exportrecord")),
)


class CommitteeRoomAdminSite(AdminSite):
    site_header = "Committee Room"
    site_title = "Committee Room"
    index_title = "Records and settings"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Whoever sees some campaign as a whole, with their second factor shown."""
        if not request.user.is_authenticated:
            return False
        actor = actor_of(request)
        return can_anywhere(actor, Capability.SEE_CAMPAIGN) and not lacks_second_factor(
            request, actor
        )

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One place to sign in. Whoever has no business here finds nothing."""
        going = {"next": request.GET.get("next") or resolve_url("admin:index")}
        if not request.user.is_authenticated:
            return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode(going)}")
        if lacks_second_factor(request, actor_of(request)):
            page = resolve_url("account:second-factor")
            return redirect(f"{page}?{urlencode(going)}")
        if self.has_permission(request):
            return redirect("admin:index")
        raise Http404

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        actor = actor_of(request)
        campaigns = self._campaigns(request)
        offered = [(one, places_of(actor, one)) for one in campaigns]
        return super().index(request, {**(extra_context or {}), "desks": offered})

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[Any]:
        """The front page by what things are about, not by where the code keeps them."""
        if app_label is not None:
            return super().get_app_list(request, app_label)
        theirs = {
            model["model"]._meta.label_lower: model
            for app in self._build_app_dict(request).values()
            for model in app["models"]
        }
        return [
            {
                "name": name,
                "models": [theirs[label] for label in labels if label in theirs],
            }
            for name, labels in SHELVES
            if any(label in theirs for label in labels)
        ]

    def _build_app_dict(self, request: HttpRequest, label: Any = None) -> Any:
        apps = super()._build_app_dict(request, label)
        for app in [apps] if label else apps.values():
            for model in app.get("models", ()):
                pages: Any = self._registry[model["model"]]
                model["name"] = pages.plural or model["name"]
        return apps

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        campaigns = self._campaigns(request)
        return {
            **super().each_context(request),
            "campaigns": campaigns,
            "demo_clock": self._demo_clock(campaigns),
        }

    def _campaigns(self, request: HttpRequest) -> QuerySet[Campaign]:
        seen = campaigns_for(actor_of(request), Capability.SEE_CAMPAIGN)
        return seen.order_by("-election__poll_on", "name")

    def _demo_clock(self, campaigns: QuerySet[Campaign]) -> datetime | None:
        """The day on which an invented organisation stands."""
        moved = campaigns.exclude(organisation__clock_offset=timedelta(0)).first()
        return localtime(now(moved.organisation)) if moved else None
