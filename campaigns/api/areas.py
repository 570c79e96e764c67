"""Councils, wards, elections, and an organisation's polling districts."""

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin

from campaigns.api.base import CampaignResource, Resource
from campaigns.api.parsing import names
from campaigns.models import Council, Election, PollingDistrict, Ward
from campaigns.roles import Capability

WARD = OpenApiParameter("ward", str, description="Only this ward, by GSS code.")


class CouncilSerializer(serializers.ModelSerializer[Council]):
    class Meta:
        model = Council
        fields = ("gss", "name")


class WardSerializer(serializers.ModelSerializer[Ward]):
    council = serializers.CharField(source="council.gss")

    class Meta:
        model = Ward
        fields = (
            "gss",
            "name",
            "council",
            "in_force_from",
            "in_force_until",
            "latitude",
            "longitude",
        )


class ElectionSerializer(serializers.ModelSerializer[Election]):
    id = serializers.CharField(source="slug")

    class Meta:
        model = Election
        fields = ("id", "name", "kind", "poll_on", "nation", "voting_system", "seats")


class PollingDistrictSerializer(serializers.ModelSerializer[PollingDistrict]):
    council = serializers.CharField(source="council.gss")
    ward = serializers.CharField(source="ward.gss", allow_null=True)

    class Meta:
        model = PollingDistrict
        fields = ("id", "code", "name", "council", "ward", "ward_source")


class Councils(ListModelMixin, RetrieveModelMixin, Resource):
    """Councils, by GSS code."""

    capability = Capability.SEE_CAMPAIGN
    serializer_class = CouncilSerializer
    queryset = Council.objects.all()
    lookup_field = "gss"


class Elections(ListModelMixin, RetrieveModelMixin, Resource):
    """Elections, by their public id such as `mayor.west-midlands.2024-05-02`."""

    capability = Capability.SEE_CAMPAIGN
    serializer_class = ElectionSerializer
    queryset = Election.objects.all()
    lookup_field = "slug"
    lookup_url_kwarg = "id"
    lookup_value_regex = r"[\w.-]+"


class Wards(ListModelMixin, RetrieveModelMixin, CampaignResource):
    """The campaign's wards that the caller reaches."""

    capability = Capability.SEE_CAMPAIGN
    serializer_class = WardSerializer
    queryset = Ward.objects.none()
    lookup_field = "gss"

    def get_queryset(self) -> QuerySet[Ward]:
        if self.is_described:
            return Ward.objects.none()
        wards = Ward.objects.filter(pk__in=self.ward_ids)
        return wards.select_related("council").defer("boundary")


@extend_schema_view(list=extend_schema(parameters=[WARD]))
class PollingDistricts(ListModelMixin, CampaignResource):
    """The current polling districts of the campaign's wards."""

    capability = Capability.SEE_CAMPAIGN
    questions = names([WARD])
    serializer_class = PollingDistrictSerializer
    queryset = PollingDistrict.objects.none()

    def get_queryset(self) -> QuerySet[PollingDistrict]:
        if self.is_described:
            return PollingDistrict.objects.none()
        ward = self.ward_of_query()
        districts = PollingDistrict.objects.filter(
            organisation=self.campaign.organisation_id,
            until_edition__isnull=True,
            ward_id__in=[ward.pk] if ward else self.ward_ids,
        )
        return districts.select_related("council", "ward").defer("ward__boundary")
