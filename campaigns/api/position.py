"""What may still be spent, and what one more expense would do."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.actions.expense_checks import MOST
from campaigns.api.base import CampaignResource
from campaigns.clock import now
from campaigns.models import ExpenseCategory
from campaigns.reports.spending_position import spending_position
from campaigns.reports.what_if import what_if
from campaigns.roles import Capability
from campaigns.rules.spending_limits import SpendingLimit


def money(**options: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=12, decimal_places=2, **options)


def percent() -> serializers.DecimalField:
    """Of a small limit, a sum may be any number of times as much."""
    return serializers.DecimalField(max_digits=None, decimal_places=1, allow_null=True)


class LimitSerializer(serializers.Serializer[Any]):
    """The limit with its working; `mark` says how sure the figure is."""

    amount = money()
    working = serializers.SerializerMethodField()
    mark = serializers.CharField()
    based_on = serializers.CharField(source="source", help_text="the law or guidance")
    is_confirmed = serializers.BooleanField()

    def get_working(self, limit: SpendingLimit) -> list[str]:
        return [step.sentence for step in limit.working]


class CategorySerializer(serializers.Serializer[Any]):
    category = serializers.ChoiceField(ExpenseCategory.choices)
    counted = money()
    ordered = money()
    proposed = money()


class WarningSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()
    level = serializers.CharField()


class PeriodSerializer(serializers.Serializer[Any]):
    """Pounds with two decimals. `ordered` is part of `counted`; `proposed` is not,
    nor is `in_hand`, the room that is kept for copies in hand."""

    first_on = serializers.DateField(source="period.first_on")
    last_on = serializers.DateField(source="period.last_on")
    limit = LimitSerializer(source="basis.limit", allow_null=True)
    limit_missing = serializers.CharField(source="basis.missing")
    counted = money()
    ordered = money()
    in_hand = money()
    proposed = money()
    left = money(allow_null=True)
    percent = percent()
    by_category = CategorySerializer(many=True)


class DeadlineSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="stays as it is; the name may be reworded")
    name = serializers.CharField(source="label")
    day = serializers.DateField()
    done = serializers.CharField(
        help_text="such as Filed on 5 June 2024; empty while it is to be done"
    )
    how = serializers.CharField(
        help_text="what a day rests on that is not counted from the result; else empty"
    )


class DeadlinesSerializer(serializers.Serializer[Any]):
    """The last day for each thing that is due, before the poll and after it."""

    basis = serializers.CharField()
    caution = serializers.CharField()
    days = DeadlineSerializer(many=True)


class PositionSerializer(PeriodSerializer):
    """Where the (short) regulated period stands, and the long campaign before it. What
    was used `outside` the periods, copies neither delivered nor written off
    (`stock_in_hand`) and those `written_off` do not count. `refunds_due` was paid to
    suppliers above what is owed, and has not come back."""

    at = serializers.DateTimeField()
    is_official = serializers.BooleanField(source="basis.is_official")
    basis = serializers.CharField(source="basis.basis")
    electors_loaded = serializers.IntegerField(
        source="basis.electors_loaded", allow_null=True
    )
    long = PeriodSerializer(allow_null=True, help_text="null without a long campaign")
    outside = money()
    stock_in_hand = money()
    written_off = money()
    refunds_due = money()
    deadlines = DeadlinesSerializer()
    warnings = WarningSerializer(many=True)


class Spending(CampaignResource):
    """Where the campaign stands against its spending limit now."""

    capability = Capability.SEE_MONEY
    serializer_class = PositionSerializer

    @extend_schema(responses=PositionSerializer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        position = spending_position(self.campaign, at=now(self.campaign.organisation))
        return Response(PositionSerializer(position).data)


class WhatIfQuerySerializer(serializers.Serializer[Any]):
    amount = money(min_value=0, max_value=MOST)
    category = serializers.ChoiceField(
        ExpenseCategory.choices, default=ExpenseCategory.UNSOLICITED
    )
    used_from = serializers.DateField()
    used_until = serializers.DateField()


class AfterwardsSerializer(serializers.Serializer[Any]):
    """One period as it would be."""

    counts = money()
    left = money(allow_null=True)
    percent = percent()


class WhatIfSerializer(AfterwardsSerializer):
    """The position as it would be; `fits` is null where no limit is known."""

    answer = serializers.CharField()
    fits = serializers.BooleanField(allow_null=True)
    long = AfterwardsSerializer(allow_null=True)
    warnings = WarningSerializer(many=True)


class WhatIf(CampaignResource):
    """What an expense entered now would do to the limit. Writes nothing."""

    capability = Capability.SEE_MONEY
    questions = frozenset({"amount", "category", "used_from", "used_until"})
    serializer_class = WhatIfSerializer

    @extend_schema(parameters=[WhatIfQuerySerializer], responses=WhatIfSerializer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        asked = WhatIfQuerySerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = what_if(
            self.campaign, at=now(self.campaign.organisation), **asked.validated_data
        )
        return Response(WhatIfSerializer(found).data)
