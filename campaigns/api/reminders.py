"""Of which deadlines who is reminded, and when."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.actions.deadline_reminders import switch_reminders, try_again
from campaigns.api.base import CampaignResource
from campaigns.api.parsing import Strict
from campaigns.clock import now
from campaigns.models import User
from campaigns.reports.deadlines_to_remind import (
    Notice,
    coming_notices,
    not_sent,
    readers,
)
from campaigns.roles import Capability


class ReaderSerializer(serializers.Serializer[Any]):
    user = serializers.IntegerField(source="user.pk", help_text="their id")
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


class SwitchSerializer(Strict):
    """Whether one of the `people` gets reminders."""

    user = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    on = serializers.BooleanField()


class TriedAgainSerializer(serializers.Serializer[Any]):
    reminders = serializers.IntegerField(help_text="how many will be sent anew")


class Reminders(CampaignResource):
    """Reminders of deadlines by e-mail."""

    capability = Capability.SEE_MONEY
    write_capability = Capability.SEE_MONEY
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

    @extend_schema(request=SwitchSerializer, responses=RemindersSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Switch somebody's reminders on or off: one's own, or, as the agent, those of
        anybody who is written to."""
        sent = self.read(SwitchSerializer)
        user = get_object_or_404(User, pk=sent["user"])
        switch_reminders(self.campaign, user=user, on=sent["on"], **self.written)
        return self.retrieve(request)


class RemindersNotSent(CampaignResource):
    """What the mail server did not take. Only the agent, signed in; never a token."""

    write_capability = Capability.DECLARE_MONEY

    @extend_schema(request=None, responses=TriedAgainSerializer)
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Try for another day to send it."""
        count = try_again(self.campaign, **self.written)
        return Response({"reminders": count})
