"""Of what is bought or given: what is used when, what never counts, who bears what."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.http import QueryDict

from campaigns.actions.expense_checks import PartInside, Share
from campaigns.forms.money_fields import PartField
from campaigns.models import Campaign, ExpenseExclusion, ShareBasis, StaffDuty
from campaigns.reports.campaign_periods import campaign_periods
from campaigns.reports.stock_use import stocks_in
from campaigns.rules.money import Part

PARTS = "Say both: so many parts, out of so many."
SHARE_FIELDS = ("campaign", "bearer", "basis", "part", "reason")
MOST_SHARES = 40


def staff_duties() -> list[tuple[str, str]]:
    return [("", "Nobody is paid for work"), *StaffDuty.choices]


class StockField(forms.ChoiceField):
    """Which copies it buys, of those that the campaign counts one by one."""

    def __init__(self) -> None:
        super().__init__(
            label="The copies of",
            required=False,
            help_text="If it buys a leaflet that goes out on rounds: then the copies "
            "delivered in the regulated period count, not the days of use.",
        )

    def offer(self, campaign: Campaign) -> None:
        self.choices = [
            ("", "Nothing that is counted by copies"),
            *(
                (key, f"{stock.name}, {stock.copies:,} copies")
                for key, stock in stocks_in(campaign).items()
            ),
        ]


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
    part = PartField(label="Their part")
    reason = forms.CharField(label="Why it is split so", max_length=500)

    def __init__(
        self, *arguments: Any, campaign: Campaign, whole: str, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        others = Campaign.objects.filter(
            organisation_id=campaign.organisation_id, closed_at__isnull=True
        ).exclude(pk=campaign.pk)
        ours = cast(forms.ModelChoiceField, self.fields["campaign"])
        ours.queryset = others.order_by("name", "pk")
        self.fields["part"].help_text = (
            "The figures it is worked from, such as 12,000 of 40,000; or 1/3, 25 % or "
            f"£120.00 of {whole}."
        )

    def has_changed(self) -> bool:
        """A browser always sends the list of bases: that alone says nothing."""
        return any(name != "basis" for name in self.changed_data)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("campaign")) == bool(cleaned.get("bearer")):
            self.add_error("bearer", "Choose a campaign, or name somebody else.")
        return cleaned

    def share_of(self, whole: Decimal) -> Share:
        """`whole` is what a part in pounds is a part of."""
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


class WholeForm(forms.Form):
    """What is put before the agent, of which the other forms tell parts; it has a
    `stock`."""

    # The field whose pounds a part of it in pounds is a part of.
    whole_field = "amount"
    whole_in_words = "what is paid"

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        super().__init__(*arguments, **named)
        cast(StockField, self.fields["stock"]).offer(campaign)

    @property
    def whole(self) -> Decimal:
        return cast(Decimal, self.cleaned_data[self.whole_field])


@dataclass(frozen=True, slots=True)
class Proposal:
    """The forms of the page on which something is proposed, sent as one."""

    form: WholeForm
    part: ExpensePartForm
    exclusion: ExclusionForm
    shares: list[ShareForm]

    def is_valid(self) -> bool:
        forms = (self.form, self.part, self.exclusion, *self.shares)
        return all(form.is_valid() for form in forms)

    @property
    def are_shares_open(self) -> bool:
        return len(self.shares) > 1 or self.shares[0].has_changed()

    @property
    def parts(self) -> dict[str, Any]:
        """What is used inside and what others bear, as the actions take it."""
        shares = [
            form.share_of(self.form.whole) for form in self.shares if form.has_changed()
        ]
        return {
            "inside": self.part.inside,
            "shares": shares,
            **self.exclusion.cleaned_data,
        }


def proposal(
    kind: type[WholeForm],
    sent: QueryDict,
    *,
    first: dict[str, Any],
    campaign: Campaign,
    **options: Any,
) -> Proposal:
    """With `first` where nothing was sent, and one row for each share that was.

    Whoever asks for `more` gets back what was typed, unchecked, and an empty row.
    `options` are those of the `kind` of form.
    """
    wants_more = "more" in sent
    typed = sent.dict() if wants_more else first
    data = None if wants_more or not sent else sent
    has_long = campaign_periods(campaign).long is not None
    rows = sum(f"share{n}-part" in sent for n in range(MOST_SHARES)) + wants_more
    return Proposal(
        kind(data, initial=typed, campaign=campaign, **options),
        ExpensePartForm(data, initial=typed, has_long=has_long),
        ExclusionForm(data, initial=typed),
        [
            ShareForm(
                data,
                prefix=f"share{n}",
                initial={name: typed.get(f"share{n}-{name}") for name in SHARE_FIELDS},
                empty_permitted=True,
                use_required_attribute=False,
                campaign=campaign,
                whole=kind.whole_in_words,
            )
            for n in range(min(max(rows, 1), MOST_SHARES))
        ],
    )
