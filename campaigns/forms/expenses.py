"""What is typed about expenses; the actions decide."""

from typing import Any, cast

from django import forms

from campaigns.forms.expense_parts import StockField, WholeForm, staff_duties
from campaigns.forms.money_fields import DayField, PoundsField, past_the_limit
from campaigns.models import (
    Campaign,
    ExpenseCategory,
    ExpenseKind,
    ExpenseState,
    SpendingAuthority,
)
from campaigns.reports.spending_authorities import authorities_to_spend
from campaigns.rules.expenses import PERSONAL_HEADS, VAT_NOT_READ

# A gift or a discount has a form of its own, which also enters the donation.
KINDS_PROPOSED = [
    (ExpenseKind.INCURRED, "The campaign’s"),
    (
        ExpenseKind.PERSONAL,
        "The candidate’s own reasonable travel and living, under Transport or "
        "Accommodation: reported, and never counted",
    ),
]
PERSONAL_KINDS = [(one.value, ExpenseCategory(one).label) for one in PERSONAL_HEADS]
NOT_GIVEN_HERE = (
    "What comes free or below its price is entered as “Something given in kind”: its "
    "value counts, and the difference is a donation."
)


class ExpenseForm(WholeForm):
    """An expense to be put before the agent."""

    description = forms.CharField(
        label="What is it for?",
        max_length=300,
        help_text="As the return will say it, such as “Leaflet 2, 40,000 copies”.",
    )
    supplier = forms.CharField(max_length=200)
    supplier_address = forms.CharField(
        label="Supplier’s address",
        max_length=300,
        required=False,
        help_text="The return needs it; it can be added later.",
    )
    category = forms.ChoiceField(label="Head of the return", choices=ExpenseCategory)
    kind = forms.ChoiceField(
        label="Whose expense is it?",
        choices=KINDS_PROPOSED,
        initial=ExpenseKind.INCURRED,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": NOT_GIVEN_HERE},
    )
    amount = PoundsField(
        label="What is paid", help_text=f"VAT included. {VAT_NOT_READ}"
    )
    staff_duty = forms.ChoiceField(
        label="If people are paid for it: what do they do?",
        choices=staff_duties,
        required=False,
        help_text="Nobody may be paid to ask for votes.",
    )
    incurred_on = DayField(
        label="Day of the order", help_text="When it was or will be confirmed."
    )
    used_from = DayField(label="First day of use")
    used_until = DayField(label="Last day of use")
    stock = StockField()
    authority = forms.ModelChoiceField(
        SpendingAuthority.objects.none(),
        label="Under whose authority?",
        empty_label="The election agent’s own",
        required=False,
        help_text="Choose somebody only for what they pay by the agent’s written "
        "authority: petty expenses, or a campaigner’s own.",
    )

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        super().__init__(*arguments, campaign=campaign, **named)
        authorities = cast(forms.ModelChoiceField, self.fields["authority"])
        authorities.queryset = authorities_to_spend(campaign)


class PersonalExpenseForm(forms.Form):
    """What the candidate paid for their own reasonable travel and living."""

    description = forms.CharField(
        label="What was it for?",
        max_length=300,
        help_text="Such as “Train to the hustings in Walsall”.",
    )
    supplier = forms.CharField(label="Paid to", max_length=200)
    supplier_address = forms.CharField(
        label="Their address",
        max_length=300,
        required=False,
        help_text="The return needs it; it can be added later.",
    )
    category = forms.ChoiceField(
        label="Head of the return",
        choices=PERSONAL_KINDS,
        initial=ExpenseCategory.TRANSPORT,
        help_text="Travel stands under Transport, living under Accommodation.",
    )
    amount = PoundsField(label="What was paid", help_text="VAT included.")
    incurred_on = DayField(label="Day")


class ExpenseFilterForm(forms.Form):
    """One line of filters above the table."""

    q = forms.CharField(
        label="Search", required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(
        choices=[("", "All but voided"), *ExpenseState.choices], required=False
    )
    category = forms.ChoiceField(
        label="Head", choices=[("", "All"), *ExpenseCategory.choices], required=False
    )


class CommitForm(forms.Form):
    over_limit_reason = forms.CharField(
        label="Your reason to commit it past the limit",
        max_length=500,
        required=False,
        help_text="It is kept, and shown on every report.",
    )


class ReasonForm(forms.Form):
    """Why something is struck out."""

    reason = forms.CharField(max_length=500)


class SupplierForm(forms.Form):
    """Who supplied it, and where they are."""

    supplier = forms.CharField(max_length=200)
    supplier_address = forms.CharField(label="Address", max_length=300)


class TakeBackForm(forms.Form):
    """Copies that were written off, and are in hand after all."""

    copies = forms.IntegerField(label="Copies", min_value=1, max_value=2**31 - 1)
    reason = forms.CharField(
        label="Why are they in hand after all?",
        max_length=500,
        help_text="Such as “found in the garage”. What was written before stays.",
    )
    over_limit_reason = past_the_limit()


class WriteOffForm(forms.Form):
    """Copies in hand that will never be used."""

    copies = forms.IntegerField(label="Copies", min_value=1, max_value=2**31 - 1)
    reason = forms.CharField(
        label="How is that known?",
        max_length=500,
        help_text="Such as “left in the office after polling day, counted and pulped”.",
    )
