"""Orders that an invoice may still come for, and what is left of each."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from campaigns.models import Campaign, Expense, ExpenseState, Invoice
from campaigns.reports.purchase_orders import order_reference
from campaigns.reports.statements import LIVE, sum_of
from campaigns.rules.statement_matching import name_key


@dataclass(frozen=True, slots=True)
class Order:
    """A committed expense with its order number, and what of it is not invoiced yet.

    `is_closed`: its last invoice has come.
    """

    expense: Expense
    left: Decimal
    is_closed: bool

    @property
    def is_open(self) -> bool:
        return self.left > 0 and not self.is_closed

    @property
    def supplier_key(self) -> str:
        return name_key(self.expense.supplier)

    @property
    def reference(self) -> str:
        return order_reference(self.expense.campaign, self.expense.order_number)


def orders_of(campaign: Campaign) -> list[Order]:
    """Every order of the campaign that stands, by its number. One query."""
    live = Invoice.objects.filter(LIVE, expense=OuterRef("pk"))
    claims = live.annotate(asked=Coalesce("settled_amount", "amount"))
    ordered = (
        Expense.objects.filter(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            state=ExpenseState.COMMITTED,
            order_number__isnull=False,
        )
        .select_related("campaign")
        .annotate(
            claimed=sum_of(claims, "expense", column="asked"),
            closed=Exists(live.filter(is_last=True)),
        )
        .order_by("order_number")
    )
    return [
        Order(expense, expense.amount - expense.claimed, expense.closed)
        for expense in ordered
    ]
