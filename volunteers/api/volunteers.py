"""Volunteers: who helps, as far as the caller's wards go."""

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin

from campaigns.api.areas import WARD
from campaigns.api.base import CampaignResource
from campaigns.api.parsing import names
from campaigns.roles import Capability
from volunteers.access import volunteers_for
from volunteers.models import Volunteer, VolunteerKind
from volunteers.reports.people import agreed_channels


class VolunteerSerializer(serializers.ModelSerializer[Volunteer]):
    ward = serializers.CharField(source="home_ward.gss", default=None)
    affiliate = serializers.CharField(source="affiliate.name", default=None)
    may_be_asked_by = serializers.SerializerMethodField()

    class Meta:
        model = Volunteer
        fields = (
            "id",
            "name",
            "email",
            "mobile",
            "postcode",
            "ward",
            "is_under_18",
            "kind",
            "branch",
            "affiliate",
            "would_do",
            "joined_on",
            "stood_down_at",
            "may_be_asked_by",
        )

    def get_may_be_asked_by(self, volunteer: Volunteer) -> list[str]:
        return [one.channel for one in volunteer.agreed]  # type: ignore[attr-defined]


FILTERS = [WARD, OpenApiParameter("kind", str, enum=VolunteerKind.values)]


@extend_schema_view(list=extend_schema(parameters=FILTERS))
class Volunteers(ListModelMixin, RetrieveModelMixin, CampaignResource):
    """The organisation's volunteers; a token for some wards sees those of its wards."""

    capability = Capability.MANAGE_VOLUNTEERS
    questions = names(FILTERS)
    serializer_class = VolunteerSerializer
    queryset = Volunteer.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Volunteer]:
        if self.is_described:
            return Volunteer.objects.none()
        rows = volunteers_for(self.actor, campaign=self.campaign)
        rows = rows.select_related("home_ward", "affiliate")
        if ward := self.ward_of_query():
            rows = rows.filter(home_ward=ward)
        if kind := self.request.query_params.get("kind"):
            rows = rows.filter(kind=kind)
        return agreed_channels(rows.defer("home_ward__boundary"))
