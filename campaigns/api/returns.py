"""The versions of the return and their files: people make, sign and file them."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.actions.return_files import RETURN_FILES, ask_for_return_files
from campaigns.api.base import CampaignResource
from campaigns.api.made_files import MadeFiles, MadeFilesSerializer
from campaigns.api.parsing import id_of, money, names
from campaigns.clock import now
from campaigns.models import ReturnDeclaration, ReturnVersion
from campaigns.reports.campaign_deadlines import campaign_deadlines
from campaigns.reports.return_changes import Change, SectionChanges, return_changes
from campaigns.reports.return_checks import Check, return_checks
from campaigns.reports.return_form import read_back
from campaigns.reports.return_versions import (
    BooksNow,
    ReturnStanding,
    return_versions,
)
from campaigns.reports.spending_return import spending_return
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


class ReturnCheckSerializer(serializers.Serializer[Check]):
    """What is not right, or not yet: `blocks` tells whether it keeps the return from
    being signed and filed. `key` names the row to look at, such as `expense:12`."""

    code = serializers.CharField()
    message = serializers.CharField()
    blocks = serializers.BooleanField()
    key = serializers.CharField()


class BooksSerializer(serializers.Serializer[Any]):
    """The return as it would be if it were made now; `content` is every section and
    line."""

    is_nil = serializers.BooleanField(source="made.is_nil")
    counted = money(source="made.counted")
    donated = money(source="made.donated")
    content = serializers.DictField(source="made.content")
    checks = ReturnCheckSerializer(many=True)


class ChangeSerializer(serializers.Serializer[Change]):
    """A line that was `added` or `removed`, or says something else now; `said` is, of
    each column that differs, its name, what stood there and what stands there now."""

    kind = serializers.CharField()
    what = serializers.CharField()
    said = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField())
    )


class SectionChangesSerializer(serializers.Serializer[SectionChanges]):
    code = serializers.CharField()
    title = serializers.CharField()
    changes = ChangeSerializer(many=True)


class ReturnChangesSerializer(serializers.Serializer[Any]):
    """`since` is the version itself where it is the first."""

    since = serializers.IntegerField()
    sections = SectionChangesSerializer(many=True)


class WholeReturnSerializer(ReturnSerializer):
    """With every section and line, whether the books still say the same, and what is to
    be looked at before it is signed and filed."""

    content = serializers.DictField()
    checks = ReturnCheckSerializer(many=True)
    books_changed = serializers.BooleanField()
    changed_later = serializers.BooleanField(
        help_text="whether days after it was handed in changed what the books say, "
        "such as a donation accepted since"
    )
    is_intact = serializers.BooleanField()

    class Meta(ReturnSerializer.Meta):
        fields = (  # type: ignore[assignment]
            *ReturnSerializer.Meta.fields,
            "books_changed",
            "changed_later",
            "is_intact",
            "checks",
            "content",
        )


class ReturnFilesSerializer(MadeFilesSerializer):
    """Files of one version that a worker makes, or has made when `state` is done."""

    version = serializers.IntegerField(source="parameters.version")
    for_inspection = serializers.BooleanField(
        source="parameters.for_inspection",
        default=False,
        help_text="A copy that anybody may look at, without the addresses of "
        "individual donors.",
    )

    class Meta(MadeFilesSerializer.Meta):
        fields = ("version", "for_inspection", *MadeFilesSerializer.Meta.fields)


SINCE = [OpenApiParameter("since", int, description="number of an earlier version")]


class Returns(ListModelMixin, CampaignResource):
    """Versions of the return, each frozen; the address names one by its number. They
    are made, signed and filed on the pages, never here."""

    capability = Capability.SEE_MONEY
    write_capability = Capability.SEE_MONEY
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
        books = BooksNow(self.campaign, found, now(self.campaign.organisation))
        found.books_changed = books.have_changed  # type: ignore[attr-defined]
        found.changed_later = bool(books.later_changes)  # type: ignore[attr-defined]
        found.is_intact = standing.is_intact  # type: ignore[attr-defined]
        found.checks = return_checks(  # type: ignore[attr-defined]
            self.campaign, standing.kept, at=books.at, deadlines=standing.deadlines
        )
        return Response(WholeReturnSerializer(found).data)

    @extend_schema(responses=BooksSerializer)
    @action(detail=False, pagination_class=None)
    def books(self, request: Request, **kwargs: Any) -> Response:
        """The return as the books stand now, with what is to be looked at."""
        at = now(self.campaign.organisation)
        deadlines = campaign_deadlines(self.campaign)
        made = spending_return(self.campaign, at=at, deadlines=deadlines)
        checks = return_checks(self.campaign, made, at=at, deadlines=deadlines)
        return Response(BooksSerializer({"made": made, "checks": checks}).data)

    @extend_schema(parameters=SINCE, responses=ReturnChangesSerializer)
    @action(detail=True, questions=names(SINCE), pagination_class=None)
    def changes(self, request: Request, version: str, **kwargs: Any) -> Response:
        """What differs from an earlier version, the one before it unless asked."""
        found = get_object_or_404(self.get_queryset(), version=version)
        earlier = self.get_queryset().filter(version__lt=found.version)
        if since := request.query_params.get("since"):
            before = get_object_or_404(earlier, version=id_of(since, "since"))
        else:
            before = earlier.first() or found
        sections = return_changes(read_back(before.content), read_back(found.content))
        told = {"since": before.version, "sections": sections}
        return Response(ReturnChangesSerializer(told).data)

    @extend_schema(request=None, responses={201: ReturnFilesSerializer})
    @action(detail=True, methods=["post"])
    def files(self, request: Request, version: str, **kwargs: Any) -> Response:
        """Have its files made: PDF, PDF with the receipts, workbook, and the tables in
        a zip. They are then under `return-files`."""
        return self._ask(version, for_inspection=False)

    @extend_schema(request=None, responses={201: ReturnFilesSerializer})
    @action(detail=True, methods=["post"], url_path="inspection-copy")
    def inspection_copy(
        self, request: Request, version: str, **kwargs: Any
    ) -> Response:
        """Have a copy for public inspection made, without the addresses of individual
        donors: PDF, workbook, and the tables in a zip; then under `return-files`."""
        return self._ask(version, for_inspection=True)

    def _ask(self, version: str, *, for_inspection: bool) -> Response:
        found = get_object_or_404(self.get_queryset(), version=version)

        def make() -> Response:
            job = ask_for_return_files(
                found, for_inspection=for_inspection, **self.written
            )
            return Response(ReturnFilesSerializer(job).data, status.HTTP_201_CREATED)

        return self.once(make)


class ReturnFiles(MadeFiles):
    """Files of versions of the return that were asked for, here or on the pages."""

    serializer_class = ReturnFilesSerializer
    kinds = (RETURN_FILES,)
