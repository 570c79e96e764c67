"""Expenses, and what may still be spent."""

from collections.abc import Callable
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.actions.expense_checks import ExpenseRefused
from campaigns.actions.expense_commitments import commit_expense
from campaigns.actions.expenses import (
    propose_expense,
    state_personal_expense,
    void_expense,
)
from campaigns.actions.favours import enter_favour
from campaigns.actions.gifts_in_kind import declare_value
from campaigns.actions.stock import take_back_write_off, write_off_stock
from campaigns.actions.suppliers import complete_supplier
from campaigns.api.base import CampaignResource
from campaigns.api.expense_parts import ExpensePartsSerializer, parts_told
from campaigns.api.parsing import Strict, WhySerializer, money, past_the_limit
from campaigns.clock import day_of
from campaigns.forms.expenses import KINDS_PROPOSED, NOT_GIVEN_HERE
from campaigns.models import (
    DonorKind,
    Expense,
    ExpenseCategory,
    ExpenseKind,
    ExpenseShare,
    SpendingAuthority,
    StaffDuty,
    User,
)
from campaigns.reports.purchase_orders import orders_of
from campaigns.reports.spending_authorities import (
    authorities_to_spend,
    authority_to_commit,
)
from campaigns.roles import Capability
from campaigns.views.files import order_answer


class ShareSerializer(serializers.ModelSerializer[ExpenseShare]):
    """The part that another bears: `parts` of `of_parts`, exactly."""

    class Meta:
        model = ExpenseShare
        fields = ("bearer", "basis", "parts", "of_parts", "reason")


class ExpenseSerializer(serializers.ModelSerializer[Expense]):
    shares = ShareSerializer(many=True, read_only=True)

    class Meta:
        model = Expense
        fields = (
            "id",
            "description",
            "supplier",
            "supplier_address",
            "category",
            "kind",
            "amount",
            "market_value",
            "value_basis",
            "value_declared_by",
            "value_declared_at",
            "donation",
            "staff_duty",
            "excluded",
            "excluded_reason",
            "incurred_on",
            "used_from",
            "used_until",
            "inside_parts",
            "long_parts",
            "inside_of_parts",
            "inside_reason",
            "stock",
            "stock_unused",
            "stock_unused_reason",
            "shares",
            "authority",
            "state",
            "proposed_at",
            "committed_at",
            "order_number",
            "over_limit_reason",
            "void_reason",
        )


class NewExpenseSerializer(ExpensePartsSerializer):
    """What is proposed to the agent. Amounts are pounds with two decimals."""

    description = serializers.CharField(max_length=300)
    supplier = serializers.CharField(max_length=200)
    supplier_address = serializers.CharField(
        max_length=300, required=False, default="", allow_blank=True
    )
    category = serializers.ChoiceField(ExpenseCategory.choices)
    kind = serializers.ChoiceField(
        KINDS_PROPOSED,
        default=ExpenseKind.INCURRED,
        error_messages={"invalid_choice": NOT_GIVEN_HERE},
        help_text="What comes free or below its price is sent to `gifts-in-kind`.",
    )
    amount = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0)
    staff_duty = serializers.ChoiceField(
        StaffDuty.choices,
        default="",
        allow_blank=True,
        help_text="What the people paid for do; needed under the head of staff.",
    )
    incurred_on = serializers.DateField()
    used_from = serializers.DateField()
    used_until = serializers.DateField()
    authority = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=2**63 - 1,
        help_text="The written authority under which it is spent, if any.",
    )


class PersonalExpenseSerializer(Strict):
    """What the candidate paid for their own travel and living."""

    description = serializers.CharField(max_length=300)
    supplier = serializers.CharField(max_length=200)
    supplier_address = serializers.CharField(
        max_length=300, required=False, default="", allow_blank=True
    )
    category = serializers.ChoiceField(ExpenseCategory.choices)
    amount = money()
    incurred_on = serializers.DateField()


class CommitSerializer(Strict):
    over_limit_reason = past_the_limit()


class WriteOffSerializer(Strict):
    """How many copies stay unused, and how that is known."""

    copies = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    reason = serializers.CharField(max_length=500)


class TakeBackSerializer(WriteOffSerializer):
    """How many of the copies written off are in hand after all, and why."""

    over_limit_reason = past_the_limit()


class SuppliedBySerializer(Strict):
    """Who supplied it, and where they are: the return names both."""

    supplier = serializers.CharField(max_length=200)
    supplier_address = serializers.CharField(max_length=300)


class FavourSerializer(Strict):
    """Who the supplier that gives by a favour or discount is, as a donor."""

    donor_kind = serializers.ChoiceField(DonorKind.choices)
    donor_address = serializers.CharField(
        max_length=300, required=False, default="", allow_blank=True
    )


class Expenses(ListModelMixin, RetrieveModelMixin, CampaignResource):
    """Expenses of the campaign. Whoever has a token proposes; only a person commits,
    signed in."""

    capability = Capability.SEE_MONEY
    write_capability = Capability.PROPOSE_EXPENSE
    serializer_class = ExpenseSerializer
    queryset = Expense.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Expense]:
        if self.is_described:
            return Expense.objects.none()
        return Expense.objects.filter(
            organisation=self.campaign.organisation_id, campaign=self.campaign
        ).prefetch_related("shares")

    @extend_schema(request=NewExpenseSerializer, responses={201: ExpenseSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Propose an expense to the agent."""
        return self.once_for_good(self._propose)

    @extend_schema(request=WriteOffSerializer, responses=ExpenseSerializer)
    @action(detail=True, methods=["post"], url_path="write-off")
    def write_off(self, request: Request, **kwargs: Any) -> Response:
        """Copies in hand that will never be used. Only the agent."""
        return self._do(write_off_stock, WriteOffSerializer)

    @extend_schema(request=TakeBackSerializer, responses=ExpenseSerializer)
    @action(detail=True, methods=["post"], url_path="write-off/back")
    def write_off_back(self, request: Request, **kwargs: Any) -> Response:
        """Copies that were written off and are in hand after all. Only the agent."""
        return self._do(take_back_write_off, TakeBackSerializer)

    @extend_schema(request=SuppliedBySerializer, responses=ExpenseSerializer)
    @action(
        detail=True,
        methods=["post"],
        url_path="supplier",
        url_name="complete-supplier",
        write_capability=Capability.RECORD_PAYMENTS,
    )
    def complete_supplier(self, request: Request, **kwargs: Any) -> Response:
        """Complete or correct who the supplier is."""
        return self._do(complete_supplier, SuppliedBySerializer)

    @extend_schema(request=FavourSerializer, responses=ExpenseSerializer)
    @action(
        detail=True,
        methods=["post"],
        url_name="favoured",
        write_capability=Capability.RECORD_DONATIONS,
    )
    def favour(self, request: Request, **kwargs: Any) -> Response:
        """Enter what the supplier gives by a favour, or by a discount whose price
        changed, as their donation in kind. It is then under `donations`."""
        return self._do(enter_favour, FavourSerializer)

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], url_name="ordered")
    def order(self, request: Request, **kwargs: Any) -> HttpResponse:
        """The purchase order of a committed expense, as PDF."""
        return order_answer(
            get_object_or_404(orders_of(self.campaign), pk=kwargs["pk"])
        )

    @extend_schema(request=None, responses=ExpenseSerializer)
    @action(
        detail=True,
        methods=["post"],
        url_path="declare-value",
        url_name="value",
        write_capability=Capability.DECLARE_MONEY,
    )
    def declare_value(self, request: Request, **kwargs: Any) -> Response:
        """Declare that the value of a gift or discount is true. Only the agent, signed
        in; never a token."""
        return self._do(declare_value)

    @extend_schema(
        request=PersonalExpenseSerializer, responses={201: ExpenseSerializer}
    )
    @action(
        detail=False,
        methods=["post"],
        url_name="stated",
        write_capability=Capability.STATE_PERSONAL_EXPENSES,
    )
    def personal(self, request: Request, **kwargs: Any) -> Response:
        """State a personal expense, for the return. It never counts."""
        return self.once_for_good(self._state)

    def _state(self, source: str | None) -> Response:
        expense = state_personal_expense(
            campaign=self.campaign,
            source=source,
            **self.written,
            **self.read(PersonalExpenseSerializer),
        )
        return Response(ExpenseSerializer(expense).data, status.HTTP_201_CREATED)

    @extend_schema(request=CommitSerializer, responses=ExpenseSerializer)
    @action(
        detail=True,
        methods=["post"],
        url_name="committed",
        write_capability=Capability.SEE_MONEY,
    )
    def commit(self, request: Request, **kwargs: Any) -> Response:
        """Commit what was proposed. Only the agent or somebody with the agent's written
        authority, signed in; never a token."""
        return self._do(self._commit, CommitSerializer)

    def _commit(self, expense: Expense, **said: Any) -> Expense:
        held = None
        if self.actor.kind == "user":
            user, today = cast(User, self.request.user), day_of(said["at"])
            held = authority_to_commit(user, expense, on=today)
        return commit_expense(
            expense, authority=held.authority if held else None, **said
        )

    @extend_schema(request=WhySerializer, responses=ExpenseSerializer)
    @action(
        detail=True,
        methods=["post"],
        url_name="voided",
        write_capability=Capability.SEE_MONEY,
    )
    def void(self, request: Request, **kwargs: Any) -> Response:
        """Strike it out; the row and the reason stay. What was committed, only the
        agent, signed in; what was stated, also whoever stated it."""
        return self._do(void_expense, WhySerializer)

    def _do(
        self, act: Callable[..., Expense], sent: type[Strict] | None = None
    ) -> Response:
        """Do one thing with the expense of the address, once for each key."""
        found = self.get_object()

        def make() -> Response:
            act(found, **self.written, **(self.read(sent) if sent else {}))
            done = self.get_queryset().get(pk=found.pk)
            return Response(ExpenseSerializer(done).data)

        return self.once(make)

    def _propose(self, source: str | None) -> Response:
        typed = self.read(NewExpenseSerializer)
        expense = propose_expense(
            campaign=self.campaign,
            authority=self._authority(typed.pop("authority", None)),
            source=source,
            **self.written,
            **parts_told(typed, self.campaign),
        )
        return Response(ExpenseSerializer(expense).data, status.HTTP_201_CREATED)

    def _authority(self, number: int | None) -> SpendingAuthority | None:
        if number is None:
            return None
        found = authorities_to_spend(self.campaign).filter(pk=number).first()
        if found is None:
            raise ExpenseRefused(
                "unknown_authority", f"Nothing is spent under an authority {number}."
            )
        return found
