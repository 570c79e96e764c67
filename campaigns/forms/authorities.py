"""Who else may spend, and what others do on campaigns of their own, as typed."""

from typing import Any, cast

from django import forms

from campaigns.forms.money_fields import DayField, PoundsField
from campaigns.models import AuthorityKind, Campaign, User
from campaigns.reports.spending_authorities import people_to_authorise


class AuthorityForm(forms.Form):
    """A paper that the agent signed: who may spend, for what, and how much."""

    kind = forms.ChoiceField(
        label="What it lets them do",
        choices=AuthorityKind,
        initial=AuthorityKind.PETTY,
        widget=forms.RadioSelect,
    )
    user = forms.ModelChoiceField(
        User.objects.none(),
        label="Who, if they sign in here",
        empty_label="Nobody with an account",
        required=False,
        help_text="Whoever commits expenses must.",
    )
    name = forms.CharField(label="Or their name", max_length=200, required=False)
    address = forms.CharField(
        max_length=300,
        required=False,
        help_text="Of a campaigner, who makes a return of their own.",
    )
    purpose = forms.CharField(
        label="For what",
        max_length=300,
        required=False,
        help_text="Such as “stationery and postage of the Wednesbury office”.",
    )
    cap = PoundsField(label="Up to, over all that they spend")
    written_on = DayField(label="Dated")
    until_on = DayField(label="Last day", required=False)
    document = forms.CharField(
        label="Where the paper that you signed is kept", max_length=300
    )

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = cast(forms.ModelChoiceField, self.fields["user"])
        field.queryset = people_to_authorise(campaign)


class OutsideActivityForm(forms.Form):
    """What another body does on a campaign of its own."""

    body = forms.CharField(
        label="Who", max_length=200, help_text="Such as a union or a residents’ group."
    )
    description = forms.CharField(label="What they do", max_length=300)
    value = PoundsField(label="What it costs them")
    reason = forms.CharField(
        label="Why it is their own campaign",
        max_length=500,
        help_text="Such as “decided and run by the branch; neither the candidate nor "
        "the agent directed, authorised or encouraged it”.",
    )
