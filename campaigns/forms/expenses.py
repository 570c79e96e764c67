"""What is typed about expenses; the actions decide."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.http import QueryDict

from campaigns.actions.expense_checks import PartInside, Share
from campaigns.forms.money_fields import DayField, PartField, PoundsField
from campaigns.models import (
    Campaign,
    ExpenseCategory,
    ExpenseExclusion,
    ExpenseKind,
    ExpenseState,
    ShareBasis,
    SpendingAuthority,
    StaffDuty,
)
from campaigns.reports.spending_authorities import authorities_to_spend
from campaigns.reports.stock_use import stocks_in
from campaigns.rules.money import Part
from campaigns.rules.notional_value import notional_value

PARTS = "Say both: so many parts, out of so many."
SHARE_FIELDS = ("campaign", "bearer", "basis", "part", "reason")
MOST_SHARES = 40


def staff_duties() -> list[tuple[str, str]]:
    return [("", "Nobody is paid for work"), *StaffDuty.choices]


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
        help_text="The return needs it; it can be added later.",
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
    stock = forms.ChoiceField(
        label="The copies of",
        required=False,
        help_text="If it buys a leaflet that goes out on rounds: then the copies "
        "delivered in the regulated period count, not the days of use.",
    )
    authority = forms.ModelChoiceField(
        SpendingAuthority.objects.none(),
        label="Under whose authority?",
        empty_label="The election agent’s own",
        required=False,
        help_text="Choose somebody only for what they pay by the agent’s written "
        "authority: petty expenses, or a campaigner’s own.",
    )


class PersonalExpenseForm(forms.Form):
    """What the candidate paid for their own travel and living."""

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
        choices=ExpenseCategory,
        initial=ExpenseCategory.TRANSPORT,
    )
    amount = PoundsField(label="What was paid", help_text="VAT included.")
    incurred_on = DayField(label="Day")


class ExpensePartForm(forms.Form):
    """How much was used in the regulated periods, where the days of use do not tell."""

    inside_parts = forms.IntegerField(
        label="Parts used in the regulated period", required=False, min_value=0
    )
    long_parts = forms.IntegerField(
        label="Parts used in the long campaign before it", required=False, min_value=0
    )
    inside_of_parts = forms.IntegerField(
        label="Out of",
        required=False,
        min_value=1,
        help_text="Such as 3,000 of 10,000 copies.",
    )
    inside_reason = forms.CharField(
        label="Why that part", required=False, max_length=500
    )

    def __init__(self, *arguments: Any, has_long: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if has_long:
            self.fields["inside_parts"].label = "Parts used in the short campaign"
        else:
            del self.fields["long_parts"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        parts = (cleaned.get("inside_parts"), cleaned.get("long_parts"))
        if (parts == (None, None)) != (cleaned.get("inside_of_parts") is None):
            self.add_error("inside_of_parts", PARTS)
        return cleaned

    @property
    def inside(self) -> PartInside | None:
        typed = self.cleaned_data
        if typed["inside_of_parts"] is None:
            return None
        return PartInside(
            typed["inside_parts"] or 0,
            typed["inside_of_parts"],
            typed["inside_reason"],
            typed.get("long_parts") or 0,
        )


class ExclusionForm(forms.Form):
    """The rule by which something never counts, and why it applies."""

    excluded = forms.ChoiceField(
        label="It never counts, because it is",
        choices=[("", "No: it counts"), *ExpenseExclusion.choices],
        required=False,
    )
    excluded_reason = forms.CharField(
        label="Why that applies",
        required=False,
        max_length=500,
        help_text="Such as “stewards asked for by the police after a threat”.",
    )


class ShareForm(forms.Form):
    """One of those who bear a part of an expense; an empty one is nobody."""

    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label="A campaign of ours", required=False
    )
    bearer = forms.CharField(
        label="Or another candidate or body", required=False, max_length=200
    )
    basis = forms.ChoiceField(label="Split by", choices=ShareBasis)
    part = PartField(
        label="Their part",
        help_text="The figures it is worked from, such as 12,000 of 40,000; or 1/3, "
        "25 % or £120.00 of what is paid.",
    )
    reason = forms.CharField(label="Why it is split so", max_length=500)

    def has_changed(self) -> bool:
        """A browser always sends the list of bases: that alone says nothing."""
        return any(name != "basis" for name in self.changed_data)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("campaign")) == bool(cleaned.get("bearer")):
            self.add_error("bearer", "Choose a campaign, or name somebody else.")
        return cleaned

    def share_of(self, whole: Decimal) -> Share:
        """`whole` is what the expense is worth, in pounds."""
        typed = self.cleaned_data
        part = typed["part"]
        if isinstance(part, Decimal):
            part = Part.of_pounds(part, whole)
        return Share(
            part.parts,
            part.of,
            typed["reason"],
            typed["bearer"],
            typed["campaign"],
            typed["basis"],
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """The forms of the page on which an expense is proposed, sent as one."""

    expense: ExpenseForm
    part: ExpensePartForm
    exclusion: ExclusionForm
    shares: list[ShareForm]

    def is_valid(self) -> bool:
        forms = (self.expense, self.part, self.exclusion, *self.shares)
        return all(form.is_valid() for form in forms)

    @property
    def are_shares_open(self) -> bool:
        return len(self.shares) > 1 or self.shares[0].has_changed()

    @property
    def parts(self) -> dict[str, Any]:
        """What is used inside and what others bear, as the action takes it."""
        typed = self.expense.cleaned_data
        whole, market = typed["amount"], typed["market_value"]
        if market is not None:
            whole += notional_value(market_value=market, paid=whole)
        shares = [form.share_of(whole) for form in self.shares if form.has_changed()]
        return {
            "inside": self.part.inside,
            "shares": shares,
            **self.exclusion.cleaned_data,
        }


def proposal(
    sent: QueryDict, *, first: dict[str, Any], campaign: Campaign, has_long: bool
) -> Proposal:
    """With `first` where nothing was sent, and one row for each share that was.

    Whoever asks for `more` gets back what was typed, unchecked, and an empty row.
    """
    wants_more = "more" in sent
    typed = sent.dict() if wants_more else first
    data = None if wants_more or not sent else sent
    rows = sum(f"share{n}-part" in sent for n in range(MOST_SHARES)) + wants_more
    others = Campaign.objects.filter(
        organisation_id=campaign.organisation_id, closed_at__isnull=True
    ).exclude(pk=campaign.pk)
    shares = []
    for prefix in (f"share{n}" for n in range(min(max(rows, 1), MOST_SHARES))):
        row = ShareForm(
            data,
            prefix=prefix,
            initial={name: typed.get(f"{prefix}-{name}") for name in SHARE_FIELDS},
            empty_permitted=True,
            use_required_attribute=False,
        )
        field = cast(forms.ModelChoiceField, row.fields["campaign"])
        field.queryset = others.order_by("name", "pk")
        shares.append(row)
    part = ExpensePartForm(data, initial=typed, has_long=has_long)
    expense = ExpenseForm(data, initial=typed)
    authorities = cast(forms.ModelChoiceField, expense.fields["authority"])
    authorities.queryset = authorities_to_spend(campaign)
    stocks = cast(forms.ChoiceField, expense.fields["stock"])
    stocks.choices = [
        ("", "Nothing that is counted by copies"),
        *(
            (key, f"{stock.name}, {stock.copies:,} copies")
            for key, stock in stocks_in(campaign).items()
        ),
    ]
    exclusion = ExclusionForm(data, initial=typed)
    return Proposal(expense, part, exclusion, shares)


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


class WriteOffForm(forms.Form):
    """Copies in hand that will never be used."""

    copies = forms.IntegerField(label="Copies", min_value=1, max_value=2**31 - 1)
    reason = forms.CharField(
        label="How is that known?",
        max_length=500,
        help_text="Such as “left in the office after polling day, counted and pulped”.",
    )
