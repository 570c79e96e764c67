"""Suppliers' files of invoices, and what was chosen for single lines of them."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

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
from campaigns.models import Campaign, Expense, ExpenseCategory, InvoiceSupplier
from campaigns.reports.open_orders import Order
from campaigns.reports.supplier_invoices import STATES
from campaigns.rules.money import pounds

# More are found by their number in the file.
MOST_ORDERS = 100
# Staff are entered one by one: each says what the people do.
HEADS = [
    (value, label)
    for value, label in ExpenseCategory.choices
    if value != ExpenseCategory.STAFF
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
        help_text="These are proposed as expenses, and the agent commits them.",
    )


class ChoicesForm(forms.Form):
    """What a person chooses for each line that is not known yet."""

    def __init__(
        self,
        *arguments: Any,
        rows: Sequence[PlannedRow],
        orders: Iterable[Order],
        supplier: InvoiceSupplier,
        chosen: dict[str, str],
        may_propose: bool,
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        as_told = [("", "As the file says"), (LEAVE_OUT, "Leave it out for now")]
        by_hand = [*as_told, *order_choices(orders, supplier)]
        if may_propose:
            by_hand.insert(1, (PROPOSE_IT, "Propose it as an expense"))
        for row in rows:
            if row.outcome is not Outcome.KNOWN:
                line = row.read.line_number
                self.fields[f"line-{line}"] = forms.ChoiceField(
                    label=f"Line {line}",
                    choices=as_told if row.read.is_credit or row.clashes else by_hand,
                    initial=chosen.get(str(line), ""),
                    required=False,
                )

    @property
    def choices(self) -> dict[int, str]:
        return {
            int(name.removeprefix("line-")): chosen
            for name, chosen in self.cleaned_data.items()
            if chosen
        }


def order_choices(
    orders: Iterable[Order], supplier: InvoiceSupplier
) -> list[tuple[str, str]]:
    """The orders that are open, those with this supplier before the others."""
    open_ones = sorted(
        (order for order in orders if order.is_open),
        key=lambda order: order.supplier_key != supplier.key,
    )
    return [
        (
            str(order.expense.pk),
            f"{order.reference}: {order.expense.supplier}, "
            f"{order.expense.description[:60]} ({pounds(order.left)} open)",
        )
        for order in open_ones[:MOST_ORDERS]
    ]


class SettleForm(forms.Form):
    """On which order a row is filed that waited; on none it goes where it belongs."""

    expense = forms.ModelChoiceField(Expense.objects.none(), required=False)

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = cast(forms.ModelChoiceField, self.fields["expense"])
        field.queryset = Expense.objects.filter(
            organisation_id=campaign.organisation_id, campaign=campaign
        )


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
