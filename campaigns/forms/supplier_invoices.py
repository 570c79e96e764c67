"""Suppliers' files of invoices, and what was chosen for single lines of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from django import forms

from campaigns.actions.supplier_invoice_plan import (
    LEAVE_OUT,
    PROPOSE_IT,
    Outcome,
    PlannedRow,
)
from campaigns.forms.money_fields import DayField
from campaigns.forms.money_files import MoneyFileForm
from campaigns.importers.supplier_invoice_jobs import SUPPLIER_FILES
from campaigns.models import Campaign, ExpenseCategory, InvoiceSupplier
from campaigns.reports.open_orders import Order, orders_of
from campaigns.reports.supplier_invoices import STATES
from campaigns.rules.supplier_invoices import order_named

# Staff are entered one by one: each says what the people do.
HEADS = [
    (value, label)
    for value, label in ExpenseCategory.choices
    if value != ExpenseCategory.STAFF
]
PROPOSALS = [
    (PROPOSE_IT, "Propose it as an expense"),
    *((f"{PROPOSE_IT}:{value}", f"Propose it under {label}") for value, label in HEADS),
]


class InvoiceFileForm(MoneyFileForm):
    """A file of invoices, whose they are, and what is to be said of them all."""

    source_name = "supplier"
    neither = "Choose a supplier, or name a new one."

    supplier = forms.ModelChoiceField(
        InvoiceSupplier.objects.none(),
        required=False,
        empty_label="Another supplier, named below",
    )
    supplier_name = forms.CharField(
        label="Name of the new supplier",
        required=False,
        max_length=200,
        help_text="As your orders have it, such as “Plover Press”.",
    )
    received_on = DayField(
        label="The day on which they came",
        help_text="A claim that comes too late may not be paid.",
    )
    category = forms.ChoiceField(
        label="Head of the return, for those that name no order",
        choices=HEADS,
        help_text="These are proposed as expenses, and the agent commits them. A line "
        "may have another head, in a column of the file or as you choose next.",
    )
    used_from = DayField(label="Their first day of use", required=False)
    used_until = DayField(
        label="Their last day of use",
        required=False,
        help_text="Where the file does not tell: what counts rests on it.",
    )


class OrderField(forms.CharField):
    """The number of an order, picked from the page's one list of them or typed."""

    def __init__(self, **named: Any) -> None:
        words = {"list": "orders", "placeholder": "Order number", "size": 14}
        widget = forms.TextInput(attrs={**words, "autocomplete": "off"})
        super().__init__(required=False, max_length=80, widget=widget, **named)
        self.orders: dict[int | None, Order] = {}
        self.campaign = ""

    def of(self, orders: Iterable[Order], campaign: Campaign) -> None:
        self.orders = {order.expense.order_number: order for order in orders}
        self.campaign = campaign.slug

    def clean(self, value: Any) -> Order | None:
        text = super().clean(value)
        if not text:
            return None
        found = self.orders.get(order_named(text, campaign=self.campaign) or 0)
        if found is None:
            raise forms.ValidationError(f"There is no order {text} that stands here.")
        return found


class Line(NamedTuple):
    """A row of the file, and the fields in which another way is chosen, if any."""

    row: PlannedRow
    way: forms.BoundField | None
    order: forms.BoundField | None


class ChoicesForm(forms.Form):
    """What a person chooses for each of these lines that is not known yet, and the days
    of use of what is proposed. `told` is what the check was told before: what was
    chosen for other lines stays."""

    used_from = DayField(label="First day of use", required=False)
    used_until = DayField(label="Last day of use", required=False)

    def __init__(
        self,
        *arguments: Any,
        rows: Sequence[PlannedRow],
        orders: Sequence[Order],
        supplier: InvoiceSupplier,
        told: Mapping[str, Any],
        may_propose: bool,
        **named: Any,
    ) -> None:
        days = {name: told.get(name, "") for name in ("used_from", "used_until")}
        super().__init__(*arguments, **{"initial": days, **named})
        self.rows, self.supplier, self.orders = rows, supplier, orders
        self.chosen = {int(line): what for line, what in told["choices"].items()}
        self.numbers = {str(one.expense.pk): one.expense.order_number for one in orders}
        self.ways = [("", "As the file says"), (LEAVE_OUT, "Leave it out for now")]
        if may_propose:
            self.ways[1:1] = PROPOSALS
        for row in rows:
            if row.outcome is not Outcome.KNOWN:
                self._ask(row, self.chosen.get(row.read.line_number, ""))

    def _ask(self, row: PlannedRow, chosen: str) -> None:
        line, goes_nowhere = row.read.line_number, row.read.is_credit or row.clashes
        self.fields[f"line-{line}"] = forms.ChoiceField(
            label=f"Another way for line {line}",
            choices=[self.ways[0], self.ways[-1]] if goes_nowhere else self.ways,
            initial="" if chosen in self.numbers else chosen,
            required=False,
        )
        if not goes_nowhere:
            order = OrderField(
                label=f"Another order for line {line}", initial=self.numbers.get(chosen)
            )
            order.of(self.orders, self.supplier.campaign)
            self.fields[f"order-{line}"] = order

    @property
    def open_orders(self) -> list[Order]:
        """Those with this supplier before the others."""
        return sorted(
            (order for order in self.orders if order.is_open),
            key=lambda order: order.supplier_key != self.supplier.key,
        )

    @property
    def lines(self) -> list[Line]:
        def field(row: PlannedRow, name: str) -> forms.BoundField | None:
            name = f"{name}-{row.read.line_number}"
            return self[name] if name in self.fields else None

        return [Line(row, field(row, "line"), field(row, "order")) for row in self.rows]

    @property
    def choices(self) -> dict[int, str]:
        chosen = dict(self.chosen)
        for row in self.rows:
            line = row.read.line_number
            order: Order | None = self.cleaned_data.get(f"order-{line}")
            way = self.cleaned_data.get(f"line-{line}", "")
            chosen[line] = str(order.expense.pk) if order else way
        return {line: what for line, what in chosen.items() if what}

    @property
    def days(self) -> tuple[date | None, date | None]:
        return self.cleaned_data["used_from"], self.cleaned_data["used_until"]


class SettleForm(forms.Form):
    """On which order a row is filed that waited; on none it goes where it belongs."""

    order = OrderField()

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        super().__init__(*arguments, **named)
        cast(OrderField, self.fields["order"]).of(orders_of(campaign), campaign)

    def clean(self) -> dict[str, Any]:
        order: Order | None = (super().clean() or self.cleaned_data).get("order")
        return {"expense": order.expense if order else None}


class RowFilterForm(forms.Form):
    """One line of filters above the rows."""

    q = forms.CharField(
        label="Search", required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(choices=[("", "All"), *STATES], required=False)
    supplier = forms.ModelChoiceField(
        InvoiceSupplier.objects.none(), required=False, empty_label="All"
    )

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = cast(forms.ModelChoiceField, self.fields["supplier"])
        field.queryset = SUPPLIER_FILES.sources_in(campaign)
