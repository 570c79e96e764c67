"""What somebody says at a street stall, and how they may be reached."""

from datetime import datetime
from typing import Any

from django import forms

from campaigns.models import Campaign
from canvassing.actions.stalls import GivenDetails
from canvassing.forms.contacts import ContactForm
from canvassing.rules.contact_details import CALLS, CONSENT, EMAILS, TEXTS

AGREED = ((CALLS, "Calls"), (TEXTS, "Text messages"), (EMAILS, "E-mails"))


class StallForm(forms.Form):
    """A stall to be opened."""

    name = forms.CharField(max_length=120, label="What is it called?")
    meeting_point = forms.CharField(
        max_length=200, required=False, label="Where does it stand?"
    )


class StallContactForm(ContactForm):
    """What was said, and the number and address that they gave with consent."""

    phone = forms.CharField(
        required=False,
        max_length=40,
        label="Phone number",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    email = forms.CharField(
        required=False,
        max_length=254,
        label="E-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    channels = forms.MultipleChoiceField(
        required=False,
        choices=AGREED,
        label="They agreed to",
        help_text=f"Read out: “{CONSENT.text}” And say where our privacy notice is.",
        widget=forms.CheckboxSelectMultiple,
    )
    # Made with the page, so that a form sent twice is one contact.
    uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *arguments: Any, campaign: Campaign, at: datetime, **named: Any
    ) -> None:
        super().__init__(*arguments, campaign=campaign, at=at, **named)
        self.fields["said_at"].required = False
        self.fields["said_at"].widget = forms.HiddenInput()

    def clean_said_at(self) -> datetime:
        """Now: whoever is at the stall says it at this moment."""
        return self.at

    @property
    def said(self) -> dict[str, Any]:
        return super().said | {"uuid": self.cleaned_data["uuid"], "channel": "stall"}

    @property
    def given(self) -> GivenDetails:
        typed = self.cleaned_data
        channels = frozenset(typed["channels"])
        return GivenDetails(typed["phone"], typed["email"], channels)
