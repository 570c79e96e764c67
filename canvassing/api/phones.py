"""Phone banks to be read, and numbers and e-mail addresses to be filed."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.api.base import CampaignResource
from campaigns.api.parsing import Strict
from campaigns.roles import Capability
from canvassing.access import banks_for
from canvassing.actions.contact_context import BIGGEST_ID
from canvassing.actions.contact_details import file_contact_details
from canvassing.api.contacts import VerdictSerializer
from canvassing.models import PhoneBank, QueuedCall, QueueState
from canvassing.rules.contact_details import (
    CALLS,
    CHANNELS,
    EMAILS,
    TEXTS,
    ContactDetailItem,
)
from canvassing.rules.contacts import Answer, Verdict

MOST_AT_ONCE = 500


class PhoneBankSerializer(serializers.ModelSerializer[PhoneBank]):
    name = serializers.CharField(source="session.name")
    list = serializers.IntegerField(source="gotv_list_id", allow_null=True)
    starts_at = serializers.DateTimeField(source="session.starts_at")
    ends_at = serializers.DateTimeField(source="session.ends_at", allow_null=True)
    to_call = serializers.IntegerField()
    called = serializers.IntegerField()

    class Meta:
        model = PhoneBank
        fields = (
            "id",
            "name",
            "list",
            "whom_to_call",
            "is_open",
            "starts_at",
            "ends_at",
            "calls_from",
            "calls_until",
            "to_call",
            "called",
        )


class PhoneBanks(ListModelMixin, RetrieveModelMixin, CampaignResource):
    """Phone banks, with how many are to be called and how many calls are done. No
    numbers: those are shown to one caller at a time."""

    capability = Capability.MANAGE_CAMPAIGN
    serializer_class = PhoneBankSerializer
    queryset = PhoneBank.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[PhoneBank]:
        if self.is_described:
            return PhoneBank.objects.none()
        return banks_for(self.actor, campaign=self.campaign).annotate(
            to_call=_count(QueueState.WAITING),
            called=_count(QueueState.DONE, QueueState.TRIED_OUT),
        )


def _count(*states: QueueState) -> Coalesce:
    calls = (
        QueuedCall.objects.filter(
            organisation=OuterRef("organisation"), bank=OuterRef("pk")
        )
        .filter(state__in=states)
        .order_by()
        .values("bank")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(calls, output_field=IntegerField()), 0)


class NewContactDetailSerializer(Strict):
    """One number or e-mail address. `channels` are those that the person agreed to, in
    the words of `wording`."""

    uuid = serializers.UUIDField()
    elector = serializers.IntegerField(
        source="elector_id", min_value=1, max_value=BIGGEST_ID
    )
    what = serializers.ChoiceField(sorted(CHANNELS))
    value = serializers.CharField(max_length=254)
    source = serializers.CharField(  # type: ignore[assignment]
        max_length=100, help_text="Where it is from."
    )
    obtained_on = serializers.DateField()
    said_at = serializers.DateTimeField(help_text="When they agreed.")
    channels = serializers.ListField(
        child=serializers.ChoiceField((CALLS, TEXTS, EMAILS)), default=list
    )
    wording = serializers.CharField(default="", allow_blank=True, max_length=300)
    notice = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=300,
        help_text="The privacy notice that they were given.",
    )
    notice_given_on = serializers.DateField(default=None, allow_null=True)


class NewContactDetailsSerializer(Strict):
    contact_details = serializers.ListField(
        child=NewContactDetailSerializer(), max_length=MOST_AT_ONCE
    )


class DetailAnswer(StrEnum):
    """What became of a number or address: none is held for a person to see."""

    FILED = "filed"
    ALREADY_FILED = "already_filed"
    REFUSED = "refused"


DETAIL_VERDICTS = [answer.value for answer in DetailAnswer]


class DetailVerdictSerializer(VerdictSerializer):
    verdict = serializers.ChoiceField(DETAIL_VERDICTS, source="answer")


class DetailVerdictsSerializer(serializers.Serializer[Any]):
    verdicts = DetailVerdictSerializer(many=True)


def filed_answer(verdicts: Iterable[Verdict]) -> Response:
    """What is held elsewhere is refused here: it is not kept."""
    answers = [_answer(verdict) for verdict in verdicts]
    return Response(DetailVerdictsSerializer({"verdicts": answers}).data)


class ContactDetails(CampaignResource):
    """Numbers and e-mail addresses are written and never read back."""

    capability = Capability.RECORD_CONTACTS
    write_capability = Capability.RECORD_CONTACTS
    serializer_class = NewContactDetailsSerializer
    pagination_class = None

    @extend_schema(
        request=NewContactDetailsSerializer, responses=DetailVerdictsSerializer
    )
    def create(self, request: Request, **kwargs: Any) -> Response:
        """File up to 500. What cannot be filed is answered `refused`, with its reason,
        and is for you to put right: it is not kept."""
        return self.once(self._file)

    def _file(self) -> Response:
        sent = self.read(NewContactDetailsSerializer)
        verdicts = file_contact_details(
            [_item(item) for item in sent["contact_details"]],
            **self.written,
            campaign=self.campaign,
        )
        return filed_answer(verdicts)


def _answer(verdict: Verdict) -> dict[str, Any]:
    held = verdict.answer is Answer.HELD
    return {
        "uuid": verdict.uuid,
        "answer": DetailAnswer.REFUSED if held else DetailAnswer(verdict.answer),
        "code": verdict.code,
        "reason": verdict.reason,
    }


def _item(sent: dict[str, Any]) -> ContactDetailItem:
    return ContactDetailItem(**{**sent, "channels": frozenset(sent["channels"])})
