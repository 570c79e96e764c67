"""A wish not to be contacted, and its end."""

from django import forms

from canvassing.models import Channel, DoNotContactScope

CHANNELS = [
    ("", "In any way"),
    (Channel.DOOR, "At the door"),
    (Channel.PHONE, "By phone"),
    (Channel.LETTER, "By addressed letter"),
    (Channel.EMAIL, "By e-mail"),
]


class DoNotContactForm(forms.Form):
    scope = forms.ChoiceField(
        label="Who does not want it?",
        choices=DoNotContactScope.choices,
        initial=DoNotContactScope.PERSON,
        widget=forms.RadioSelect,
    )
    channel = forms.ChoiceField(
        label="What do they not want?", choices=CHANNELS, required=False
    )
    for_good = forms.BooleanField(
        label="For good, not for this election only", required=False, initial=True
    )


class LiftForm(forms.Form):
    reason = forms.CharField(
        label="Why does the wish no longer hold?",
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
