"""Contacts: read the campaign's, and file new ones with a verdict for each."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.api.base import CampaignResource
from campaigns.api.idempotency import once
from campaigns.clock import now
from campaigns.roles import Capability
from canvassing.actions.contacts import ContactItem, record_contacts
from canvassing.api.electors import flag_of
from canvassing.models import Channel, Contact, ElectorStanding

MOST_AT_ONCE = 500


class ContactSerializer(serializers.ModelSerializer[Contact]):
    elector = serializers.IntegerField(source="elector_id")
    outcome = serializers.CharField(source="outcome.code")
    intention = serializers.CharField(source="intention.code", default=None)
    second_preference = serializers.CharField(
        source="second_preference.name", default=None
    )
    corrects = serializers.UUIDField(source="corrects.uuid", default=None)

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
            "effective_at",
            "time_is_doubtful",
            "corrects",
            "by_label",
        )


class NewContactSerializer(serializers.Serializer[Any]):
    """One attempt. Make `uuid` yourself: sent twice, it is filed once."""

    uuid = serializers.UUIDField()
    elector = serializers.IntegerField(help_text="id of the elector")
    outcome = serializers.CharField(help_text="outcome code of the campaign")
    intention = serializers.CharField(
        required=False, allow_null=True, help_text="intention code of the campaign"
    )
    pledge = serializers.BooleanField(required=False, allow_null=True, default=None)
    second_preference = serializers.IntegerField(
        required=False, allow_null=True, help_text="id of a candidate"
    )
    voted_last_time = serializers.CharField(
        required=False, allow_null=True, help_text="intention code of the campaign"
    )
    channel = serializers.ChoiceField(Channel.choices, default=Channel.DOOR)
    said_at = serializers.DateTimeField()
    note = serializers.CharField(required=False, default="", max_length=280)
    corrects = serializers.UUIDField(required=False, allow_null=True, default=None)


class NewContactsSerializer(serializers.Serializer[Any]):
    contacts = NewContactSerializer(many=True, max_length=MOST_AT_ONCE)


class VerdictSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField()
    verdict = serializers.ChoiceField(["filed", "already_filed", "held"])
    code = serializers.CharField()
    reason = serializers.CharField()


class VerdictsSerializer(serializers.Serializer[Any]):
    verdicts = VerdictSerializer(many=True)


@extend_schema_view(
    list=extend_schema(
        parameters=[
            OpenApiParameter("elector", int),
            OpenApiParameter(
                "corrected", bool, description="Also those put right since."
            ),
        ]
    )
)
class Contacts(ListModelMixin, CampaignResource):
    """Contacts are never changed: a correction is a new one that points back."""

    capability = Capability.SEE_ELECTORS
    write_capability = Capability.RECORD_CONTACTS
    serializer_class = ContactSerializer
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
        ).select_related("outcome", "intention", "second_preference", "corrects")
        if elector := query.get("elector"):
            if not elector.isdigit():
                raise ValidationError({"elector": "Write the elector's id, a number."})
            rows = rows.filter(elector_id=int(elector))
        if not flag_of(query.get("corrected")):
            rows = rows.filter(contact__isnull=True)
        return rows

    @extend_schema(request=NewContactsSerializer, responses=VerdictsSerializer)
    def create(self, request: Request, **kwargs: Any) -> Response:
        """File up to 500 contacts. What cannot be filed is held, never dropped."""
        return once(
            request,
            actor=self.actor,
            organisation_id=self.campaign.organisation_id,
            make=lambda: self._file(request),
        )

    def _file(self, request: Request) -> Response:
        sent = NewContactsSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        verdicts = record_contacts(
            [ContactItem(**item) for item in sent.validated_data["contacts"]],
            by=self.actor,
            at=now(self.campaign.organisation),
            campaign=self.campaign,
        )
        return Response({"verdicts": VerdictSerializer(verdicts, many=True).data})
