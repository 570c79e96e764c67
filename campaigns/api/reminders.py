"""Of which deadlines who is reminded, and when."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.api.base import CampaignResource
from campaigns.clock import now
from campaigns.reports.deadlines_to_remind import (
    Notice,
    coming_notices,
    not_sent,
    readers,
)
from campaigns.roles import Capability


class ReaderSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(source="user.name")
    roles = serializers.ListField(child=serializers.CharField())
    is_off = serializers.BooleanField(help_text="they switched reminders off")


class ComingNoticeSerializer(serializers.Serializer[Any]):
    """One e-mail to come, as things stand; `code` is that of the deadline."""

    goes_on = serializers.DateField()
    days_before = serializers.IntegerField()
    code = serializers.CharField(source="due.code")
    name = serializers.CharField(source="due.label")
    day = serializers.DateField(source="due.day")
    to = serializers.SerializerMethodField(help_text="names")

    def get_to(self, notice: Notice) -> list[str]:
        return [reader.user.name for reader in notice.readers]


class RemindersSerializer(serializers.Serializer[Any]):
    """`not_sent` is how many the mail server did not take so far."""

    not_sent = serializers.IntegerField()
    people = ReaderSerializer(many=True)
    coming = ComingNoticeSerializer(many=True)


class Reminders(CampaignResource):
    """Reminders of deadlines by e-mail."""

    capability = Capability.SEE_MONEY
    serializer_class = RemindersSerializer

    @extend_schema(responses=RemindersSerializer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        at = now(self.campaign.organisation)
        found = {
            "not_sent": not_sent(self.campaign),
            "people": readers(self.campaign, at=at),
            "coming": coming_notices(self.campaign, at=at),
        }
        return Response(RemindersSerializer(found).data)
