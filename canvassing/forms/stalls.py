"""What somebody says at a street stall, asks of us, and how they may be reached."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django import forms

from campaigns.models import Campaign
from canvassing.actions.stalls import GivenDetails
from canvassing.forms.contacts import WHEN, ContactForm
from canvassing.models import QuestionKind
from canvassing.reports.call_questions import Asking
from canvassing.reports.stall_person import NOT_AT_A_STALL
from canvassing.rules.contact_details import CALLS, CONSENT, EMAILS, TEXTS
from canvassing.rules.keypad import OF_ONE, PaperWish

AGREED = ((CALLS, "Calls"), (TEXTS, "Text messages"), (EMAILS, "E-mails"))


class StallForm(forms.Form):
    """A stall to be opened."""

    name = forms.CharField(max_length=120, label="What is it called?")
    meeting_point = forms.CharField(
        max_length=200, required=False, label="Where does it stand?"
    )
    starts_at = forms.DateTimeField(
        required=False,
        label="When does it open?",
        help_text="Leave it empty to open it now.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WHEN),
    )


# The fields of a contact that are asked like a script's question of this kind.
OF_VIEWS: Final[Mapping[str, str]] = {
    "intention": QuestionKind.INTENTION,
    "pledge": QuestionKind.INTENTION,
    "second_preference_id": QuestionKind.SECOND_PREFERENCE,
    "voted_last_time": QuestionKind.LAST_TIME,
    "posted": QuestionKind.POSTED,
}


class StallContactForm(ContactForm):
    """What was said and asked, and the number and address given with consent. Nobody is
    asked here what a script may not ask them."""

    outcomes_left_out = NOT_AT_A_STALL

    wishes = forms.MultipleChoiceField(
        required=False,
        choices=[(wish.value, words) for wish, words in OF_ONE.items()],
        label="They ask of us",
        widget=forms.CheckboxSelectMultiple,
    )

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
        self,
        *arguments: Any,
        asking: Asking,
        campaign: Campaign,
        at: datetime,
        **named: Any,
    ) -> None:
        super().__init__(*arguments, campaign=campaign, at=at, **named)
        self.fields["said_at"].required = False
        self.fields["said_at"].widget = forms.HiddenInput()
        # Consent is ticked on this very form.
        asking = replace(asking, consent="")
        for field, kind in OF_VIEWS.items():
            if field in self.fields and not asking.allows(kind):
                del self.fields[field]
        if not asking.keeps_views:
            del self.fields["note"]
        if not {"intention", "note"} & self.fields.keys():
            self.fields.pop("consent", None)

    def clean_said_at(self) -> datetime:
        """Now: whoever is at the stall says it at this moment."""
        return self.at

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        views = ("intention", "pledge", "second_preference_id", "voted_last_time")
        no_views = PaperWish.NO_VIEWS in values.get("wishes", ())
        if no_views and any(values.get(one) for one in (*views, "note")):
            raise forms.ValidationError(
                "They want no views recorded: leave their answers and the note empty."
            )
        return values

    @property
    def asked(self) -> tuple[PaperWish, ...]:
        return tuple(map(PaperWish, self.cleaned_data["wishes"]))

    @property
    def said(self) -> dict[str, Any]:
        return super().said | {"uuid": self.cleaned_data["uuid"], "channel": "stall"}

    @property
    def given(self) -> GivenDetails:
        typed = self.cleaned_data
        channels = frozenset(typed["channels"])
        return GivenDetails(typed["phone"], typed["email"], channels)
