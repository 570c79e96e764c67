"""The public sign-up page, and what volunteers say on their own page."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, Ward
from campaigns.phone_numbers import PhoneNumberRefused, e164
from campaigns.rules.postcodes import tidy_postcode
from volunteers.actions.volunteers import Details
from volunteers.models import (
    Affiliate,
    ConsentChannel,
    Language,
    ShiftKind,
    VolunteerKind,
)

NEEDS_MOBILE = {ConsentChannel.TEXT, ConsentChannel.PHONE, ConsentChannel.WHATSAPP}


class SignUpForm(forms.Form):
    """Somebody offers to help. `website` is seen by machines alone."""

    name = forms.CharField(
        label=_("Your name"),
        error_messages={"required": _("Enter your name.")},
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("We send you a link to your own page. No password is needed."),
        error_messages={"required": _("Enter your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    mobile = forms.CharField(
        label=_("Mobile"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=10,
        required=False,
        help_text=_("So that we find shifts near you. Or choose your ward below."),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    ward = forms.ModelChoiceField(
        Ward.objects.none(),
        label=_("Ward"),
        required=False,
        empty_label=_("I do not know"),
    )
    is_18 = forms.TypedChoiceField(
        label=_("Are you 18 or over?"),
        choices=[("yes", _("Yes")), ("no", _("No, I am under 18"))],
        coerce=lambda said: said == "yes",
        error_messages={"required": _("Say whether you are 18 or over.")},
        widget=forms.RadioSelect,
        help_text=_("Under 18 you are welcome too: an adult goes with you."),
    )
    would_do = forms.MultipleChoiceField(
        label=_("What would you like to do?"),
        choices=ShiftKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.ChoiceField(
        label=_("You are"),
        choices=VolunteerKind.choices,
        initial=VolunteerKind.SUPPORTER,
        error_messages={"required": _("Say who you are.")},
        widget=forms.RadioSelect,
    )
    affiliate = forms.ModelChoiceField(
        Affiliate.objects.none(),
        label=_("Affiliate"),
        required=False,
        empty_label=_("None of these"),
    )
    branch = forms.CharField(label=_("Branch"), max_length=100, required=False)
    channels = forms.MultipleChoiceField(
        label=_("You may ask me to help by"),
        choices=ConsentChannel.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Choose any or none; you can take it back at any time on your own page."
            " Reminders of shifts that you take come by e-mail in any case."
        ),
    )
    promised = forms.BooleanField(
        label=_("I make this promise"),
        error_messages={"required": _("Nobody can help without making the promise.")},
    )
    website = forms.CharField(
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        super().__init__(*arguments, **named)
        wards = campaign.wards.defer("boundary").order_by("name")
        self.fields["ward"].queryset = wards  # type: ignore[attr-defined]
        affiliates = Affiliate.objects.of(campaign.organisation_id).order_by("name")
        self.fields["affiliate"].queryset = affiliates  # type: ignore[attr-defined]
        if not affiliates.exists():
            del self.fields["affiliate"]

    def clean_mobile(self) -> str:
        return clean_mobile(self.cleaned_data["mobile"])

    def clean_postcode(self) -> str:
        return clean_postcode(self.cleaned_data["postcode"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        wanted = NEEDS_MOBILE & set(given.get("channels", ()))
        if wanted and not given.get("mobile") and "mobile" not in self.errors:
            self.add_error("mobile", _("Give a number by which we may ask you."))
        return given

    @property
    def is_a_machine(self) -> bool:
        return bool(self.cleaned_data["website"])

    def details(self) -> Details:
        given = self.cleaned_data
        return Details(
            name=given["name"],
            email=given["email"],
            mobile=given["mobile"],
            postcode=given["postcode"],
            ward=given["ward"],
            is_under_18=not given["is_18"],
            kind=given["kind"],
            branch=given["branch"],
            affiliate=given.get("affiliate"),
            would_do=given["would_do"],
            language=get_language() or Language.ENGLISH,
        )


def clean_mobile(written: str) -> str:
    """As E.164; refused on its field where it is no number."""
    if not written.strip():
        return ""
    try:
        return e164(written)
    except PhoneNumberRefused as refusal:
        raise forms.ValidationError(refusal.message) from None


def clean_postcode(written: str) -> str:
    tidy = tidy_postcode(written) if written.strip() else ""
    if tidy is None:
        raise forms.ValidationError(_("That is not a postcode: WV10 1AA is one."))
    return tidy


class LinkForm(forms.Form):
    """Somebody whose link has ended asks for a new one."""

    email = forms.EmailField(
        label=_("Your e-mail"),
        error_messages={"required": _("Enter your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AgreedForm(forms.Form):
    """What a volunteer agrees to from now on."""

    channels = forms.MultipleChoiceField(
        label=_("You may ask me to help by"),
        choices=ConsentChannel.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
