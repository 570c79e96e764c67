"""Volunteers at the desk: looked for, written down, asked."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from campaigns.models import Campaign, Ward
from volunteers.actions.volunteers import Details
from volunteers.forms.sign_up import clean_mobile, clean_postcode
from volunteers.models import (
    Affiliate,
    ConsentChannel,
    Language,
    ShiftKind,
    Volunteer,
    VolunteerKind,
)
from volunteers.models.affiliates import AffiliateKind
from volunteers.reports.people import Wanted

WHICH = [
    ("", "Everybody who helps"),
    ("quiet", "Has not come for three weeks"),
    ("unasked", "Nor been asked for three weeks"),
    ("to_settle", "Perhaps here twice"),
    ("stood_down", "Has stood down"),
]


class VolunteerField(forms.CharField):
    """A volunteer by e-mail address or whole name, among those who are within reach."""

    reach: QuerySet[Volunteer] = Volunteer.objects.none()

    def clean(self, value: Any) -> Any:
        said = str(super().clean(value)).strip()
        if not said:
            return None
        found = list(self.reach.filter(email=said.lower())[:2])
        found = found or list(self.reach.filter(name__iexact=said)[:2])
        if not found:
            raise forms.ValidationError("No volunteer has this name or address.")
        if len(found) > 1:
            raise forms.ValidationError("Several have this name: give the address.")
        return found[0]


class FindForm(forms.Form):
    """Whom the list shows."""

    words = forms.CharField(label="Name or e-mail", max_length=100, required=False)
    which = forms.ChoiceField(label="Who", choices=WHICH, required=False)
    kind = forms.ChoiceField(
        label="Kind", choices=[("", "Any"), *VolunteerKind.choices], required=False
    )
    ward = forms.ChoiceField(label="Ward", required=False)
    branch = forms.ChoiceField(label="Branch", required=False)

    def __init__(
        self,
        *arguments: Any,
        wards: QuerySet[Ward],
        branches: list[str],
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        named_wards = [(one.gss, one.name) for one in wards]
        self.fields["ward"].choices = [("", "Any"), *named_wards]  # type: ignore[attr-defined]
        self.fields["branch"].choices = [  # type: ignore[attr-defined]
            ("", "Any"),
            *((one, one) for one in branches),
        ]

    def wanted(self) -> Wanted:
        """What was asked for; what makes no sense is no condition."""
        self.is_valid()
        return Wanted(**{name: self.cleaned_data.get(name, "") for name in self.fields})


class VolunteerForm(forms.Form):
    """Somebody as they are written down at the desk."""

    name = forms.CharField(label="Name", max_length=200)
    email = forms.EmailField(label="E-mail", required=False)
    mobile = forms.CharField(label="Mobile", max_length=30, required=False)
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    ward = forms.ModelChoiceField(
        Ward.objects.none(), label="Ward", required=False, empty_label="By the postcode"
    )
    kind = forms.ChoiceField(label="Kind", choices=VolunteerKind.choices)
    affiliate = forms.ModelChoiceField(
        Affiliate.objects.none(), label="Affiliate", required=False, empty_label="None"
    )
    branch = forms.CharField(label="Branch", max_length=100, required=False)
    would_do = forms.MultipleChoiceField(
        label="Would do",
        choices=ShiftKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(
        label="We write to them in",
        choices=Language.choices,
        initial=Language.ENGLISH,
        required=False,
    )
    is_under_18 = forms.BooleanField(label="Under 18", required=False)

    def __init__(
        self,
        *arguments: Any,
        campaign: Campaign,
        wards: QuerySet[Ward],
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        self.fields["ward"].queryset = wards  # type: ignore[attr-defined]
        affiliates = Affiliate.objects.of(campaign.organisation_id).order_by("name")
        self.fields["affiliate"].queryset = affiliates  # type: ignore[attr-defined]

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or Language.ENGLISH

    def clean_mobile(self) -> str:
        return clean_mobile(self.cleaned_data["mobile"])

    def clean_postcode(self) -> str:
        return clean_postcode(self.cleaned_data["postcode"])

    def details(self) -> Details:
        return Details(**{n: self.cleaned_data[n] for n in Details.__annotations__})


class NewVolunteerForm(VolunteerForm):
    """Somebody new, with what they agreed to."""

    channels = forms.MultipleChoiceField(
        label="They agreed to be asked by",
        choices=ConsentChannel.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class TeamForm(forms.Form):
    """Volunteers who go out together."""

    name = forms.CharField(label="Name", max_length=100)
    ward = forms.ModelChoiceField(
        Ward.objects.none(), label="Ward", required=False, empty_label="No ward"
    )
    leader = VolunteerField(
        label="Leader", max_length=254, required=False, help_text="Name or e-mail."
    )

    def __init__(
        self,
        *arguments: Any,
        wards: QuerySet[Ward],
        volunteers: QuerySet[Volunteer],
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        self.fields["ward"].queryset = wards  # type: ignore[attr-defined]
        self.fields["leader"].reach = volunteers  # type: ignore[attr-defined]


class WhoForm(forms.Form):
    """One volunteer, by name or e-mail."""

    volunteer = VolunteerField(label="Name or e-mail", max_length=254)

    def __init__(
        self, *arguments: Any, volunteers: QuerySet[Volunteer], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self.fields["volunteer"].reach = volunteers  # type: ignore[attr-defined]

    def said(self) -> str:
        """What is wrong, in one sentence."""
        return " ".join(str(error) for error in self.errors["volunteer"])


class AffiliateForm(forms.Form):
    """A body that lends people."""

    name = forms.CharField(label="Name", max_length=200)
    kind = forms.ChoiceField(label="Kind", choices=AffiliateKind.choices)


class FileForm(forms.Form):
    """A table of volunteers."""

    file = forms.FileField(label="CSV or Excel file")


class ReasonForm(forms.Form):
    """Why people's details leave the building."""

    reason = forms.CharField(label="Why?", max_length=500)
