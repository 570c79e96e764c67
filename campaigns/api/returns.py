"""The versions of the return, to read: people make, sign and file them."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.api.base import CampaignResource
from campaigns.models import ReturnDeclaration, ReturnVersion
from campaigns.reports.return_versions import ReturnStanding, return_versions
from campaigns.roles import Capability


class DeclarationSerializer(serializers.ModelSerializer[ReturnDeclaration]):
    """Who signed which words, and when."""

    class Meta:
        model = ReturnDeclaration
        fields = ("declarant", "name", "wording", "source", "mark", "signed_at")


class ReturnSerializer(serializers.ModelSerializer[ReturnVersion]):
    """One version. `counted` and `donated` are pounds; `sha256` is of `content`."""

    corrects = serializers.IntegerField(
        source="corrects.version", allow_null=True, default=None
    )
    declarations = DeclarationSerializer(many=True, read_only=True)

    class Meta:
        model = ReturnVersion
        fields = (
            "id",
            "version",
            "state",
            "is_nil",
            "counted",
            "donated",
            "sha256",
            "made_at",
            "corrects",
            "correction",
            "filed_on",
            "filed_how",
            "declaration_follows",
            "declarations",
        )


class WholeReturnSerializer(ReturnSerializer):
    """With every section and line, and whether the books still say the same."""

    content = serializers.DictField()
    books_changed = serializers.BooleanField()
    is_intact = serializers.BooleanField()

    class Meta(ReturnSerializer.Meta):
        fields = (  # type: ignore[assignment]
            *ReturnSerializer.Meta.fields,
            "books_changed",
            "is_intact",
            "content",
        )


class Returns(ListModelMixin, CampaignResource):
    """Versions of the return, each frozen; the address names one by its number."""

    capability = Capability.SEE_MONEY
    serializer_class = ReturnSerializer
    queryset = ReturnVersion.objects.none()
    lookup_field = "version"
    lookup_value_regex = r"[0-9]{1,4}"

    def get_queryset(self) -> QuerySet[ReturnVersion]:
        if self.is_described:
            return ReturnVersion.objects.none()
        return return_versions(self.campaign)

    @extend_schema(responses=WholeReturnSerializer)
    def retrieve(self, request: Request, version: str, **kwargs: Any) -> Response:
        found = get_object_or_404(self.get_queryset(), version=version)
        standing = ReturnStanding(self.campaign, found)
        found.books_changed = standing.books_changed  # type: ignore[attr-defined]
        found.is_intact = standing.is_intact  # type: ignore[attr-defined]
        return Response(WholeReturnSerializer(found).data)
