"""Donations, each with what was looked at of its donor."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.actions.donations import (
    accept_donation,
    receive_donation,
    record_donation,
    return_donation,
    void_donation,
)
from campaigns.actions.donor_addresses import complete_donor
from campaigns.actions.donor_evidence import record_evidence
from campaigns.actions.gifts_in_kind import return_gift
from campaigns.api.base import CampaignResource
from campaigns.api.parsing import Strict, WhySerializer
from campaigns.models import Donation, DonationEvidence, DonorKind
from campaigns.reports.donation_position import donation_standing
from campaigns.roles import Capability


class EvidenceSerializer(serializers.ModelSerializer[DonationEvidence]):
    """One thing that was looked at, and what it said."""

    class Meta:
        model = DonationEvidence
        fields = ("code", "found", "looked_on")


class DonationSerializer(serializers.ModelSerializer[Donation]):
    """`received_on` is null while it is only promised: then it is no money.

    `decide_by` is the last day to give it back, null where nothing is to be decided;
    `missing` names what must be looked at before it may be accepted. `kept_since` is
    the day, perhaps to come, from which the law takes it as accepted, also where it was
    paid back later; null where it never does.
    """

    evidence = EvidenceSerializer(many=True, read_only=True)
    decide_by = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField()

    class Meta:
        model = Donation
        fields = (
            "id",
            "donor",
            "donor_kind",
            "donor_address",
            "amount",
            "in_kind",
            "received_on",
            "accepted_on",
            "returned_on",
            "kept_since",
            "returned_how",
            "checked_how",
            "void_reason",
            "evidence",
            "decide_by",
            "missing",
        )

    def get_decide_by(self, donation: Donation) -> date | None:
        return donation_standing(donation, on=date.max).decide_by

    def get_missing(self, donation: Donation) -> list[str]:
        standing = donation_standing(donation, on=date.max)
        return [evidence.code for evidence in standing.missing]


class NewDonationSerializer(Strict):
    """What was given or promised. The amount is pounds with two decimals."""

    donor = serializers.CharField(max_length=200)
    donor_kind = serializers.ChoiceField(DonorKind.choices)
    donor_address = serializers.CharField(
        max_length=300, required=False, default="", allow_blank=True
    )
    amount = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0)
    in_kind = serializers.CharField(
        max_length=300, required=False, default="", allow_blank=True
    )
    received_on = serializers.DateField(required=False, allow_null=True)


class DonorAddressSerializer(Strict):
    """Where the donor is; `reason` says how that is known."""

    donor_address = serializers.CharField(max_length=300)
    reason = serializers.CharField(max_length=500)


class ReceivedSerializer(Strict):
    """The day on which what was promised came."""

    received_on = serializers.DateField()


class CheckSerializer(Strict):
    """What was looked at of the donor, by the codes that `missing` names."""

    found = serializers.DictField(child=serializers.CharField(max_length=300))
    looked_on = serializers.DateField()


class AcceptedSerializer(Strict):
    accepted_on = serializers.DateField()
    checked_how = serializers.CharField(max_length=500, default="", allow_blank=True)


class ReturnedSerializer(Strict):
    """When it was given back, how and to whom."""

    returned_on = serializers.DateField()
    returned_how = serializers.CharField(max_length=500)
    was_used = serializers.BooleanField(
        default=None,
        allow_null=True,
        help_text="only of a gift in kind, and needed there: what was used stays "
        "spending, and the expense of what was not is voided",
    )


class Donations(ListModelMixin, RetrieveModelMixin, CampaignResource):
    """Donations of the campaign: entered, checked, then accepted or returned."""

    capability = Capability.SEE_MONEY
    write_capability = Capability.RECORD_DONATIONS
    serializer_class = DonationSerializer
    queryset = Donation.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Donation]:
        if self.is_described:
            return Donation.objects.none()
        return Donation.objects.filter(
            organisation=self.campaign.organisation_id, campaign=self.campaign
        ).prefetch_related("evidence")

    @extend_schema(request=NewDonationSerializer, responses={201: DonationSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Enter a donation that came, or that is promised."""
        return self.once_for_good(self._enter)

    def _enter(self, source: str | None) -> Response:
        sent = self.read(NewDonationSerializer)
        donation = record_donation(
            campaign=self.campaign,
            source=source,
            **self.written,
            **sent,
        )
        return Response(DonationSerializer(donation).data, status.HTTP_201_CREATED)

    @extend_schema(request=ReceivedSerializer, responses=DonationSerializer)
    @action(detail=True, methods=["post"])
    def receive(self, request: Request, **kwargs: Any) -> Response:
        """What was promised has come: the 30 days to check it begin."""
        return self._do(receive_donation, ReceivedSerializer)

    @extend_schema(request=DonorAddressSerializer, responses=DonationSerializer)
    @action(detail=True, methods=["post"])
    def address(self, request: Request, **kwargs: Any) -> Response:
        """Add or correct the donor's address, also of what was decided."""
        return self._do(complete_donor, DonorAddressSerializer)

    @extend_schema(request=CheckSerializer, responses=DonationSerializer)
    @action(detail=True, methods=["post"])
    def check(self, request: Request, **kwargs: Any) -> Response:
        """Keep what was looked at to find the donor permissible."""
        return self._do(record_evidence, CheckSerializer)

    @extend_schema(request=AcceptedSerializer, responses=DonationSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, **kwargs: Any) -> Response:
        """Keep it; refused while anything of the donor was not looked at."""
        return self._do(accept_donation, AcceptedSerializer)

    @extend_schema(request=ReturnedSerializer, responses=DonationSerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def give_back(self, request: Request, **kwargs: Any) -> Response:
        """It was given back."""
        return self._do(_give_back, ReturnedSerializer)

    @extend_schema(request=WhySerializer, responses=DonationSerializer)
    @action(detail=True, methods=["post"])
    def void(self, request: Request, **kwargs: Any) -> Response:
        """It was entered by mistake: the row and the reason stay."""
        return self._do(void_donation, WhySerializer)

    def _do(self, act: Callable[..., Donation], sent: type[Strict]) -> Response:
        """Do one thing with the donation of the address, once for each key."""
        found = self.get_object()

        def make() -> Response:
            act(found, **self.written, **self.read(sent))
            done = self.get_queryset().get(pk=found.pk)
            return Response(DonationSerializer(done).data)

        return self.once(make)


def _give_back(donation: Donation, *, was_used: bool | None, **said: Any) -> Donation:
    if was_used is None:
        return return_donation(donation, **said)
    return return_gift(donation, was_used=was_used, **said)
