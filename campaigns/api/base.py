"""What every REST resource shares: scope and rate headers."""

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from campaigns import access
from campaigns.models import Campaign, Ward
from campaigns.roles import Capability


class Resource(GenericViewSet[Any]):
    """A resource says `capability` to read and `write_capability` to write."""

    capability: Capability | None = None
    write_capability: Capability | None = None

    @property
    def actor(self) -> access.Actor:
        actor = self.request.auth
        if not isinstance(actor, access.Actor):
            raise Http404
        return actor

    @property
    def is_described(self) -> bool:
        """True while the OpenAPI description is made, with no caller at all."""
        return bool(getattr(self, "swagger_fake_view", False))

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        for name, value in getattr(request, "rate_headers", {}).items():
            response.headers[name] = value
        return response


class CampaignResource(Resource):
    """A resource under `/campaigns/<slug>/`: not yours looks like not there."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        _ = self.campaign

    @cached_property
    def needed(self) -> Capability:
        reads = self.request.method in SAFE_METHODS
        needed = self.capability if reads else self.write_capability
        if needed is None:
            raise Http404
        return needed

    @cached_property
    def campaign(self) -> Campaign:
        campaigns = access.campaigns_for(self.actor, self.needed)
        campaign = campaigns.filter(slug=self.kwargs["campaign_slug"]).first()
        if campaign is None:
            raise Http404
        return campaign

    @cached_property
    def ward_ids(self) -> list[int]:
        """The campaign's wards in which the caller may do this."""
        wards = access.wards_for(self.actor, self.needed, campaign=self.campaign)
        return list(wards.values_list("pk", flat=True))

    def ward_of_query(self) -> Ward | None:
        """The ward that `?ward=E05…` names, if any; not yours is not there."""
        gss = self.request.query_params.get("ward")
        if not gss:
            return None
        ward = Ward.objects.filter(gss=gss, pk__in=self.ward_ids).first()
        if ward is None:
            raise Http404
        return ward
