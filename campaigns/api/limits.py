"""What the limit rests on: numbers and days that count; and what is due by when."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.actions.campaign_settings import MOST_JOINT, change_campaign
from campaigns.actions.limit_notices import record_limit_notice, void_limit_notice
from campaigns.actions.regulated_days import FIELDS, set_regulated_days
from campaigns.api.base import CampaignResource
from campaigns.api.parsing import Strict, WhySerializer
from campaigns.api.parsing import money as sent_money
from campaigns.api.position import DeadlinesSerializer
from campaigns.models import Campaign, LimitNotice
from campaigns.reports.campaign_deadlines import campaign_deadlines
from campaigns.reports.campaign_limit import notice_in_force
from campaigns.reports.campaign_periods import campaign_periods
from campaigns.roles import Capability


class LimitNoticeSerializer(serializers.ModelSerializer[LimitNotice]):
    """One document and its numbers; `holds`: the limit is worked from it now."""

    recorded_by = serializers.CharField(source="by_label", read_only=True)
    holds = serializers.SerializerMethodField()

    class Meta:
        model = LimitNotice
        fields = (
            "id",
            "is_official",
            "electors",
            "councils",
            "limit_kind",
            "area",
            "told_limit",
            "given_on",
            "document",
            "recorded_at",
            "recorded_by",
            "voided_at",
            "void_reason",
            "holds",
        )

    def get_holds(self, notice: LimitNotice) -> bool:
        return bool(notice == self.context["in_force"])


class NewLimitNoticeSerializer(Strict):
    """What the returning officer gave us in writing, or our estimate until then.

    `limit_kind` only where the election has several limits, `area` for a police
    commissioner, `councils` for a combined authority; `told_limit` is the limit in
    pounds where the letter states it.
    """

    is_official = serializers.BooleanField()
    electors = serializers.IntegerField(
        min_value=1, max_value=100_000_000, default=None, allow_null=True
    )
    councils = serializers.IntegerField(
        min_value=1, max_value=500, default=None, allow_null=True
    )
    limit_kind = serializers.CharField(max_length=24, default="", allow_blank=True)
    area = serializers.CharField(max_length=100, default="", allow_blank=True)
    told_limit = sent_money(default=None, allow_null=True)
    given_on = serializers.DateField()
    document = serializers.CharField(max_length=300)


class LimitNotices(ListModelMixin, RetrieveModelMixin, CampaignResource):
    """The numbers that the limit is worked from. Only the agent files and voids them,
    signed in; never a token."""

    capability = Capability.SEE_MONEY
    write_capability = Capability.COMMIT_EXPENSE
    serializer_class = LimitNoticeSerializer
    queryset = LimitNotice.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[LimitNotice]:
        if self.is_described:
            return LimitNotice.objects.none()
        return LimitNotice.objects.of(self.campaign.organisation_id).filter(
            campaign=self.campaign
        )

    def get_serializer_context(self) -> dict[str, Any]:
        context = {**super().get_serializer_context()}
        if not self.is_described:
            context["in_force"] = notice_in_force(self.campaign)
        return context

    @extend_schema(
        request=NewLimitNoticeSerializer, responses={201: LimitNoticeSerializer}
    )
    def create(self, request: Request, **kwargs: Any) -> Response:
        """File numbers with their document. `holds` says whether they hold now."""
        return self.once(self._file)

    def _file(self) -> Response:
        made = record_limit_notice(
            campaign=self.campaign,
            **self.written,
            **self.read(NewLimitNoticeSerializer),
        )
        return Response(self.get_serializer(made).data, status.HTTP_201_CREATED)

    @extend_schema(request=WhySerializer, responses=LimitNoticeSerializer)
    @action(detail=True, methods=["post"])
    def void(self, request: Request, **kwargs: Any) -> Response:
        """Strike out what was typed wrongly: the next one holds."""
        found = self.get_object()

        def make() -> Response:
            void_limit_notice(found, **self.written, **self.read(WhySerializer))
            return Response(self.get_serializer(self.get_object()).data)

        return self.once(make)


class DaysSerializer(Strict):
    """The days that periods and deadlines begin with; null while not known."""

    became_candidate_on = serializers.DateField(
        allow_null=True, help_text="the day on which our candidate became one"
    )
    period_opened_on = serializers.DateField(
        allow_null=True, help_text="of a dissolution, where one opens the period"
    )
    parliament_met_on = serializers.DateField(
        allow_null=True, help_text="the day on which that Parliament first met"
    )
    agent_appointed_on = serializers.DateField(
        allow_null=True,
        help_text="the day before which the candidate may pay, from which the agent "
        "does",
    )
    result_declared_on = serializers.DateField(allow_null=True)


class CountedDaysSerializer(serializers.Serializer[Any]):
    first_on = serializers.DateField()
    last_on = serializers.DateField()


class RegulatedDaysSerializer(DaysSerializer):
    """With the periods that follow from them; `long` is null without a long campaign.
    What is not known yet is said in `cautions`."""

    short = CountedDaysSerializer(read_only=True)
    long = CountedDaysSerializer(read_only=True, allow_null=True)
    cautions = serializers.ListField(child=serializers.CharField(), read_only=True)


class RegulatedDays(CampaignResource):
    """The days that count. Only the agent sets them, signed in; never a token."""

    capability = Capability.SEE_MONEY
    write_capability = Capability.COMMIT_EXPENSE
    serializer_class = RegulatedDaysSerializer

    @extend_schema(responses=RegulatedDaysSerializer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        return self._told(self.campaign)

    @extend_schema(request=DaysSerializer, responses=RegulatedDaysSerializer)
    def update(self, request: Request, **kwargs: Any) -> Response:
        """Set all of them anew: what counts is worked out from these days then."""
        days = self.read(DaysSerializer)
        return self._told(
            set_regulated_days(campaign=self.campaign, **self.written, **days)
        )

    @staticmethod
    def _told(campaign: Campaign) -> Response:
        periods = campaign_periods(campaign)
        days = {name: getattr(campaign, name) for name in FIELDS}
        found = {
            **days,
            "short": periods.short,
            "long": periods.long,
            "cautions": periods.cautions,
        }
        return Response(RegulatedDaysSerializer(found).data)


class JointCandidatesSerializer(Strict):
    """Ours included: 1 for a candidate alone."""

    joint_candidates = serializers.IntegerField(min_value=1, max_value=MOST_JOINT)


class JointCandidates(CampaignResource):
    """How many are joint, so that each has a lower limit: in the same ward with the
    same agent, the same campaign rooms or shared material. Only the agent says it here,
    signed in; never a token."""

    capability = Capability.SEE_MONEY
    write_capability = Capability.COMMIT_EXPENSE
    serializer_class = JointCandidatesSerializer

    @extend_schema(responses=JointCandidatesSerializer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        return Response(JointCandidatesSerializer(self.campaign).data)

    @extend_schema(
        request=JointCandidatesSerializer, responses=JointCandidatesSerializer
    )
    def update(self, request: Request, **kwargs: Any) -> Response:
        """Work the limit for so many from now on."""
        sent = self.read(JointCandidatesSerializer)
        change_campaign(self.campaign, sent, **self.written)
        return Response(sent)


class Deadlines(CampaignResource):
    """What is due by when, and what was done of it."""

    capability = Capability.SEE_MONEY
    serializer_class = DeadlinesSerializer

    @extend_schema(responses=DeadlinesSerializer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        return Response(DeadlinesSerializer(campaign_deadlines(self.campaign)).data)
