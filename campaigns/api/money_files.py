"""What files about money share: looked at, told of columns, and loaded, as jobs."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.mixins import RetrieveModelMixin
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from campaigns.access import jobs_for
from campaigns.api.base import CampaignResource
from campaigns.api.parsing import PlainJson, Strict
from campaigns.clock import now
from campaigns.forms.statements import MOST_BYTES
from campaigns.importers.money_columns import Columns
from campaigns.importers.money_uploads import is_kept
from campaigns.models import Job, JobState
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
    """Files from the upload until they are loaded; `kinds` are those of their jobs."""

    capability = Capability.RECORD_PAYMENTS
    write_capability = Capability.RECORD_PAYMENTS
    parser_classes = (MultiPartParser, PlainJson)
    queryset = Job.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"
    most_bytes = MOST_BYTES
    kinds: tuple[str, ...]

    def get_queryset(self) -> QuerySet[Job]:
        if self.is_described:
            return Job.objects.none()
        jobs = jobs_for(self.actor, Capability.RECORD_PAYMENTS, campaign=self.campaign)
        return jobs.filter(campaign=self.campaign, kind__in=self.kinds).select_related(
            "organisation", "campaign__organisation"
        )

    def start(self, act: Callable[..., Job]) -> Response:
        """The job that it starts, once for each key."""

        def make() -> Response:
            job = self.get_serializer(act(**self.written))
            return Response(job.data, status.HTTP_201_CREATED)

        return self.once(make)


def is_readable(job: Job, *, kind: str, counted: str) -> bool:
    """A check that came so far that its rows were `counted`, and whose file is kept."""
    is_done = job.kind == kind and job.state == JobState.DONE
    return is_done and counted in job.result and is_kept(job, at=now(job.organisation))


def only_one(attrs: dict[str, Any], one: str, other: str, refusal: str) -> None:
    """Refused where both were sent, or neither."""
    if (one in attrs) == (other in attrs):
        raise ValidationError(refusal)
