"""The campaign's codes: what a contact may say, and what each means."""

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin

from campaigns.api.base import CampaignResource
from campaigns.api.pagination import CursorPages
from campaigns.roles import Capability
from canvassing.models import IntentionCode, OutcomeCode


class OutcomeCodeSerializer(serializers.ModelSerializer[OutcomeCode]):
    class Meta:
        model = OutcomeCode
        fields = ("code", "label", "kind", "counts_as_spoken")


class IntentionCodeSerializer(serializers.ModelSerializer[IntentionCode]):
    candidate = serializers.IntegerField(source="candidate_id", allow_null=True)

    class Meta:
        model = IntentionCode
        fields = (
            "code",
            "label",
            "kind",
            "candidate",
            "party",
            "strength",
            "counts_as_spoken",
            "counts_as_pledge",
        )


class CodePages(CursorPages):
    ordering = ("position", "pk")


class Outcomes(ListModelMixin, CampaignResource):
    """What may come of an attempt: the `outcome` of a contact. Codes in use."""

    capability = Capability.RECORD_CONTACTS
    pagination_class = CodePages
    serializer_class = OutcomeCodeSerializer
    queryset = OutcomeCode.objects.none()

    def get_queryset(self) -> QuerySet[OutcomeCode]:
        if self.is_described:
            return OutcomeCode.objects.none()
        return self.campaign.outcome_codes.filter(retired_at__isnull=True)


class Intentions(ListModelMixin, CampaignResource):
    """What electors say: the `intention` and `voted_last_time` of a contact."""

    capability = Capability.RECORD_CONTACTS
    pagination_class = CodePages
    serializer_class = IntentionCodeSerializer
    queryset = IntentionCode.objects.none()

    def get_queryset(self) -> QuerySet[IntentionCode]:
        if self.is_described:
            return IntentionCode.objects.none()
        return self.campaign.intention_codes.filter(retired_at__isnull=True)
