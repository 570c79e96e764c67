"""Something given in kind, entered once as spending and as a donation."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.actions.gifts_in_kind import record_gift_in_kind
from campaigns.api.base import CampaignResource
from campaigns.api.expense_parts import ExpensePartsSerializer, parts_told
from campaigns.api.spending import ExpenseSerializer
from campaigns.models import DonorKind, Expense, ExpenseCategory, ExpenseKind, StaffDuty
from campaigns.roles import Capability


class NewGiftSerializer(ExpensePartsSerializer):
    """A gift or discount: what, from whom, its value and how that was found."""

    description = serializers.CharField(max_length=300)
    category = serializers.ChoiceField(ExpenseCategory.choices)
    staff_duty = serializers.ChoiceField(
        StaffDuty.choices, default="", allow_blank=True
    )
    donor = serializers.CharField(max_length=200)
    donor_kind = serializers.ChoiceField(DonorKind.choices)
    donor_address = serializers.CharField(
        max_length=300, required=False, default="", allow_blank=True
    )
    market_value = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=0
    )
    paid = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=0, default=Decimal(0)
    )
    value_basis = serializers.CharField(max_length=500)
    received_on = serializers.DateField(required=False, allow_null=True)
    used_from = serializers.DateField()
    used_until = serializers.DateField()
    is_encouraged = serializers.BooleanField(
        default=True,
        help_text="Whether the candidate or the agent directed, authorised or "
        "encouraged its use; what nobody did is refused: it is the giver's own.",
    )


class Gifts(ListModelMixin, CampaignResource):
    """Gifts in kind. Only the agent declares their value, once they are expenses. An
    expense on which its supplier did a favour is none of them."""

    capability = Capability.SEE_MONEY
    write_capability = Capability.PROPOSE_EXPENSE
    serializer_class = ExpenseSerializer
    queryset = Expense.objects.none()

    def get_queryset(self) -> QuerySet[Expense]:
        if self.is_described:
            return Expense.objects.none()
        return Expense.objects.filter(
            organisation=self.campaign.organisation_id,
            campaign=self.campaign,
            kind=ExpenseKind.NOTIONAL,
        ).prefetch_related("shares")

    @extend_schema(request=NewGiftSerializer, responses={201: ExpenseSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Enter a gift: the expense that waits for the agent, with its donation."""
        return self.once_for_good(self._enter)

    def _enter(self, source: str | None) -> Response:
        typed = self.read(NewGiftSerializer)
        expense = record_gift_in_kind(
            campaign=self.campaign,
            source=source,
            **self.written,
            **parts_told(typed, self.campaign),
        )
        return Response(ExpenseSerializer(expense).data, status.HTTP_201_CREATED)
