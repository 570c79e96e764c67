"""The organisers' admin: entered by membership, not by a flag on the user."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from campaigns.access import campaigns_for
from campaigns.admin.base import actor_of, can_anywhere
from campaigns.roles import Capability
from campaigns.views.decorators import lacks_second_factor


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

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        seen = campaigns_for(actor_of(request), Capability.SEE_CAMPAIGN)
        return {
            **super().each_context(request),
            "campaigns": seen.order_by("-election__poll_on", "name"),
        }
