"""Leaflets delivered, as spending counts them: the agent writes down what passes a
limit, with the reason."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypedDict

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.api.base import CampaignResource
from campaigns.api.parsing import Strict, money, past_the_limit
from campaigns.reports.stock_costs import StockCost, stock_cost
from campaigns.roles import Capability
from canvassing.actions.leaflet_stock import mark_street_done, withdraw_delivery
from canvassing.api.rounds import LeafletRoundSerializer, with_streets
from canvassing.models import LeafletRound
from canvassing.reports.leaflets import copies_by_day, handed_out, stock_key


class StockCostSerializer(serializers.Serializer[StockCost]):
    """What the copies of the leaflet cost in pounds, and what of that counts."""

    cost = money()
    counted = money()
    in_hand = money()
    proposed = money()
    pence_a_copy = money(allow_null=True)
    copies_counted = serializers.IntegerField()


class CopiesSerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    copies = serializers.IntegerField()


class CopiesOfDay(TypedDict):
    day: date
    copies: int


class DeliveredRoundSerializer(LeafletRoundSerializer):
    """`stock` is how expenses name the copies of the leaflet."""

    stock = serializers.SerializerMethodField()

    class Meta(LeafletRoundSerializer.Meta):
        fields = (*LeafletRoundSerializer.Meta.fields, "stock")

    def get_stock(self, found: LeafletRound) -> str:
        return stock_key(found.leaflet_id)


class WholeDeliveredRoundSerializer(DeliveredRoundSerializer):
    """With the copies of the leaflet that were delivered on each day, in whatever
    round, the latest first, and what they cost."""

    leaflet_days = serializers.SerializerMethodField()
    leaflet_cost = serializers.SerializerMethodField()

    class Meta(DeliveredRoundSerializer.Meta):
        fields = (*DeliveredRoundSerializer.Meta.fields, "leaflet_days", "leaflet_cost")

    @extend_schema_field(CopiesSerializer(many=True))
    def get_leaflet_days(self, found: LeafletRound) -> list[CopiesOfDay]:
        days = copies_by_day(found.leaflet)
        return [CopiesOfDay(day=day, copies=copies) for day, copies in days]

    @extend_schema_field(StockCostSerializer)
    def get_leaflet_cost(self, found: LeafletRound) -> Any:
        cost = stock_cost(found.campaign, stock_key(found.leaflet_id))
        return StockCostSerializer(cost).data


class NotDoneSerializer(Strict):
    """`street` is its position in the round."""

    street = serializers.IntegerField(min_value=1, max_value=2**15 - 1)
    over_limit_reason = past_the_limit()


class DoneSerializer(NotDoneSerializer):
    copies = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    delivered_on = serializers.DateField()


class LeafletSpending(ListModelMixin, RetrieveModelMixin, CampaignResource):
    """Rounds of leaflets that were handed out, of the whole campaign. Only the agent,
    signed in; never a token."""

    capability = Capability.COMMIT_EXPENSE
    write_capability = Capability.COMMIT_EXPENSE
    serializer_class = DeliveredRoundSerializer
    queryset = LeafletRound.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[LeafletRound]:
        if self.is_described:
            return LeafletRound.objects.none()
        return with_streets(handed_out(self.campaign))

    @extend_schema(responses=WholeDeliveredRoundSerializer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        return self._told()

    @extend_schema(request=DoneSerializer, responses=WholeDeliveredRoundSerializer)
    @action(detail=True, methods=["post"])
    def done(self, request: Request, **kwargs: Any) -> Response:
        """A street was done. The same again changes nothing."""
        return self._write(mark_street_done, DoneSerializer)

    @extend_schema(request=NotDoneSerializer, responses=WholeDeliveredRoundSerializer)
    @action(detail=True, methods=["post"], url_path="not-done")
    def not_done(self, request: Request, **kwargs: Any) -> Response:
        """A street was marked by mistake: its copies are in hand again."""
        return self._write(withdraw_delivery, NotDoneSerializer)

    def _write(self, act: Callable[..., None], sent: type[Strict]) -> Response:
        found = self.get_object()

        def make() -> Response:
            said = self.read(sent)
            street = get_object_or_404(found.streets, position=said.pop("street"))
            act(street, **said, **self.written)
            return self._told()

        return self.once(make)

    def _told(self) -> Response:
        return Response(WholeDeliveredRoundSerializer(self.get_object()).data)
