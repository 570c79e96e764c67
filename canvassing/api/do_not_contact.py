"""Wishes not to be contacted: read those that stand, and file new ones."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from drf_spectacular.utils import (
    OpenApiParameter,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.api.base import CampaignResource
from campaigns.api.parsing import Strict, id_of, names
from campaigns.clock import day_of
from campaigns.models import Elector
from campaigns.roles import Capability
from canvassing.actions.contact_context import BIGGEST_ID
from canvassing.actions.opt_outs import file_opt_outs
from canvassing.api.phones import DetailVerdictsSerializer, filed_answer
from canvassing.models import DoNotContact
from canvassing.reports.opt_outs import opt_outs_within
from canvassing.rules.opt_outs import (
    ALL,
    CHANNEL_NAMES,
    HOUSEHOLD,
    PERSON,
    OptOut,
)

MOST_AT_ONCE = 500
SCOPES = [PERSON, HOUSEHOLD]


class DoNotContactSerializer(serializers.ModelSerializer[DoNotContact]):
    """A wish that stands: of an elector, or of everybody at an address."""

    elector = serializers.IntegerField(source="elector_id", allow_null=True)
    address = serializers.IntegerField(source="address_id", allow_null=True)
    channel = serializers.SerializerMethodField()
    for_good = serializers.SerializerMethodField(
        help_text="Or in this campaign's election only."
    )
    said_on = serializers.SerializerMethodField()

    class Meta:
        model = DoNotContact
        fields = (
            "id",
            "scope",
            "elector",
            "address",
            "channel",
            "for_good",
            "said_on",
            "source",
            "by_label",
        )

    @extend_schema_field(serializers.ChoiceField(CHANNEL_NAMES))
    def get_channel(self, wish: DoNotContact) -> str:
        return wish.channel or ALL

    def get_for_good(self, wish: DoNotContact) -> bool:
        return wish.campaign_id is None

    def get_said_on(self, wish: DoNotContact) -> date:
        return day_of(wish.said_at)


class NewDoNotContactSerializer(Strict):
    """A wish of an elector, or of the household in which this elector lives."""

    uuid = serializers.UUIDField()
    elector = serializers.IntegerField(
        source="elector_id", min_value=1, max_value=BIGGEST_ID
    )
    scope = serializers.ChoiceField(SCOPES, default=PERSON)
    channel = serializers.ChoiceField(CHANNEL_NAMES, default=ALL)
    for_good = serializers.BooleanField(default=True)
    said_on = serializers.DateField(
        default=None, allow_null=True, help_text="Null: nobody knows; it counts as now."
    )
    source = serializers.CharField(  # type: ignore[assignment]
        max_length=100, help_text="Where it is from."
    )


class NewDoNotContactsSerializer(Strict):
    wishes = serializers.ListField(
        child=NewDoNotContactSerializer(), max_length=MOST_AT_ONCE
    )


FILTERS = [
    OpenApiParameter("elector", int, description="Also of their household."),
]


@extend_schema_view(list=extend_schema(parameters=FILTERS))
class DoNotContacts(ListModelMixin, CampaignResource):
    """Who asked not to be contacted, as far as the caller sees electors."""

    capability = Capability.SEE_ELECTORS
    write_capability = Capability.SEE_ELECTORS
    questions = names(FILTERS)
    serializer_class = DoNotContactSerializer
    queryset = DoNotContact.objects.none()

    def get_queryset(self) -> QuerySet[DoNotContact]:
        if self.is_described:
            return DoNotContact.objects.none()
        rows = opt_outs_within(by=self.actor, campaign=self.campaign)
        if elector := self.request.query_params.get("elector"):
            theirs = id_of(elector, "elector")
            home = Elector.objects.of(self.campaign.organisation_id).filter(pk=theirs)
            rows = rows.filter(
                Q(elector=theirs) | Q(address__in=home.values("address"))
            )
        return rows

    @extend_schema(
        request=NewDoNotContactsSerializer, responses=DetailVerdictsSerializer
    )
    def create(self, request: Request, **kwargs: Any) -> Response:
        """File up to 500, each once: a wish that stands is `already_filed`, whatever
        its uuid. What cannot be filed is answered `refused`, with its reason, and is
        for you to put right: it is not kept."""
        return self.once(self._file)

    def _file(self) -> Response:
        sent = self.read(NewDoNotContactsSerializer)
        verdicts = file_opt_outs(
            [_item(said) for said in sent["wishes"]],
            **self.written,
            campaign=self.campaign,
        )
        return filed_answer(verdicts)


def _item(said: dict[str, Any]) -> OptOut:
    channel = said["channel"]
    return OptOut(**{**said, "channel": "" if channel == ALL else channel})
