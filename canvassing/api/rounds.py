"""Rounds and their doors; leaflet rounds and their streets."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from drf_spectacular.utils import (
    OpenApiParameter,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin

from campaigns.api.areas import WARD
from campaigns.api.base import CampaignResource
from campaigns.api.parsing import names
from campaigns.roles import Capability
from canvassing.access import leaflet_rounds_for, rounds_for
from canvassing.api.electors import flag_of
from canvassing.models import (
    CanvassRound,
    LeafletDelivery,
    LeafletRound,
    LeafletStreet,
    RoundDoor,
    RoundIssue,
)


class RoundSerializer(serializers.ModelSerializer[CanvassRound]):
    ward = serializers.CharField(source="ward.gss")
    local_round = serializers.CharField(source="local_round.name", default=None)
    is_out = serializers.BooleanField()

    class Meta:
        model = CanvassRound
        fields = (
            "id",
            "name",
            "ward",
            "whom_to_see",
            "local_round",
            "doors",
            "made_at",
            "printed_at",
            "retired_at",
            "is_out",
        )


class DoorSerializer(serializers.ModelSerializer[RoundDoor]):
    address = serializers.IntegerField(source="address_id")
    printed = serializers.CharField(source="address.printed")
    postcode = serializers.CharField(source="address.postcode")

    class Meta:
        model = RoundDoor
        fields = ("position", "address", "printed", "postcode")


class WalkedRoundSerializer(RoundSerializer):
    walk = serializers.SerializerMethodField()

    class Meta:
        model = CanvassRound
        fields = (*RoundSerializer.Meta.fields, "walk")

    @extend_schema_field(DoorSerializer(many=True))
    def get_walk(self, round_: CanvassRound) -> Any:
        """Its doors in walking order."""
        doors = RoundDoor.objects.of(round_.organisation_id).filter(round=round_)
        rows = doors.select_related("address").order_by("position")
        return DoorSerializer(rows, many=True).data


class StreetSerializer(serializers.ModelSerializer[LeafletStreet]):
    delivered_on = serializers.SerializerMethodField()
    copies = serializers.SerializerMethodField()

    class Meta:
        model = LeafletStreet
        fields = (
            "position",
            "street",
            "numbers",
            "doors",
            "not_at",
            "delivered_on",
            "copies",
        )

    def get_delivered_on(self, street: LeafletStreet) -> str | None:
        done = street.done  # type: ignore[attr-defined]
        return done[0].delivered_on.isoformat() if done else None

    def get_copies(self, street: LeafletStreet) -> int:
        return sum(one.copies for one in street.done)  # type: ignore[attr-defined]


class LeafletRoundSerializer(serializers.ModelSerializer[LeafletRound]):
    leaflet = serializers.CharField(source="leaflet.name")
    ward = serializers.CharField(source="ward.gss")
    local_round = serializers.CharField(source="local_round.name", default=None)
    deliverer = serializers.CharField(source="deliverer.name", default=None)
    streets = StreetSerializer(many=True)

    class Meta:
        model = LeafletRound
        fields: tuple[str, ...] = (
            "id",
            "name",
            "leaflet",
            "ward",
            "local_round",
            "deliverer",
            "copies_out",
            "copies_back",
            "handed_out_at",
            "streets",
        )


def with_streets(rounds: QuerySet[LeafletRound]) -> QuerySet[LeafletRound]:
    """Each with its streets as they are walked, and what is done of them."""
    done = LeafletDelivery.objects.filter(withdrawn_at__isnull=True)
    streets = LeafletStreet.objects.order_by("position").prefetch_related(
        Prefetch("deliveries", done, to_attr="done")
    )
    return rounds.prefetch_related(Prefetch("streets", streets))


FILTERS = [
    WARD,
    OpenApiParameter("retired", bool, description="Also those that were cut anew."),
]


@extend_schema_view(list=extend_schema(parameters=FILTERS))
class Rounds(ListModelMixin, RetrieveModelMixin, CampaignResource):
    """Rounds of the wards in reach; one by itself tells its doors, and no elector."""

    capability = Capability.MAKE_LISTS
    questions = names(FILTERS)
    serializer_class = RoundSerializer
    queryset = CanvassRound.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"

    def get_serializer_class(self) -> type[RoundSerializer]:
        is_one = self.action == "retrieve"
        return WalkedRoundSerializer if is_one else RoundSerializer

    def get_queryset(self) -> QuerySet[CanvassRound]:
        if self.is_described:
            return CanvassRound.objects.none()
        out = RoundIssue.objects.filter(round=OuterRef("pk"), closed_at__isnull=True)
        rounds = rounds_for(self.actor, campaign=self.campaign)
        if ward := self.ward_of_query():
            rounds = rounds.filter(ward=ward)
        if self.action == "list" and not flag_of(self.request.query_params, "retired"):
            rounds = rounds.filter(retired_at__isnull=True)
        return rounds.annotate(is_out=Exists(out))


@extend_schema_view(list=extend_schema(parameters=[WARD]))
class LeafletRounds(ListModelMixin, RetrieveModelMixin, CampaignResource):
    """Leaflet rounds of the wards in reach: streets and numbers, what is done."""

    capability = Capability.MAKE_LISTS
    questions = names([WARD])
    serializer_class = LeafletRoundSerializer
    queryset = LeafletRound.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[LeafletRound]:
        if self.is_described:
            return LeafletRound.objects.none()
        rounds = leaflet_rounds_for(self.actor, campaign=self.campaign)
        if ward := self.ward_of_query():
            rounds = rounds.filter(ward=ward)
        return with_streets(rounds)
