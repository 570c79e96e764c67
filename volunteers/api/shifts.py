"""Shifts: read, made, changed and cancelled."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.api.areas import WARD
from campaigns.api.base import CampaignResource
from campaigns.api.pagination import CursorPages
from campaigns.api.parsing import Strict, names
from campaigns.models import Ward
from campaigns.roles import Capability
from volunteers.access import shifts_for, volunteers_for
from volunteers.actions.shifts import (
    MOST_PLACES,
    ShiftTerms,
    cancel_shift,
    change_shift,
    make_shift,
)
from volunteers.models import Shift, ShiftKind
from volunteers.reports.shifts import with_places


class ShiftSerializer(serializers.ModelSerializer[Shift]):
    ward = serializers.CharField(source="ward.gss", default=None)
    taken = serializers.IntegerField()
    waiting = serializers.IntegerField()
    confirmed = serializers.IntegerField()
    came = serializers.IntegerField()

    class Meta:
        model = Shift
        fields = (
            "id",
            "kind",
            "ward",
            "meeting_point",
            "leader",
            "starts_at",
            "ends_at",
            "places",
            "cancelled_at",
            "taken",
            "waiting",
            "confirmed",
            "came",
        )


class ShiftTermsSerializer(Strict):
    """A shift as it shall be."""

    kind = serializers.ChoiceField(ShiftKind.choices)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    places = serializers.IntegerField(min_value=1, max_value=MOST_PLACES)
    ward = serializers.CharField(
        default="", allow_blank=True, max_length=9, help_text="GSS code"
    )
    meeting_point = serializers.CharField(default="", allow_blank=True, max_length=200)
    leader = serializers.IntegerField(
        default=None,
        allow_null=True,
        min_value=1,
        max_value=2**63 - 1,
        help_text="id of a volunteer",
    )


FILTERS = [WARD, OpenApiParameter("kind", str, enum=ShiftKind.values)]


class ShiftPages(CursorPages):
    ordering = ("starts_at", "pk")


@extend_schema_view(list=extend_schema(parameters=FILTERS))
class Shifts(ListModelMixin, RetrieveModelMixin, CampaignResource):
    """Shifts by their start, with how many places are taken, confirmed and waited for.

    Whoever signed up is told by e-mail of what changes.
    """

    capability = Capability.MANAGE_VOLUNTEERS
    write_capability = Capability.MANAGE_VOLUNTEERS
    questions = names(FILTERS)
    pagination_class = ShiftPages
    serializer_class = ShiftSerializer
    queryset = Shift.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Shift]:
        if self.is_described:
            return Shift.objects.none()
        rows = with_places(shifts_for(self.actor, campaign=self.campaign))
        if ward := self.ward_of_query():
            rows = rows.filter(ward=ward)
        if kind := self.request.query_params.get("kind"):
            rows = rows.filter(kind=kind)
        return rows

    @extend_schema(request=ShiftTermsSerializer, responses={201: ShiftSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Make a shift."""
        return self.once(lambda: self._make(request))

    def _make(self, request: Request) -> Response:
        made = make_shift(
            self._terms(),
            campaign=self.campaign,
            **self.written,
        )
        return Response(self._told(made.pk), status.HTTP_201_CREATED)

    @extend_schema(request=ShiftTermsSerializer, responses=ShiftSerializer)
    def update(self, request: Request, **kwargs: Any) -> Response:
        """Change a shift: say all of it as it shall be."""
        shift = get_object_or_404(self.get_queryset(), pk=kwargs["pk"])
        change_shift(shift, self._terms(), **self.written)
        return Response(self._told(shift.pk))

    @extend_schema(request=None, responses=ShiftSerializer)
    @action(detail=True, methods=["post"], url_path="call-off", questions=frozenset())
    def call_off(self, request: Request, **kwargs: Any) -> Response:
        """Call a shift off. Called off again, it stays as it is."""
        shift = get_object_or_404(self.get_queryset(), pk=kwargs["pk"])
        cancel_shift(shift, **self.written)
        return Response(self._told(shift.pk))

    def _told(self, shift: int) -> Any:
        return ShiftSerializer(self.get_queryset().get(pk=shift)).data

    def _terms(self) -> ShiftTerms:
        said = self.read(ShiftTermsSerializer)
        gss, leader = said.pop("ward"), said.pop("leader")
        ward = Ward.objects.filter(gss=gss, pk__in=self.ward_ids).first()
        if gss and ward is None:
            raise ValidationError({"ward": f"There is no ward {gss} of yours here."})
        theirs = volunteers_for(self.actor, campaign=self.campaign)
        led_by = theirs.filter(pk=leader).first()
        if leader and led_by is None:
            raise ValidationError({"leader": "There is no such volunteer."})
        return ShiftTerms(ward=ward, leader=led_by, **said)
