"""What is typed about expenses, invoices and payments; the actions decide."""

from typing import Any, cast

from django import forms

from campaigns.actions.expenses import PartInside, Share
from campaigns.forms.money_fields import DayField, PoundsField
from campaigns.models import Campaign, ExpenseCategory, ExpenseKind, ExpenseState

PARTS = "Say both: so many parts, out of so many."


class ExpenseForm(forms.Form):
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
        help_text="The return needs it.",
    )
    category = forms.ChoiceField(label="Head of the return", choices=ExpenseCategory)
    kind = forms.ChoiceField(
        choices=ExpenseKind, initial=ExpenseKind.INCURRED, widget=forms.RadioSelect
    )
    amount = PoundsField(label="What is paid", help_text="VAT included.")
    market_value = PoundsField(
        label="Commercial value",
        required=False,
        help_text="For a gift or a discount: what any customer would pay.",
    )
    incurred_on = DayField(
        label="Day of the order", help_text="When it was or will be confirmed."
    )
    used_from = DayField(label="First day of use")
    used_until = DayField(label="Last day of use")


class ExpensePartsForm(forms.Form):
    """What only some expenses need: a part chosen by hand, a part borne by others."""

    inside_parts = forms.IntegerField(
        label="Parts used in the regulated period", required=False, min_value=0
    )
    inside_of_parts = forms.IntegerField(
        label="Out of",
        required=False,
        min_value=1,
        help_text="Only where the days of use do not tell, such as 3,000 of 10,000 "
        "copies.",
    )
    inside_reason = forms.CharField(
        label="Why that part", required=False, max_length=500
    )
    share_campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label="A campaign of ours bears a part", required=False
    )
    share_bearer = forms.CharField(
        label="Somebody else bears a part", required=False, max_length=200
    )
    share_parts = forms.IntegerField(
        label="Parts they bear", required=False, min_value=1
    )
    share_of_parts = forms.IntegerField(
        label="Of all parts", required=False, min_value=1
    )
    share_reason = forms.CharField(
        label="Why it is split so", required=False, max_length=500
    )

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        super().__init__(*arguments, **named)
        others = Campaign.objects.filter(
            organisation_id=campaign.organisation_id, closed_at__isnull=True
        ).exclude(pk=campaign.pk)
        field = cast(forms.ModelChoiceField, self.fields["share_campaign"])
        field.queryset = others.order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for whole, parts in (
            ("inside_of_parts", "inside_parts"),
            ("share_of_parts", "share_parts"),
        ):
            if (cleaned.get(whole) is None) != (cleaned.get(parts) is None):
                self.add_error(whole, PARTS)
        named = bool(cleaned.get("share_campaign") or cleaned.get("share_bearer"))
        if named != (cleaned.get("share_parts") is not None):
            self.add_error("share_parts", "Say who bears a part, and which part.")
        return cleaned

    @property
    def inside(self) -> PartInside | None:
        typed = self.cleaned_data
        if typed["inside_parts"] is None:
            return None
        return PartInside(
            typed["inside_parts"], typed["inside_of_parts"], typed["inside_reason"]
        )

    @property
    def shares(self) -> list[Share]:
        typed = self.cleaned_data
        if typed["share_parts"] is None:
            return []
        return [
            Share(
                typed["share_parts"],
                typed["share_of_parts"],
                typed["share_reason"],
                typed["share_bearer"],
                typed["share_campaign"],
            )
        ]


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


class InvoiceForm(forms.Form):
    number = forms.CharField(label="Invoice number", max_length=60)
    amount = PoundsField()
    dated_on = DayField(label="Dated")
    received_on = DayField(label="Received")
    is_last = forms.BooleanField(
        label="Nothing more is to come for this expense", required=False, initial=True
    )
    disputed = forms.BooleanField(label="We dispute it", required=False)


class PaymentForm(forms.Form):
    amount = PoundsField()
    paid_on = DayField(label="Paid")
    method = forms.CharField(
        max_length=60, help_text="Such as bank transfer, cheque or card."
    )
