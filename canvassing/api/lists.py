"""Get-out-the-vote lists and who is on them."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.api.areas import WARD
from campaigns.api.base import CampaignResource
from campaigns.api.pagination import CursorPages
from campaigns.api.parsing import names
from campaigns.roles import Capability
from canvassing.access import lists_for
from canvassing.api.electors import (
    ElectorSerializer,
    flag_of,
    with_all_that_is_told,
)
from canvassing.models import (
    ElectorStanding,
    Eligible,
    GotvEntry,
    GotvList,
    GotvListWard,
)
from canvassing.reports.gotv_selection import may_contact


class ListWardSerializer(serializers.ModelSerializer[GotvListWard]):
    ward = serializers.CharField(source="ward.gss")

    class Meta:
        model = GotvListWard
        fields = ("ward", "electors", "listed", "households", "excluded")


class ListSerializer(serializers.ModelSerializer[GotvList]):
    wards = ListWardSerializer(many=True)

    class Meta:
        model = GotvList
        fields = (
            "id",
            "name",
            "channel",
            "rule",
            "reason",
            "state",
            "asked_at",
            "frozen_at",
            "wards",
        )


class EntrySerializer(serializers.ModelSerializer[GotvEntry]):
    ward = serializers.CharField(source="ward.gss")
    elector = serializers.SerializerMethodField()

    class Meta:
        model = GotvEntry
        fields = ("position", "ward", "elector")

    @extend_schema_field(ElectorSerializer)
    def get_elector(self, entry: GotvEntry) -> dict[str, Any]:
        standing = self.context["standing"][entry.elector_id]
        return dict(self.context["elector"].to_representation(standing))


FILTERS = [
    WARD,
    OpenApiParameter("open", bool, description="Only who has not voted or left since."),
]


class EntryPages(CursorPages):
    ordering = ("ward_id", "position")


class Lists(ListModelMixin, RetrieveModelMixin, CampaignResource):
    """Lists with wards in reach, and those wards of them.

    A list is frozen; who is still open is read now.
    """

    capability = Capability.MAKE_LISTS
    serializer_class = ListSerializer
    queryset = GotvList.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[GotvList]:
        if self.is_described:
            return GotvList.objects.none()
        theirs = GotvListWard.objects.filter(ward_id__in=self.ward_ids)
        return lists_for(self.actor, campaign=self.campaign).prefetch_related(
            Prefetch("wards", theirs.select_related("ward").defer("ward__boundary"))
        )

    @extend_schema(
        parameters=FILTERS,
        responses=EntrySerializer(many=True),
    )
    @action(detail=True, pagination_class=EntryPages, questions=names(FILTERS))
    def entries(self, request: Request, **kwargs: Any) -> Response:
        """Electors on the list; `open=true` leaves out who has voted, left, or asked
        not to be contacted since."""
        gotv_list = get_object_or_404(self.get_queryset(), pk=kwargs["pk"])
        page = self.paginate_queryset(self._entries(gotv_list)) or []
        standing = standing_of(page, self.campaign.pk)
        here = [entry for entry in page if entry.elector_id in standing]
        context = {"standing": standing, "elector": ElectorSerializer()}
        return self.get_paginated_response(
            EntrySerializer(here, many=True, context=context).data
        )

    def _entries(self, gotv_list: GotvList) -> QuerySet[GotvEntry]:
        ward = self.ward_of_query()
        entries = (
            GotvEntry.objects.filter(
                organisation=gotv_list.organisation_id,
                gotv_list=gotv_list,
                ward_id__in=[ward.pk] if ward else self.ward_ids,
            )
            .select_related("ward")
            .defer("ward__boundary")
        )
        if flag_of(self.request.query_params, "open"):
            free = may_contact(gotv_list.channel)
            still_open = ElectorStanding.objects.filter(
                organisation=gotv_list.organisation_id,
                campaign=self.campaign,
                elector=OuterRef("elector"),
                ward=OuterRef("ward"),
                is_current=True,
                eligible=Eligible.YES,
                voted_at__isnull=True,
                no_contact__in=free,
                household_no_contact__in=free,
            )
            entries = entries.filter(Exists(still_open))
        return entries


def standing_of(
    entries: list[GotvEntry], campaign_id: int
) -> dict[int, ElectorStanding]:
    """By elector, where each stands now; who has left is not there."""
    rows = ElectorStanding.objects.filter(
        campaign=campaign_id,
        organisation__in={entry.organisation_id for entry in entries},
        elector_id__in=[entry.elector_id for entry in entries],
        is_current=True,
    )
    return {row.elector_id: row for row in with_all_that_is_told(rows)}
