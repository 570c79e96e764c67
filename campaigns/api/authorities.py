"""Who may spend besides the agent, and what others do on campaigns of their own."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.actions.authorities import authorise_spending, revoke_authority
from campaigns.actions.outside_activities import (
    record_outside_activity,
    void_outside_activity,
)
from campaigns.api.base import CampaignResource
from campaigns.api.parsing import Strict, WhySerializer
from campaigns.models import AuthorityKind, OutsideActivity, SpendingAuthority
from campaigns.reports.spending_authorities import with_committed
from campaigns.roles import Capability
from campaigns.rules.money import to_the_penny


class AuthoritySerializer(serializers.ModelSerializer[SpendingAuthority]):
    """`left` is the cap less what was committed under it."""

    holder = serializers.CharField(read_only=True)
    left = serializers.SerializerMethodField()

    class Meta:
        model = SpendingAuthority
        fields = (
            "id",
            "kind",
            "holder",
            "address",
            "purpose",
            "cap",
            "left",
            "written_on",
            "until_on",
            "document",
            "recorded_at",
            "revoked_at",
            "revoke_reason",
        )

    def get_left(self, authority: SpendingAuthority) -> str:
        left = authority.cap - getattr(authority, "committed", Decimal("0.00"))
        return str(to_the_penny(left))


class NewAuthoritySerializer(Strict):
    """A paper that the agent signed, for somebody with no account."""

    kind = serializers.ChoiceField(
        [
            (kind.value, kind.label)
            for kind in (AuthorityKind.PETTY, AuthorityKind.CAMPAIGNER)
        ]
    )
    name = serializers.CharField(max_length=200)
    address = serializers.CharField(
        max_length=300, required=False, default="", allow_blank=True
    )
    purpose = serializers.CharField(max_length=300)
    cap = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0)
    written_on = serializers.DateField()
    until_on = serializers.DateField(required=False, allow_null=True)
    document = serializers.CharField(max_length=300)


class Authorities(ListModelMixin, RetrieveModelMixin, CampaignResource):
    """Written authorities. Only the agent gives and revokes them."""

    capability = Capability.SEE_MONEY
    write_capability = Capability.COMMIT_EXPENSE
    serializer_class = AuthoritySerializer
    queryset = SpendingAuthority.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[SpendingAuthority]:
        if self.is_described:
            return SpendingAuthority.objects.none()
        return with_committed(self.campaign)

    @extend_schema(request=NewAuthoritySerializer, responses={201: AuthoritySerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Give a written authority to pay petty expenses, or to campaign."""
        return self.once_for_good(self._give)

    def _give(self, source: str | None) -> Response:
        sent = self.read(NewAuthoritySerializer)
        given = authorise_spending(
            campaign=self.campaign,
            source=source,
            **self.written,
            **sent,
        )
        return Response(AuthoritySerializer(given).data, status.HTTP_201_CREATED)

    @extend_schema(request=WhySerializer, responses=AuthoritySerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, **kwargs: Any) -> Response:
        """End it now, with a reason; what was spent under it stays."""
        return self.once(self._revoke)

    def _revoke(self) -> Response:
        authority = self.get_object()
        revoke_authority(authority, **self.written, **self.read(WhySerializer))
        return Response(AuthoritySerializer(self.get_object()).data)


class OutsideActivitySerializer(serializers.ModelSerializer[OutsideActivity]):
    """It counts nothing here; `value` is what it costs them."""

    class Meta:
        model = OutsideActivity
        fields = (
            "id",
            "body",
            "description",
            "value",
            "reason",
            "recorded_at",
            "voided_at",
            "void_reason",
        )


class NewOutsideActivitySerializer(Strict):
    """What a body does of its own accord, and why it is not ours."""

    body = serializers.CharField(max_length=200)
    description = serializers.CharField(max_length=300)
    value = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0)
    reason = serializers.CharField(max_length=500)


class OutsideActivities(ListModelMixin, RetrieveModelMixin, CampaignResource):
    """What others do on campaigns of their own."""

    capability = Capability.SEE_MONEY
    write_capability = Capability.PROPOSE_EXPENSE
    serializer_class = OutsideActivitySerializer
    queryset = OutsideActivity.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[OutsideActivity]:
        if self.is_described:
            return OutsideActivity.objects.none()
        return OutsideActivity.objects.filter(
            organisation=self.campaign.organisation_id, campaign=self.campaign
        ).select_related("campaign")

    @extend_schema(
        request=NewOutsideActivitySerializer, responses={201: OutsideActivitySerializer}
    )
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Write one down; refused above what they may spend without authority."""
        return self.once_for_good(self._write_down)

    def _write_down(self, source: str | None) -> Response:
        sent = self.read(NewOutsideActivitySerializer)
        made = record_outside_activity(
            campaign=self.campaign,
            source=source,
            **self.written,
            **sent,
        )
        return Response(OutsideActivitySerializer(made).data, status.HTTP_201_CREATED)

    @extend_schema(request=WhySerializer, responses=OutsideActivitySerializer)
    @action(detail=True, methods=["post"])
    def void(self, request: Request, **kwargs: Any) -> Response:
        """Strike it out with a reason."""
        return self.once(self._void)

    def _void(self) -> Response:
        activity = self.get_object()
        why = self.read(WhySerializer)
        voided = void_outside_activity(activity, **self.written, **why)
        return Response(OutsideActivitySerializer(voided).data)
