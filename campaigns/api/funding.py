"""The plan, and whether the money lasts."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.actions.budgets import Planned, plan_budget
from campaigns.api.base import CampaignResource
from campaigns.api.parsing import Strict
from campaigns.api.parsing import money as sent_money
from campaigns.api.position import WarningSerializer, money
from campaigns.clock import now
from campaigns.models import ExpenseCategory
from campaigns.reports.budget import budget
from campaigns.reports.funding_position import funding_position
from campaigns.reports.spending_position import spending_position
from campaigns.roles import Capability

# Every head of every week of a plan of two years.
MOST_LINES = 1_000


class PlannedHeadSerializer(serializers.Serializer[Any]):
    """`committed` is what counts of the head; `left` is of the plan that counts."""

    category = serializers.ChoiceField(ExpenseCategory.choices, source="key")
    before = money()
    inside = money()
    committed = money()
    left = money()


class PlannedWeekSerializer(serializers.Serializer[Any]):
    """`committed` is what counts of the days of use in the week; `left` is of the plan
    that counts."""

    week_on = serializers.DateField(source="key", help_text="a Monday")
    before = money()
    inside = money()
    committed = money()
    left = money()


class PlannedLineSerializer(serializers.Serializer[Any]):
    """What is planned under one head for one week."""

    category = serializers.ChoiceField(ExpenseCategory.choices)
    week_on = serializers.DateField(help_text="a Monday")
    before = money()
    inside = money()


class BudgetSerializer(serializers.Serializer[Any]):
    """Pounds; `before` is used before the regulated period, `inside` in it."""

    last_uncounted_on = serializers.DateField()
    heads = PlannedHeadSerializer(many=True)
    weeks = PlannedWeekSerializer(many=True)
    lines = PlannedLineSerializer(many=True, help_text="what is planned, and no zeros")
    warnings = WarningSerializer(many=True)


class NewLineSerializer(Strict):
    """The sums in the place of what was planned there; left out, nothing."""

    category = serializers.ChoiceField(ExpenseCategory.choices)
    week_on = serializers.DateField(help_text="a Monday of the plan")
    before = sent_money(default=Decimal(0))
    inside = sent_money(default=Decimal(0))


class NewLinesSerializer(Strict):
    lines = serializers.ListField(
        child=NewLineSerializer(), min_length=1, max_length=MOST_LINES
    )


class Budget(CampaignResource):
    """The plan by head and by week."""

    capability = Capability.SEE_MONEY
    write_capability = Capability.PROPOSE_EXPENSE
    serializer_class = BudgetSerializer

    @extend_schema(responses=BudgetSerializer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        return self._told()

    @extend_schema(request=NewLinesSerializer, responses=BudgetSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Plan these heads of these weeks anew; nothing else of the plan changes."""
        lines = self.read(NewLinesSerializer)["lines"]
        plan_budget(
            campaign=self.campaign,
            planned=[Planned(**line) for line in lines],
            **self.written,
        )
        return self._told()

    def _told(self) -> Response:
        position = spending_position(self.campaign, at=now(self.campaign.organisation))
        return Response(BudgetSerializer(budget(position)).data)


class FundingWeekSerializer(serializers.Serializer[Any]):
    """By the end of the week, summed up from the beginning."""

    week_on = serializers.DateField(help_text="a Monday")
    received = money()
    promised = money(help_text="still only promised: in no other sum")
    paid = money()
    cash = money()
    bound = money()
    planned = money()
    due = money(help_text="head by head, the most of ordered, planned and paid")
    left = money()
    limit = money(
        allow_null=True, help_text="of the period that the week counts in, if any"
    )


class FundingSerializer(serializers.Serializer[Any]):
    """Pounds. `promised`, `undecided` and `in_kind` are in no cash."""

    answer = serializers.CharField()
    cash = money()
    unpaid = money()
    promised = money(source="donations.promised")
    undecided = money(source="donations.undecided")
    in_kind = money(source="donations.in_kind")
    set_aside = money(
        help_text="left the accounts besides, said to be no money of the campaign's"
    )
    weeks = FundingWeekSerializer(many=True)


class Funding(CampaignResource):
    """Cash, orders and plan, week by week."""

    capability = Capability.SEE_MONEY
    serializer_class = FundingSerializer

    @extend_schema(responses=FundingSerializer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        found = funding_position(self.campaign, at=now(self.campaign.organisation))
        return Response(FundingSerializer(found).data)
