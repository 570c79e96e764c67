"""A list of people not to be contacted: to be loaded, and to be taken away."""

from typing import Any, cast

from django import forms

from campaigns.models import Campaign, Council
from canvassing.actions.exports import TABLE_FORMATS
from canvassing.forms.gotv_lists import ReasonField
from canvassing.forms.phone_banks import SmallFileForm


class OptOutsForm(SmallFileForm):
    """The file, and what holds for all of it."""

    council = forms.ModelChoiceField(
        Council.objects.none(),
        label="Elector numbers and addresses are those of",
        empty_label="Choose…",
    )
    source = forms.CharField(
        max_length=100,
        label="Where is the list from?",
        help_text="Such as “the party’s own list”; a row’s own source goes before it.",
    )
    for_good = forms.BooleanField(
        label="For good, not for this election only",
        required=False,
        initial=True,
        help_text="Where a row does not say for how long.",
    )

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        super().__init__(*arguments, **named)
        councils = cast(forms.ModelChoiceField, self.fields["council"])
        councils.queryset = campaign.councils.order_by("name")


class OptOutsFileForm(forms.Form):
    """`cleaned_data` is what `ask_for_opt_outs` takes."""

    file_format = forms.ChoiceField(
        label="As", choices=list(TABLE_FORMATS.items()), initial="csv"
    )
    reason = ReasonField()
