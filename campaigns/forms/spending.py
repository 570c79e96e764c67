"""What is typed on the money pages, cleaned; the actions decide."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from campaigns.models import Campaign, DonorKind, ExpenseCategory, ExpenseKind, User
from campaigns.roles import Capability, Role
from campaigns.rules.election_kinds import parse_election_id
from campaigns.rules.money import AmountRefused, parse_pounds
from campaigns.rules.spending_limits import POLLS


class DayField(forms.DateField):
    """A day, picked or typed."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )
        super().__init__(**options)


class PoundsField(forms.CharField):
    """An amount as people type it: `£1,234.56`, `1234.5` or `8000`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "size": 14})
        )
        super().__init__(max_length=20, **options)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_pounds(text)
        except AmountRefused as refusal:
            raise forms.ValidationError(refusal.message, refusal.code) from refusal


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
    inside_parts = forms.IntegerField(
        label="Used in the regulated period: parts", required=False, min_value=0
    )
    inside_of_parts = forms.IntegerField(
        label="out of",
        required=False,
        min_value=1,
        help_text="Only where the days of use do not tell, such as 3,000 of 10,000 "
        "copies.",
    )
    inside_reason = forms.CharField(
        label="Why that part", required=False, max_length=500
    )
    share_campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label="Shared with our campaign", required=False
    )
    share_bearer = forms.CharField(
        label="or with somebody else", required=False, max_length=200
    )
    share_parts = forms.IntegerField(
        label="They bear: parts", required=False, min_value=1
    )
    share_of_parts = forms.IntegerField(label="out of", required=False, min_value=1)
    share_reason = forms.CharField(
        label="Why it is split so", required=False, max_length=500
    )

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        super().__init__(*arguments, **named)
        others = Campaign.objects.filter(
            organisation_id=campaign.organisation_id, closed_at__isnull=True
        ).exclude(pk=campaign.pk)
        field = self.fields["share_campaign"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = others.order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for whole, parts in (
            ("inside_of_parts", "inside_parts"),
            ("share_of_parts", "share_parts"),
        ):
            if (cleaned.get(whole) is None) != (cleaned.get(parts) is None):
                self.add_error(whole, "Say both: so many parts, out of so many.")
        named = bool(cleaned.get("share_campaign") or cleaned.get("share_bearer"))
        if named != (cleaned.get("share_parts") is not None):
            self.add_error("share_parts", "Say who bears a part, and which part.")
        return cleaned


class CommitForm(forms.Form):
    """The agent's reason, needed only where the limit would be passed."""

    over_limit_reason = forms.CharField(
        label="Reason, if it passes the limit", max_length=500, required=False
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


class AffordForm(forms.Form):
    """A question about an expense that nobody has entered yet."""

    amount = PoundsField(label="How much?")
    category = forms.ChoiceField(
        label="For what?",
        choices=ExpenseCategory,
        initial=ExpenseCategory.UNSOLICITED,
    )
    used_from = DayField(label="First day of use")
    used_until = DayField(label="Last day of use")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("used_from"), cleaned.get("used_until")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("used_until", "The last day of use is before the first.")
        return cleaned


class LimitNoticeForm(forms.Form):
    """The returning officer's numbers, or our estimate of them."""

    is_official = forms.TypedChoiceField(
        label="Where do the numbers come from?",
        choices=(
            ("yes", "The returning officer gave them to us in writing"),
            ("no", "They are our estimate until then"),
        ),
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    electors = forms.IntegerField(
        min_value=1,
        help_text="Local government electors on the last day for the notice of "
        "election, without those who turn 18 after the poll.",
    )
    councils = forms.IntegerField(
        label="Constituent councils", required=False, min_value=1, max_value=500
    )
    limit_kind = forms.ChoiceField(label="Which limit?", required=False)
    area = forms.CharField(label="Police area", required=False, max_length=100)
    given_on = DayField(label="Dated")
    document = forms.CharField(
        max_length=300, help_text="Which letter, e-mail or count, and where it is kept."
    )

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        super().__init__(*arguments, **named)
        name = parse_election_id(campaign.election.slug)
        kinds = name.spending_kinds
        if len(kinds) == 1:
            del self.fields["limit_kind"]
        else:
            field = self.fields["limit_kind"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = [(kind, POLLS.get(kind, kind)) for kind in kinds]
        if "pcc" not in kinds:
            del self.fields["area"]
        if "cam_mayor" not in kinds:
            del self.fields["councils"]


class DonationForm(forms.Form):
    donor = forms.CharField(label="Who gave it?", max_length=200)
    donor_kind = forms.ChoiceField(label="What are they?", choices=DonorKind)
    donor_address = forms.CharField(
        label="Address",
        required=False,
        max_length=300,
        help_text="Needed over £50; for a person as on the electoral register.",
    )
    amount = PoundsField(label="Amount or value")
    in_kind = forms.CharField(
        label="What, if it was not money", required=False, max_length=300
    )
    received_on = DayField(
        label="Received",
        required=False,
        help_text="In the hand, the cheque cleared, or the bank’s credit. Empty while "
        "it is only promised.",
    )


class AcceptForm(forms.Form):
    accepted_on = DayField(label="Accepted")
    checked_how = forms.CharField(
        label="How the donor was found permissible",
        required=False,
        max_length=500,
        help_text="Needed over £50.",
    )


class ReturnForm(forms.Form):
    returned_on = DayField(label="Returned")
    returned_how = forms.CharField(label="How, and to whom", max_length=500)


class AuthorityForm(forms.Form):
    """A written authority to commit expenses."""

    user = forms.ModelChoiceField(User.objects.none(), label="Who may commit")
    cap = PoundsField(label="Up to, over all they commit")
    written_on = DayField(label="Dated")
    until_on = DayField(label="Last day", required=False)
    document = forms.CharField(
        label="Where the signed paper is kept", max_length=300
    )

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = people_of(campaign)


def people_of(campaign: Campaign) -> Any:
    raise NotImplementedError
