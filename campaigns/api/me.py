"""Who calls, and what they may do."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.access import Actor, Grant
from campaigns.api.base import Resource
from campaigns.models import ApiToken, Campaign, Organisation, Ward
from campaigns.roles import Capability


class Known(BasePermission):
    """Whoever calls, so long as we know them."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.auth, Actor)


class GrantSerializer(serializers.Serializer[Any]):
    organisation = serializers.CharField()
    campaign = serializers.CharField(
        allow_null=True, help_text="its slug; null is every campaign"
    )
    wards = serializers.ListField(
        child=serializers.CharField(),
        allow_null=True,
        help_text="GSS codes; null is every ward",
    )
    capabilities = serializers.ListField(
        child=serializers.ChoiceField(Capability.choices)
    )


class MeSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField(help_text="token or user")
    name = serializers.CharField()
    expires_at = serializers.DateTimeField(allow_null=True, help_text="of a token")
    grants = GrantSerializer(many=True)


class Me(Resource):
    """Who the caller is, and what they may do where."""

    permission_classes = (Known,)
    serializer_class = MeSerializer

    @extend_schema(responses=MeSerializer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        actor = self.actor
        answer = {
            "kind": actor.kind,
            "name": actor.label,
            "expires_at": _end_of(actor),
            "grants": _told(actor.grants),
        }
        return Response(MeSerializer(answer).data)


def _end_of(actor: Actor) -> datetime | None:
    if actor.kind != "token" or actor.id is None:
        return None
    return ApiToken.objects.get(pk=actor.id).expires_at


def _told(grants: Collection[Grant]) -> list[dict[str, Any]]:
    """Each grant with the names that addresses use. Three queries, however many."""
    owners = Organisation.objects.in_bulk({grant.organisation_id for grant in grants})
    campaigns = Campaign.objects.in_bulk({grant.campaign_id for grant in grants})
    ids = frozenset().union(*(grant.ward_ids or () for grant in grants))
    wards = dict(
        Ward.objects.filter(pk__in=ids).order_by("gss").values_list("pk", "gss")
    )
    return [
        {
            "organisation": owners[grant.organisation_id].slug,
            "campaign": campaigns[grant.campaign_id].slug
            if grant.campaign_id
            else None,
            "wards": None
            if grant.ward_ids is None
            else [gss for pk, gss in wards.items() if pk in grant.ward_ids],
            "capabilities": sorted(grant.capabilities),
        }
        for grant in grants
    ]
