"""Contacts: read the campaign's, and file new ones with a verdict for each."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.api.base import CampaignResource
from campaigns.api.pagination import ChangePages
from campaigns.api.parsing import Strict, id_of, names
from campaigns.roles import Capability
from canvassing.actions.contact_context import BIGGEST_ID
from canvassing.actions.contacts import record_contacts
from canvassing.api.electors import flag_of, instant_of
from canvassing.models import Channel, Contact, ElectorStanding
from canvassing.rules.contacts import (
    NOTE_LENGTH,
    Answer,
    ContactItem,
    answers_given,
)

MOST_AT_ONCE = 500


class ContactSerializer(serializers.ModelSerializer[Contact]):
    elector = serializers.IntegerField(source="elector_id")
    outcome = serializers.CharField(source="outcome.code", default=None)
    intention = serializers.CharField(source="intention.code", default=None)
    second_preference = serializers.CharField(
        source="second_preference.name", default=None
    )

    class Meta:
        model = Contact
        fields = (
            "uuid",
            "elector",
            "channel",
            "outcome",
            "intention",
            "pledge",
            "second_preference",
            "said_at",
            "received_at",
            "effective_at",
            "time_is_doubtful",
            "corrects",
            "by_label",
            "spoke",
            "session",
        )


class NewContactSerializer(Strict):
    """One attempt. Make `uuid` yourself: sent twice, it is filed once."""

    uuid = serializers.UUIDField()
    elector = serializers.IntegerField(
        source="elector_id", min_value=1, help_text="id of the elector"
    )
    outcome = serializers.CharField(
        allow_blank=True,
        help_text="Outcome code; empty in a correction that takes a contact back.",
    )
    intention = serializers.CharField(default="", allow_blank=True)
    pledge = serializers.BooleanField(default=None, allow_null=True)
    second_preference = serializers.IntegerField(
        source="second_preference_id",
        default=None,
        allow_null=True,
        help_text="id of a candidate",
    )
    voted_last_time = serializers.CharField(default="", allow_blank=True)
    channel = serializers.ChoiceField(Channel.choices, default=Channel.DOOR)
    said_at = serializers.DateTimeField()
    note = serializers.CharField(default="", allow_blank=True, max_length=NOTE_LENGTH)
    corrects = serializers.UUIDField(default=None, allow_null=True)
    spoke = serializers.IntegerField(
        source="spoke_id",
        default=None,
        allow_null=True,
        min_value=1,
        max_value=BIGGEST_ID,
        help_text="id of the volunteer who spoke, if not who records",
    )
    session = serializers.IntegerField(
        source="session_id",
        default=None,
        allow_null=True,
        min_value=1,
        max_value=BIGGEST_ID,
        help_text="id of the session it belongs to",
    )
    posted = serializers.BooleanField(
        default=None,
        allow_null=True,
        help_text="Whether they say that their postal vote is sent.",
    )
    script = serializers.IntegerField(
        source="script_id",
        default=None,
        allow_null=True,
        min_value=1,
        max_value=BIGGEST_ID,
        help_text="id of the script that was followed",
    )
    answers = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(max_length=40)),
        default=dict,
        help_text="Codes of the answers chosen, by the key of the question.",
    )
    consent = serializers.CharField(
        default="",
        allow_blank=True,
        help_text="Version of the wording by which they agreed that we keep their"
        " views; asked for where the organisation is no registered party.",
    )


class NewContactsSerializer(Strict):
    contacts = serializers.ListField(
        child=NewContactSerializer(), max_length=MOST_AT_ONCE
    )


VERDICTS = [answer.value for answer in Answer]


class VerdictSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField()
    verdict = serializers.ChoiceField(VERDICTS, source="answer")
    code = serializers.CharField()
    reason = serializers.CharField()


class VerdictsSerializer(serializers.Serializer[Any]):
    verdicts = VerdictSerializer(many=True)


FILTERS = [
    OpenApiParameter("elector", int),
    OpenApiParameter(
        "received_since",
        datetime,
        description="Reached us after this: the `resume_from` of your last"
        " answer. They come in the order of filing.",
    ),
    OpenApiParameter("corrected", bool, description="Also those put right since."),
]


@extend_schema_view(list=extend_schema(parameters=FILTERS))
class Contacts(ListModelMixin, CampaignResource):
    """Contacts are never changed: a correction is a new one that points back."""

    capability = Capability.SEE_ELECTORS
    write_capability = Capability.RECORD_CONTACTS
    questions = names(FILTERS)
    serializer_class = ContactSerializer
    pagination_class = ChangePages
    queryset = Contact.objects.none()

    def get_queryset(self) -> QuerySet[Contact]:
        if self.is_described:
            return Contact.objects.none()
        query = self.request.query_params
        here = ElectorStanding.objects.filter(
            organisation=self.campaign.organisation_id,
            campaign=self.campaign,
            ward_id__in=self.ward_ids,
            is_current=True,
        )
        rows = Contact.objects.filter(
            organisation=self.campaign.organisation_id,
            campaign=self.campaign,
            elector_id__in=here.values("elector_id"),
        ).select_related("outcome", "intention", "second_preference")
        corrections = Contact.objects.filter(
            organisation=self.campaign.organisation_id, corrects=OuterRef("uuid")
        )
        if elector := query.get("elector"):
            rows = rows.filter(elector_id=id_of(elector, "elector"))
        if since := query.get("received_since"):
            rows = rows.filter(received_at__gt=instant_of(since, "received_since"))
        if not flag_of(query, "corrected"):
            rows = rows.exclude(Exists(corrections))
        return rows

    @extend_schema(request=NewContactsSerializer, responses=VerdictsSerializer)
    def create(self, request: Request, **kwargs: Any) -> Response:
        """File up to 500 contacts. What cannot be filed is held, never dropped."""
        return self.once(self._file)

    def _file(self) -> Response:
        sent = self.read(NewContactsSerializer)
        verdicts = record_contacts(
            [_item(said) for said in sent["contacts"]],
            **self.written,
            campaign=self.campaign,
        )
        return Response({"verdicts": VerdictSerializer(verdicts, many=True).data})


def _item(said: dict[str, Any]) -> ContactItem:
    return ContactItem(**said | {"answers": answers_given(said["answers"])})
