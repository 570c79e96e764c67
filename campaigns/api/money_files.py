"""What files about money share: looked at, told of columns, and loaded, as jobs."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.mixins import RetrieveModelMixin
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from campaigns.access import jobs_for
from campaigns.api.base import CampaignResource
from campaigns.api.parsing import PlainJson, Strict
from campaigns.forms.money_files import MOST_BYTES
from campaigns.importers.money_columns import Columns
from campaigns.importers.money_file_jobs import MoneyFileJobs
from campaigns.models import Job
from campaigns.roles import Capability


class ToldColumnsSerializer(Strict):
    """Our names of columns to the file's."""

    known: ClassVar[Columns]
    columns = serializers.DictField(
        child=serializers.CharField(max_length=500), required=False
    )

    def validate_columns(self, columns: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(columns.keys() - self.known.asked.keys()):
            raise ValidationError(f"There is no column {unknown[0]!r}.")
        return columns


class MoneyFiles(RetrieveModelMixin, CampaignResource):
    """Files of one kind from the upload until they are loaded."""

    capability = Capability.RECORD_PAYMENTS
    write_capability = Capability.RECORD_PAYMENTS
    parser_classes = (MultiPartParser, PlainJson)
    queryset = Job.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"
    most_bytes = MOST_BYTES
    files: MoneyFileJobs[Any, Any]

    def get_queryset(self) -> QuerySet[Job]:
        if self.is_described:
            return Job.objects.none()
        jobs = jobs_for(self.actor, Capability.RECORD_PAYMENTS, campaign=self.campaign)
        kinds = [self.files.check_kind, self.files.load_kind]
        return jobs.filter(campaign=self.campaign, kind__in=kinds).select_related(
            "organisation", "campaign__organisation"
        )

    def look_at(self, sent: type[Strict], start: Callable[..., Job]) -> Response:
        """The check of what was uploaded, and of whose it is."""

        def check(**written: Any) -> Job:
            told = self.read(sent)
            file, source = told.pop("file"), self.files.source_name
            if source in told:
                ours = self.files.sources_in(self.campaign)
                told[source] = get_object_or_404(ours, pk=told[source])
            told |= {"file_name": file.name, "campaign": self.campaign}
            return start(file.file, **told, **written)

        return self.start(check)

    def start(self, act: Callable[..., Job]) -> Response:
        """The job that it starts, once for each key."""

        def make() -> Response:
            job = self.get_serializer(act(**self.written))
            return Response(job.data, status.HTTP_201_CREATED)

        return self.once(make)


def only_one(attrs: dict[str, Any], one: str, other: str, refusal: str) -> None:
    """Refused where both were sent, or neither."""
    if (one in attrs) == (other in attrs):
        raise ValidationError(refusal)
