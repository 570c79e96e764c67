"""What a stall's helper types: whom to look for, and how somebody may be reached."""

from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from canvassing.actions.stalls import GivenDetails
from canvassing.rules.contact_details import CALLS, EMAILS, LONGEST_EMAIL, TEXTS


class FindForm(forms.Form):
    """A name, a house number and street, a postcode, or several of them."""

    words = forms.CharField(
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "words"}
        ),
    )

    def __init__(self, sent: QueryDict | None = None) -> None:
        super().__init__(sent, auto_id="find_%s")
        words = self.fields["words"]
        words.label = _("Surname or postcode")
        words.help_text = _(
            "Or both, or a house number and street: Jones WV10 1AA, 12 Mill Street."
        )
        words.error_messages["required"] = _(
            "Say a little more: at least two letters of the name, or a street or"
            " postcode."
        )


class GivenForm(forms.Form):
    """A number or an e-mail address, and what they agree it is used for."""

    value = forms.CharField(
        max_length=LONGEST_EMAIL,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )
    channels = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, sent: QueryDict | None = None) -> None:
        super().__init__(sent, auto_id="given_%s")
        value = self.fields["value"]
        value.label = _("Number or e-mail address")
        value.error_messages["required"] = _("Enter a number or an e-mail address.")
        channels = cast(forms.MultipleChoiceField, self.fields["channels"])
        channels.label = _("They agreed to")
        channels.choices = [
            (CALLS, _("Calls")),
            (TEXTS, _("Text messages")),
            (EMAILS, _("E-mails")),
        ]

    @property
    def given(self) -> GivenDetails:
        value = self.cleaned_data["value"]
        channels = frozenset(self.cleaned_data["channels"])
        if "@" in value:
            return GivenDetails(email=value, channels=channels)
        return GivenDetails(phone=value, channels=channels)
