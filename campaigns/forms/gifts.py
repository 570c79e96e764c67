"""What is typed about something given in kind."""

from typing import Any

from django import forms

from campaigns.forms.expense_parts import StockField, WholeForm, staff_duties
from campaigns.forms.money_fields import DayField, PoundsField
from campaigns.models import DonorKind, ExpenseCategory


class FavourForm(forms.Form):
    """Who the supplier is that did a favour, as a donor."""

    donor_kind = forms.ChoiceField(
        label="What is the supplier?", choices=DonorKind, initial=DonorKind.COMPANY
    )
    donor_address = forms.CharField(
        label="Their address", max_length=300, required=False
    )


class GiftForm(WholeForm):
    """A gift or a discount: what, from whom, what it is worth, and how that is known.

    Without `may_declare` nobody is asked for the agent's declaration.
    """

    whole_field = "market_value"
    whole_in_words = "what it is worth"

    description = forms.CharField(
        label="What is given?",
        max_length=300,
        help_text="As the return will say it, such as “Two rooms of the union”.",
    )
    is_encouraged = forms.TypedChoiceField(
        label="Did the candidate or the agent direct, authorise or encourage its use?",
        choices=[
            ("", "Choose"),
            ("yes", "Yes"),
            ("no", "No, they use it of their own accord"),
        ],
        coerce=lambda answer: answer == "yes",
    )
    category = forms.ChoiceField(label="Head of the return", choices=ExpenseCategory)
    staff_duty = forms.ChoiceField(
        label="If people are paid for it: what do they do?",
        choices=staff_duties,
        required=False,
    )
    donor = forms.CharField(label="Who gives it?", max_length=200)
    donor_kind = forms.ChoiceField(label="What are they?", choices=DonorKind)
    donor_address = forms.CharField(
        label="Their address", max_length=300, required=False
    )
    market_value = PoundsField(
        label="What it is worth", help_text="What any customer would pay, VAT included."
    )
    paid = PoundsField(
        label="What we pay for it", initial="0.00", help_text="Nothing, if it is free."
    )
    value_basis = forms.CharField(
        label="How was the value found?",
        max_length=500,
        help_text="Such as “the price list of the hall next door, 2 April 2024”.",
    )
    received_on = DayField(
        label="When it came", required=False, help_text="Empty while it is promised."
    )
    used_from = DayField(label="First day of use")
    used_until = DayField(label="Last day of use")
    stock = StockField()
    declared = forms.BooleanField(
        label="I, the election agent, declare that this value is true to the best of "
        "my knowledge and belief",
        required=False,
    )

    def __init__(self, *arguments: Any, may_declare: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if not may_declare:
            del self.fields["declared"]
