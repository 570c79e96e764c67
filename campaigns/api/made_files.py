"""Papers of the accounts that a worker makes: asked for, and their files taken."""

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
from campaigns.actions.receipt_bundles import RECEIPTS_BUNDLE, ask_for_receipts_bundle
from campaigns.actions.spending_reports import SPENDING_REPORT, ask_for_spending_report
from campaigns.api.base import CampaignResource
from campaigns.api.parsing import Strict
from campaigns.clock import now
from campaigns.models import Job, StoredFile
from campaigns.roles import Capability
from campaigns.views.files import file_answer

ASK = {
    SPENDING_REPORT: ask_for_spending_report,
    RECEIPTS_BUNDLE: ask_for_receipts_bundle,
}
PAPERS = list(ASK)


class KeptFileSerializer(serializers.ModelSerializer[StoredFile]):
    """Taken at `files/<id>/` under the address of what made it; null `expires_at`: it
    is kept."""

    class Meta:
        model = StoredFile
        fields = ("id", "name", "content_type", "size", "sha256", "expires_at")


class MadeFilesSerializer(serializers.ModelSerializer[Job]):
    """Files that a worker makes, or has made when `state` is done."""

    files = KeptFileSerializer(many=True)

    class Meta:
        model = Job
        fields: tuple[str, ...] = ("id", "state", "message", "asked_at", "files")


class MadeFiles(ListModelMixin, RetrieveModelMixin, CampaignResource):
    """Files of the accounts of these kinds of jobs."""

    capability = Capability.SEE_MONEY
    queryset = Job.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"
    kinds: tuple[str, ...]

    def get_queryset(self) -> QuerySet[Job]:
        if self.is_described:
            return Job.objects.none()
        jobs = jobs_for(self.actor, Capability.SEE_MONEY, campaign=self.campaign)
        ours = jobs.filter(campaign=self.campaign, kind__in=self.kinds)
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


class PaperSerializer(MadeFilesSerializer):
    """The spending report as HTML, PDF and CSV, or all receipts in one PDF."""

    kind = serializers.ChoiceField(PAPERS)

    class Meta(MadeFilesSerializer.Meta):
        fields = ("kind", *MadeFilesSerializer.Meta.fields)


class NewPaperSerializer(Strict):
    kind = serializers.ChoiceField(PAPERS)


class Papers(MadeFiles):
    """Papers that were asked for, here or on the pages. Those of a version of the
    return are under `return-files`."""

    write_capability = Capability.SEE_MONEY
    serializer_class = PaperSerializer
    kinds = tuple(PAPERS)

    @extend_schema(request=NewPaperSerializer, responses={201: PaperSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Have one made. Refused: the receipts where there are none."""
        return self.once(self._ask)

    def _ask(self) -> Response:
        ask = ASK[self.read(NewPaperSerializer)["kind"]]
        job = ask(campaign=self.campaign, **self.written)
        return Response(PaperSerializer(job).data, status.HTTP_201_CREATED)
