"""The versions of the return and their files: people make, sign and file them."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.access import files_for, jobs_for
from campaigns.actions.files import still_kept
from campaigns.actions.return_files import RETURN_FILES, ask_for_return_files
from campaigns.api.base import CampaignResource
from campaigns.clock import now
from campaigns.models import Job, ReturnDeclaration, ReturnVersion, StoredFile
from campaigns.reports.return_versions import (
    BooksNow,
    ReturnStanding,
    return_versions,
)
from campaigns.roles import Capability
from campaigns.views.files import file_answer


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
            "content",
        )


class KeptFileSerializer(serializers.ModelSerializer[StoredFile]):
    """Taken at `files/<id>/` under the address of what made it; null `expires_at`: it
    is kept."""

    class Meta:
        model = StoredFile
        fields = ("id", "name", "content_type", "size", "sha256", "expires_at")


class ReturnFilesSerializer(serializers.ModelSerializer[Job]):
    """Files of one version that a worker makes, or has made when `state` is done."""

    version = serializers.IntegerField(source="parameters.version")
    for_inspection = serializers.BooleanField(
        source="parameters.for_inspection",
        default=False,
        help_text="A copy that anybody may look at, without the addresses of "
        "individual donors.",
    )
    files = KeptFileSerializer(many=True)

    class Meta:
        model = Job
        fields = (
            "id",
            "version",
            "for_inspection",
            "state",
            "message",
            "asked_at",
            "files",
        )


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
        return Response(WholeReturnSerializer(found).data)

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


class ReturnFiles(ListModelMixin, RetrieveModelMixin, CampaignResource):
    """Files of versions of the return that were asked for, here or on the pages."""

    capability = Capability.SEE_MONEY
    serializer_class = ReturnFilesSerializer
    queryset = Job.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Job]:
        if self.is_described:
            return Job.objects.none()
        jobs = jobs_for(self.actor, Capability.SEE_MONEY, campaign=self.campaign)
        ours = jobs.filter(campaign=self.campaign, kind=RETURN_FILES)
        at = now(self.campaign.organisation)
        kept = still_kept(StoredFile.objects.all(), at=at)
        return ours.prefetch_related(Prefetch("files", kept))

    @extend_schema(
        parameters=[OpenApiParameter("file", int, OpenApiParameter.PATH)],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    @action(detail=True, url_path=r"files/(?P<file>[0-9]{1,18})", url_name="file")
    def take(self, request: Request, file: str, **kwargs: Any) -> FileResponse:
        """One of the files; that it was taken is written down."""
        theirs = files_for(self.actor).filter(job=self.get_object())
        return file_answer(get_object_or_404(theirs, pk=file), by=self.actor)
