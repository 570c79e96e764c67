"""What is typed about lists, their files and letters; the actions decide."""

from decimal import Decimal
from typing import Any, cast

from django import forms

from campaigns.access import Actor, wards_for
from campaigns.forms.money_fields import DayField
from campaigns.models import Campaign, PollingDistrict, Ward
from campaigns.roles import Capability
from canvassing.models import Channel, IntentionCode, Wording
from canvassing.reports.gotv_selection import BITS
from canvassing.reports.turnout import earlier_polls
from canvassing.rules.gotv import FORMATS, STRENGTHS, GotvRule, rule_from_json
from canvassing.rules.gotv_sentences import WAYS, day
from canvassing.rules.letters import STATION_BODY

ANY = ("", "any")


class ReasonField(forms.CharField):
    """Why electors leave the building; it goes into the ledger and on the file."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "What is it for?")
        options.setdefault(
            "help_text", "Kept in the ledger of exports with your name and the time."
        )
        super().__init__(max_length=500, **options)


class WardsField(forms.ModelMultipleChoiceField):
    """Some of the actor's wards; none chosen means all of them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            Ward.objects.none(),
            required=False,
            help_text="All of yours if you choose none.",
            widget=forms.SelectMultiple(attrs={"size": 8}),
            **options,
        )

    def label_from_instance(self, ward: Any) -> str:
        return f"{ward.council}: {ward}"


class ListForm(forms.Form):
    """A list and its rule."""

    name = forms.CharField(max_length=200, required=False)
    channel = forms.ChoiceField(
        label="How will they be reminded?",
        choices=[(channel.value, channel.label) for channel in BITS],
        initial=Channel.DOOR,
    )
    wards = WardsField()
    pledges = forms.BooleanField(required=False, initial=True)
    codes = forms.MultipleChoiceField(
        label="And whoever answered",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    strength = forms.ChoiceField(
        label="Strength at most",
        required=False,
        choices=[ANY, *((str(n), str(n)) for n in STRENGTHS)],
        help_text="1 is certain, 5 barely leaning.",
    )
    second = forms.ChoiceField(label="Second preference", required=False)
    since = DayField(label="Contacted since", required=False)
    votes_by = forms.MultipleChoiceField(
        label="Who vote",
        required=False,
        choices=list(WAYS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    voted_last_time = forms.MultipleChoiceField(
        label="Who said they voted last time for",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    voted_on = forms.MultipleChoiceField(
        label="Who voted on",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="As marked at earlier polls; any of these days will do.",
    )
    not_voted_on = forms.MultipleChoiceField(
        label="Who did not vote on",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Only where others of their polling district are marked.",
    )
    file_formats = forms.MultipleChoiceField(
        label="With files of each ward",
        required=False,
        choices=list(FORMATS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    reason = ReasonField()

    def __init__(
        self, *arguments: Any, campaign: Campaign, actor: Actor, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self.fields["pledges"].label = f"Every {campaign.pledge_word}"
        theirs = wards_for(actor, Capability.MAKE_LISTS, campaign=campaign)
        wards = cast(WardsField, self.fields["wards"])
        wards.queryset = (
            theirs.select_related("council")
            .defer("boundary")
            .order_by("council__name", "name", "gss")
        )
        codes = [(code.code, str(code)) for code in open_codes(campaign)]
        for field in ("codes", "voted_last_time"):
            cast(forms.MultipleChoiceField, self.fields[field]).choices = codes
        polls = [(str(poll), day(poll)) for poll in earlier_polls(campaign)]
        for field in ("voted_on", "not_voted_on"):
            if polls:
                cast(forms.MultipleChoiceField, self.fields[field]).choices = polls
            else:
                del self.fields[field]
        if campaign.asks_second_preference:
            names = campaign.candidates.order_by("position").values_list(
                "name", flat=True
            )
            second = cast(forms.ChoiceField, self.fields["second"])
            second.choices = [ANY, *((name, name) for name in names)]
        else:
            del self.fields["second"]

    @property
    def rule(self) -> GotvRule:
        typed = self.cleaned_data
        return rule_from_json(
            {
                "pledges": typed["pledges"],
                "codes": typed["codes"],
                "strength": typed["strength"] or None,
                "second": typed.get("second") or None,
                "since": typed["since"],
                "votes_by": typed["votes_by"],
                "voted_last_time": typed["voted_last_time"],
                "voted_on": typed.get("voted_on", ()),
                "not_voted_on": typed.get("not_voted_on", ()),
            }
        )

    @property
    def chosen_wards(self) -> list[Ward] | None:
        return list(self.cleaned_data["wards"]) or None


def open_codes(campaign: Campaign) -> list[IntentionCode]:
    return list(
        campaign.intention_codes.filter(retired_at__isnull=True).order_by(
            "position", "code"
        )
    )


class FilesForm(forms.Form):
    """Files of a list, or of one ward of it."""

    file_format = forms.ChoiceField(label="As", choices=list(FORMATS.items()))
    reason = ReasonField()


class CardsForm(forms.Form):
    """Blank canvass cards of a ward or a district."""

    ward = forms.ModelChoiceField(Ward.objects.none())
    district = forms.ModelChoiceField(
        PollingDistrict.objects.none(), label="Polling district", required=False
    )
    reason = ReasonField()

    def __init__(
        self, *arguments: Any, campaign: Campaign, actor: Actor, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        theirs = wards_for(actor, Capability.EXPORT_ELECTORS, campaign=campaign)
        ward = cast(forms.ModelChoiceField, self.fields["ward"])
        ward.queryset = theirs.defer("boundary").order_by("name", "gss")
        district = cast(forms.ModelChoiceField, self.fields["district"])
        district.queryset = PollingDistrict.objects.filter(
            organisation=campaign.organisation_id,
            ward__in=theirs,
            until_edition__isnull=True,
        ).order_by("code")


class LetterRunForm(forms.Form):
    """A letter to the households of a list, and what it will cost."""

    name = forms.CharField(max_length=200, required=False)
    wording = forms.ChoiceField(
        label="To whom", choices=Wording, widget=forms.RadioSelect
    )
    body = forms.CharField(
        label="Text", widget=forms.Textarea(attrs={"rows": 16}), initial=STATION_BODY
    )
    one_per_household = forms.BooleanField(
        label="One letter for each household", required=False, initial=True
    )
    supplier = forms.CharField(label="Printer and mailing house", max_length=200)
    supplier_address = forms.CharField(
        label="Their address",
        max_length=300,
        required=False,
        help_text="The return needs it; it can be added later.",
    )
    price_per_copy = forms.DecimalField(
        label="Price of a copy in pounds",
        max_digits=8,
        decimal_places=4,
        min_value=Decimal("0.0001"),
        help_text="Print and postage together, VAT included.",
    )
    used_from = DayField(label="First day of delivery")
    used_until = DayField(label="Last day of delivery")


class PrintForm(forms.Form):
    reason = ReasonField()
