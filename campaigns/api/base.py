"""What every REST resource shares: scope, limits and rate headers."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from campaigns import access
from campaigns.actions.once import is_source
from campaigns.api.idempotency import once, source_of
from campaigns.api.pagination import CursorPages
from campaigns.api.parsing import Strict, check_address, check_size
from campaigns.clock import now
from campaigns.models import Campaign, Ward
from campaigns.roles import Capability


class Resource(GenericViewSet[Any]):
    """A resource says `capability` to read and `write_capability` to write."""

    capability: Capability | None = None
    write_capability: Capability | None = None
    # How much may be sent at once.
    most_bytes: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    # What an address may ask for after its `?`, the paging apart.
    questions: frozenset[str] = frozenset()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Every call is counted before anything about it is refused."""
        try:
            self.perform_authentication(request)
        finally:
            self.check_throttles(request)
        check_size(request, self.most_bytes)
        super().initial(request, *args, **kwargs)
        check_address(request, self._known_questions())

    def _known_questions(self) -> frozenset[str]:
        pages = self.paginator
        if self.action == "retrieve" or not isinstance(pages, CursorPages):
            return self.questions
        return self.questions | pages.questions

    def check_throttles(self, request: Request) -> None:
        if not hasattr(request, "rate_headers"):
            super().check_throttles(request)

    def check_permissions(self, request: Request) -> None:
        if not self.action and request.auth is not None:
            self.http_method_not_allowed(request)
        super().check_permissions(request)

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

    @property
    def written(self) -> dict[str, Any]:
        """By whom and when an action of this call is done."""
        return {"by": self.actor, "at": now(self.campaign.organisation)}

    def read(self, sent: type[Strict]) -> dict[str, Any]:
        """What was sent, refused where it has mistakes."""
        typed = sent(data=self.request.data)
        typed.is_valid(raise_exception=True)
        return dict(typed.validated_data)

    def once(
        self,
        make: Callable[[], Response],
        *,
        is_kept: Callable[[], bool] | None = None,
    ) -> Response:
        """Done once for each Idempotency-Key of the caller."""
        return once(
            self.request,
            actor=self.actor,
            organisation_id=self.campaign.organisation_id,
            make=make,
            is_kept=is_kept,
        )

    def once_for_good(self, make: Callable[[str | None], Response]) -> Response:
        """Done once for each key, for ever: the row that is made keeps the source that
        `make` is given."""
        source = source_of(self.request, self.actor, self.campaign)
        return self.once(
            lambda: make(source), is_kept=lambda: is_source(self.campaign, source)
        )

    def ward_of_query(self) -> Ward | None:
        """The ward that `?ward=E05…` names, if any; not yours is not there."""
        gss = self.request.query_params.get("ward")
        if not gss:
            return None
        ward = Ward.objects.filter(gss=gss, pk__in=self.ward_ids).first()
        if ward is None:
            raise Http404
        return ward


@extend_schema(exclude=True)
class NothingHere(Resource):
    """Every other address: nothing, in the shape of an error of the API."""

    def check_permissions(self, request: Request) -> None:
        if request.auth is None:
            super().check_permissions(request)
        if not request.path.endswith("/"):
            raise NotFound("There is nothing here: every address ends with a slash.")
        raise Http404

    def look(self, request: Request) -> Response:
        raise Http404
