"""What is typed about leaflets: their stock, whom they are handed to, what is done."""

from datetime import datetime, timedelta
from typing import Any, Final, cast

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localtime

from campaigns.access import Actor, wards_for
from campaigns.forms.money_fields import DayField, PoundsField, past_the_limit
from campaigns.models import Campaign, Ward
from campaigns.roles import Capability
from canvassing.actions.leaflet_rounds import USUAL_SIZE
from canvassing.forms.field_sessions import ClockField, moment
from canvassing.models import LeafletRound, LeafletStreet
from canvassing.reports.leaflets import streets_of
from canvassing.rules.rounds import SIZES
from volunteers.forms.choosing import VolunteerChoice
from volunteers.models import Volunteer

USUALLY_OUT: Final = timedelta(days=7)


def imprint_field(*, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label="Its imprint",
        max_length=600,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Type it off the leaflet or its proof: printer, promoter and on "
        "whose behalf, each with name and address. No copy goes out without it.",
    )


class LeafletCostForm(forms.Form):
    """What the printer charges, which is proposed to the agent by itself."""

    price = PoundsField(
        label="Price of all copies",
        help_text="What the printer charges in pounds, VAT included.",
    )
    supplier = forms.CharField(label="Printer", max_length=200)
    supplier_address = forms.CharField(
        label="Printer’s address",
        max_length=300,
        required=False,
        help_text="The return needs it; it can be added later.",
    )
    ordered_on = DayField(label="Day of the order", required=False)


class LeafletForm(LeafletCostForm):
    """A leaflet; its price may follow."""

    name = forms.CharField(label="What is it called?", max_length=100)
    copies = forms.IntegerField(
        label="Copies from the printer", min_value=1, max_value=2**31 - 1
    )
    imprint = imprint_field(required=False)
    field_order = ("name", "copies", "imprint")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        price = self.fields["price"]
        price.required = self.fields["supplier"].required = False
        price.help_text = (
            f"{price.help_text} It is proposed to the agent at once. Empty: nothing "
            "is proposed yet."
        )


class ImprintForm(forms.Form):
    imprint = imprint_field()


class LeafletRoundsForm(forms.Form):
    """In which ward the leaflet goes out."""

    ward = forms.ModelChoiceField(Ward.objects.none(), empty_label="Choose…")
    size = forms.IntegerField(
        label="Letter boxes a round",
        min_value=SIZES.start,
        max_value=SIZES.stop - 1,
        initial=USUAL_SIZE,
        help_text="The local party's own rounds are taken as they are.",
    )

    def __init__(
        self, *arguments: Any, actor: Actor, campaign: Campaign, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        wards = wards_for(actor, Capability.MAKE_LISTS, campaign=campaign)
        field = cast(forms.ModelChoiceField, self.fields["ward"])
        field.queryset = wards.defer("boundary").order_by("name")


def _deliverers(campaign: Campaign) -> QuerySet[Volunteer]:
    return Volunteer.objects.of(campaign.organisation_id).filter(
        stood_down_at=None, is_under_18=False
    )


class HandOutForm(forms.Form):
    deliverer = VolunteerChoice(
        Volunteer.objects.none(), label="Who takes it?", empty_label="Choose…"
    )
    copies = forms.IntegerField(label="Copies", min_value=1, max_value=2**31 - 1)

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = cast(VolunteerChoice, self.fields["deliverer"])
        field.offer(_deliverers(campaign))


class ByLinkForm(forms.Form):
    """To whom a leaflet round goes out by a link, with how many copies, until when."""

    volunteer = VolunteerChoice(
        Volunteer.objects.none(),
        label="Who takes it?",
        required=False,
        empty_label="Whoever has the link",
    )
    copies = forms.IntegerField(
        label="Copies with it",
        min_value=0,
        max_value=2**31 - 1,
        help_text="More than they have already; 0 where they have enough.",
    )
    day = DayField(label="Until")
    clock = ClockField(label="At")

    def __init__(
        self, *arguments: Any, campaign: Campaign, at: datetime, **named: Any
    ) -> None:
        # On one page with the form that hands them out, which has its names.
        super().__init__(*arguments, **{"auto_id": "link_%s", **named})
        field = cast(VolunteerChoice, self.fields["volunteer"])
        field.offer(_deliverers(campaign))
        until = localtime(at + USUALLY_OUT)
        self.fields["day"].initial = until.date()
        self.fields["clock"].initial = until.time()

    @property
    def asked(self) -> dict[str, Any]:
        """What `issue_leaflet_round` is asked for."""
        said = self.cleaned_data
        return {
            "volunteer": said["volunteer"],
            "copies": said["copies"],
            "expires_at": moment(said["day"], said["clock"]),
        }


class TakeBackForm(forms.Form):
    copies = forms.IntegerField(
        label="Copies that came back", min_value=1, max_value=2**31 - 1
    )


class DoneForm(forms.Form):
    copies = forms.IntegerField(label="Copies", min_value=1, max_value=2**31 - 1)
    delivered_on = DayField(label="On")
    over_limit_reason = past_the_limit()


class NotDoneForm(forms.Form):
    """A street was marked by mistake."""

    over_limit_reason = past_the_limit()


class StreetDoneForm(DoneForm):
    """A street of a round that is not done yet, written down by the agent."""

    street = forms.ModelChoiceField(LeafletStreet.objects.none(), empty_label="Choose…")
    field_order = ("street",)

    def __init__(
        self, *arguments: Any, leaflet_round: LeafletRound, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        field = cast(forms.ModelChoiceField, self.fields["street"])
        field.queryset = streets_of(leaflet_round, is_done=False)


class StreetNotDoneForm(NotDoneForm):
    """A street of a round that was marked by mistake."""

    street = forms.ModelChoiceField(LeafletStreet.objects.none(), empty_label="Choose…")
    field_order = ("street",)

    def __init__(
        self, *arguments: Any, leaflet_round: LeafletRound, **named: Any
    ) -> None:
        # On one page with the form of a street that was done, which has its names.
        super().__init__(*arguments, **{"auto_id": "undo_%s", **named})
        field = cast(forms.ModelChoiceField, self.fields["street"])
        field.queryset = streets_of(leaflet_round, is_done=True)
