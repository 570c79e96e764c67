"""Electors as one campaign sees them: register facts and standing together."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from drf_spectacular.utils import (
    OpenApiParameter,
    PolymorphicProxySerializer,
    extend_schema,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.api.areas import WARD
from campaigns.api.base import CampaignResource
from campaigns.api.pagination import ChangePages
from campaigns.api.parsing import names
from campaigns.models import Elector, RegisterEntry
from campaigns.reports.elector_numbers import holders_of
from campaigns.roles import Capability
from campaigns.rules.elector_numbers import NumberRefused, parse_elector_number
from campaigns.rules.postcodes import tidy_postcode
from canvassing.models import ElectorStanding, Eligible, NoContact, VotesBy

CHANNELS = [bit for bit in NoContact if bit != NoContact.ALL]


class StandingSerializer(serializers.ModelSerializer[ElectorStanding]):
    """Where the elector stands in this campaign now."""

    intention = serializers.CharField(source="intention.code", default=None)
    second_preference = serializers.CharField(
        source="second_preference.name", default=None
    )
    eligible = serializers.SerializerMethodField()
    votes_by = serializers.SerializerMethodField()
    no_contact = serializers.SerializerMethodField()

    class Meta:
        model = ElectorStanding
        fields = (
            "eligible",
            "votes_by",
            "no_contact",
            "intention",
            "strength",
            "second_preference",
            "pledged",
            "last_contact_at",
            "last_spoken_at",
            "voted_at",
        )

    def get_eligible(self, row: ElectorStanding) -> str:
        return Eligible(row.eligible).name.lower()

    def get_votes_by(self, row: ElectorStanding) -> str:
        return VotesBy(row.votes_by).name.lower()

    def get_no_contact(self, row: ElectorStanding) -> list[str]:
        mask = row.no_contact | row.household_no_contact
        return [bit.name.lower() for bit in CHANNELS if mask & bit]


class ElectorSerializer(serializers.ModelSerializer[ElectorStanding]):
    id = serializers.IntegerField(source="elector_id")
    elector_number = serializers.CharField(source="elector.elector_number")
    title = serializers.CharField(source="elector.title")
    forename = serializers.CharField(source="elector.forename")
    middle_names = serializers.CharField(source="elector.middle_names")
    surname = serializers.CharField(source="elector.surname")
    markers = serializers.CharField(source="elector.markers")
    ward = serializers.CharField(source="ward.gss")
    polling_district = serializers.CharField(source="polling_district.code")
    address_id = serializers.IntegerField(allow_null=True)
    address = serializers.CharField(source="address.printed", default="")
    postcode = serializers.CharField(source="address.postcode", default="")
    changed_at = serializers.DateTimeField(source="elector.changed_at")
    standing = StandingSerializer(source="*")

    class Meta:
        model = ElectorStanding
        fields = (
            "id",
            "elector_number",
            "title",
            "forename",
            "middle_names",
            "surname",
            "markers",
            "ward",
            "polling_district",
            "address_id",
            "address",
            "postcode",
            "changed_at",
            "standing",
        )


def with_all_that_is_told(
    rows: QuerySet[ElectorStanding],
) -> QuerySet[ElectorStanding]:
    """In one query; the ward's boundary, which is long, stays where it is."""
    return rows.select_related(
        "elector",
        "address",
        "ward",
        "polling_district",
        "intention",
        "second_preference",
    ).defer("ward__boundary")


class GoneSerializer(serializers.Serializer[Any]):
    """An elector who is no longer here, and who they turned out to be, if anybody."""

    id = serializers.IntegerField(source="elector_id")
    removed = serializers.BooleanField(help_text="always true")
    merged_into = serializers.IntegerField(
        source="elector.merged_into_id", allow_null=True
    )
    changed_at = serializers.DateTimeField(source="elector.changed_at")


class StandingPages(ChangePages):
    """In walking order where one ward is asked for, else by elector."""

    def get_ordering(self, request: Request) -> tuple[str, ...]:
        if request.query_params.get("changed_since"):
            return ("elector__changed_at", "elector_id")
        if request.query_params.get("ward"):
            return ("polling_district_id", "walk_position", "elector_id")
        return ("elector_id",)


PLEDGE_FILTERS = [
    WARD,
    OpenApiParameter("council", str, description="Only this council, by GSS code."),
    OpenApiParameter(
        "district", str, description="Polling district code; of each council its own."
    ),
    OpenApiParameter("postcode", str),
    OpenApiParameter("number", str, description="Elector number, such as BW1-4/1."),
    OpenApiParameter("intention", str, description="Code of the campaign."),
    OpenApiParameter("voted", bool),
]
FILTERS = [
    *PLEDGE_FILTERS,
    OpenApiParameter("pledged", bool),
    OpenApiParameter(
        "changed_since",
        datetime,
        description="What the register says of them changed after this, or they were"
        " removed or merged: the `resume_from` of your last answer.",
    ),
]


class StandingResource(ListModelMixin, CampaignResource):
    """Rows of one campaign's standing that the caller reaches."""

    capability = Capability.SEE_ELECTORS
    questions = names(FILTERS)
    serializer_class = ElectorSerializer
    pagination_class = StandingPages
    queryset = ElectorStanding.objects.none()

    def reachable(self) -> QuerySet[ElectorStanding]:
        """Anonymous entries are in no answer."""
        if self.is_described:
            return ElectorStanding.objects.none()
        ward = self.ward_of_query()
        rows = with_all_that_is_told(
            ElectorStanding.objects.filter(
                organisation=self.campaign.organisation_id,
                campaign=self.campaign,
                is_anonymous=False,
            )
        )
        if ward is not None:
            return rows.filter(ward=ward)
        return rows.filter(ward_id__in=self.ward_ids)

    def get_queryset(self) -> QuerySet[ElectorStanding]:
        return self.reachable().filter(is_current=True).filter(self.asked_for())

    def asked_for(self) -> Q:
        asked, query = Q(), self.request.query_params
        if council := query.get("council"):
            asked &= Q(ward__council__gss=council)
        if code := query.get("district"):
            asked &= Q(polling_district__code=code)
        if postcode := query.get("postcode"):
            asked &= Q(address__postcode=tidy_postcode(postcode) or postcode)
        if number := query.get("number"):
            asked &= Q(elector__in=self.holders_of(number))
        if code := query.get("intention"):
            asked &= Q(intention__code=code)
        if (pledged := flag_of(query, "pledged")) is not None:
            asked &= Q(pledged=pledged)
        if (voted := flag_of(query, "voted")) is not None:
            asked &= Q(voted_at__isnull=not voted)
        return asked

    def holders_of(self, text: str) -> QuerySet[RegisterEntry, int]:
        try:
            number = parse_elector_number(text)
        except NumberRefused as refusal:
            raise ValidationError({"query": refusal.message}) from refusal
        return holders_of(
            number,
            organisation_id=self.campaign.organisation_id,
            council_ids=self.campaign.councils.values_list("pk", flat=True),
        )


def flag_of(query: QueryDict, name: str) -> bool | None:
    """True, false or not asked."""
    text = query.get(name)
    if text is None:
        return None
    known = {"true": True, "1": True, "false": False, "0": False}
    if text.lower() not in known:
        raise ValidationError({name: f"Write true or false, not {text!r}."})
    return known[text.lower()]


@extend_schema_view(
    list=extend_schema(
        parameters=FILTERS,
        responses=PolymorphicProxySerializer(
            component_name="ElectorOrGone",
            serializers=[ElectorSerializer, GoneSerializer],
            resource_type_field_name=None,
            many=True,
        ),
    )
)
class Electors(StandingResource):
    """Electors of the campaign's wards, by ward, district, postcode, number, standing.

    To keep a copy: read all pages once, then ask again with `changed_since` set to the
    `resume_from` of that answer. Such an answer also names electors who left, were
    hidden or were merged, as `{"id", "removed": true, "merged_into"}`. What electors
    say is no change of theirs: it comes from contacts, with `received_since`.
    """

    lookup_url_kwarg = "id"
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[ElectorStanding]:
        since = self.request.query_params.get("changed_since") if self.request else None
        if not since:
            return super().get_queryset()
        return self.reachable().filter(
            self.asked_for(),
            elector__changed_at__gt=instant_of(since, "changed_since"),
        )

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Of each kind one serializer: to make one takes longer than to use it."""
        page = self.paginate_queryset(self.get_queryset()) or []
        here, left = ElectorSerializer(), GoneSerializer()
        return self.get_paginated_response(
            [
                here.to_representation(row)
                if row.is_current
                else left.to_representation(gone(row))
                for row in page
            ]
        )

    @extend_schema(
        parameters=[OpenApiParameter("id", int, OpenApiParameter.PATH)],
        responses=ElectorSerializer,
    )
    def retrieve(self, request: Request, id: str, **kwargs: Any) -> Response:
        """One elector. The id of a merged one answers with the survivor."""
        row = self._current(int(id)) or self._survivor(int(id))
        if row is None:
            raise Http404
        return Response(ElectorSerializer(row).data)

    def _current(self, elector_id: int) -> ElectorStanding | None:
        return self.reachable().filter(is_current=True, elector_id=elector_id).first()

    def _survivor(self, elector_id: int) -> ElectorStanding | None:
        tombstone = Elector.objects.filter(
            pk=elector_id,
            organisation=self.campaign.organisation_id,
            merged_into__isnull=False,
        ).first()
        if tombstone is None or tombstone.merged_into_id is None:
            return None
        return self._current(tombstone.merged_into_id)


def gone(row: ElectorStanding) -> ElectorStanding:
    row.removed = True  # type: ignore[attr-defined]
    return row


def instant_of(text: str, field: str) -> datetime:
    """In UTC. Refused: what is no instant, or one that names no zone."""
    try:
        instant = parse_datetime(text.replace(" ", "+"))
        if instant is not None and is_aware(instant):
            return instant.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    message = "Write a date and time with its zone, such as 2024-04-23T10:00:00Z."
    raise ValidationError({field: message})


@extend_schema_view(list=extend_schema(parameters=PLEDGE_FILTERS))
class Pledges(StandingResource):
    """Electors whose pledge stands; `standing.voted_at` tells who has voted."""

    questions = names(PLEDGE_FILTERS)

    def get_queryset(self) -> QuerySet[ElectorStanding]:
        return super().get_queryset().filter(pledged=True)
