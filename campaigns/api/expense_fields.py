"""Expenses as REST tells them, and what is sent of them."""

from rest_framework import serializers

from campaigns.api.parsing import Strict, money, past_the_limit
from campaigns.models import (
    Expense,
    ExpenseCategory,
    ExpenseExclusion,
    ExpenseKind,
    ExpenseShare,
    ShareBasis,
    StaffDuty,
)

MOST_SHARES = 40


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


class NewShareSerializer(Strict):
    """Whoever bears a part: another campaign of ours by its slug, or a name."""

    campaign = serializers.SlugField(required=False, default="")
    bearer = serializers.CharField(max_length=200, required=False, default="")
    basis = serializers.ChoiceField(ShareBasis.choices, default=ShareBasis.USE)
    parts = serializers.IntegerField(min_value=1)
    of_parts = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(max_length=500)


class PartInsideSerializer(Strict):
    """What part of the use falls in the regulated period, and in the long campaign
    before it, where the days do not tell it."""

    parts = serializers.IntegerField(min_value=0)
    long_parts = serializers.IntegerField(min_value=0, default=0)
    of_parts = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(max_length=500)


class NewExpenseSerializer(Strict):
    """What is proposed to the agent. Amounts are pounds with two decimals."""

    description = serializers.CharField(max_length=300)
    supplier = serializers.CharField(max_length=200)
    supplier_address = serializers.CharField(
        max_length=300, required=False, default="", allow_blank=True
    )
    category = serializers.ChoiceField(ExpenseCategory.choices)
    kind = serializers.ChoiceField(ExpenseKind.choices, default=ExpenseKind.INCURRED)
    amount = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0)
    market_value = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=0, required=False, allow_null=True
    )
    staff_duty = serializers.ChoiceField(
        StaffDuty.choices,
        default="",
        allow_blank=True,
        help_text="What the people paid for do; needed under the head of staff.",
    )
    excluded = serializers.ChoiceField(
        ExpenseExclusion.choices, default="", allow_blank=True
    )
    excluded_reason = serializers.CharField(
        max_length=500, required=False, default="", allow_blank=True
    )
    incurred_on = serializers.DateField()
    used_from = serializers.DateField()
    used_until = serializers.DateField()
    stock = serializers.CharField(
        max_length=40,
        required=False,
        default="",
        allow_blank=True,
        help_text="The copies it buys, such as `leaflet:3`: those delivered in the "
        "regulated period count.",
    )
    inside = PartInsideSerializer(required=False, allow_null=True)
    shares = serializers.ListField(
        child=NewShareSerializer(), required=False, max_length=MOST_SHARES
    )
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


class SuppliedBySerializer(Strict):
    """Who supplied it, and where they are: the return names both."""

    supplier = serializers.CharField(max_length=200)
    supplier_address = serializers.CharField(max_length=300)
