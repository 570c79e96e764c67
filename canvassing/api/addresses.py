"""Addresses of a campaign's wards."""

from django.db.models import Exists, OuterRef, QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin

from campaigns.api.areas import WARD
from campaigns.api.base import CampaignResource
from campaigns.api.parsing import names
from campaigns.models import Address
from campaigns.roles import Capability
from campaigns.rules.postcodes import tidy_postcode
from canvassing.models import ElectorStanding


class AddressSerializer(serializers.ModelSerializer[Address]):
    class Meta:
        model = Address
        fields = (
            "id",
            "printed",
            "flat",
            "number",
            "street",
            "locality",
            "postcode",
            "uprn",
            "latitude",
            "longitude",
        )


FILTERS = [WARD, OpenApiParameter("postcode", str)]


@extend_schema_view(list=extend_schema(parameters=FILTERS))
class Addresses(ListModelMixin, CampaignResource):
    """Dwellings with somebody on the register, flats apart."""

    capability = Capability.SEE_ELECTORS
    questions = names(FILTERS)
    serializer_class = AddressSerializer
    queryset = Address.objects.none()

    def get_queryset(self) -> QuerySet[Address]:
        if self.is_described:
            return Address.objects.none()
        ward = self.ward_of_query()
        lived_in = ElectorStanding.objects.filter(
            organisation=self.campaign.organisation_id,
            campaign=self.campaign,
            address=OuterRef("pk"),
            ward_id__in=[ward.pk] if ward else self.ward_ids,
            is_current=True,
            is_anonymous=False,
        )
        rows = Address.objects.filter(
            Exists(lived_in), organisation=self.campaign.organisation_id
        )
        if postcode := self.request.query_params.get("postcode"):
            rows = rows.filter(postcode=tidy_postcode(postcode) or postcode)
        return rows
