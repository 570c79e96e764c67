"""What somebody said, as an organiser notes it or puts it right."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, ClassVar, cast

from django import forms

from campaigns.models import Campaign
from canvassing.forms.consent import consent_said, offer_consent
from canvassing.models import Channel, IntentionCode, OutcomeCode
from canvassing.reports.codes import answers_in_order
from canvassing.rules.contacts import NOTE_LENGTH, ContactItem

NOTHING = ("", "nothing said of it")
PLEDGE = (("", "as the answer says"), ("yes", "Yes"), ("no", "No, or withdrawn"))
POSTED = (NOTHING, ("yes", "Yes"), ("no", "Not yet"))
YES_OR_NO = {"yes": True, "no": False}
WHEN = "%Y-%m-%dT%H:%M"


class ContactForm(forms.Form):
    """The answer to one attempt. `said` gives it as the fields of a `ContactItem`."""

    # Kinds of outcomes that cannot come of it.
    outcomes_left_out: ClassVar[Collection[str]] = ()

    outcome = forms.ChoiceField(label="What came of it")
    intention = forms.ChoiceField(label="Their answer", required=False)
    pledge = forms.ChoiceField(required=False, choices=PLEDGE)
    second_preference_id = forms.ChoiceField(label="Second preference", required=False)
    voted_last_time = forms.ChoiceField(label="Voted last time for", required=False)
    posted = forms.ChoiceField(
        label="Postal vote sent back", required=False, choices=POSTED
    )
    said_at = forms.DateTimeField(
        label="When",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WHEN),
    )
    note = forms.CharField(
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self, *arguments: Any, campaign: Campaign, at: datetime, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self.at = at
        self.fields["pledge"].label = campaign.pledge_word.capitalize()
        intentions = _choices(answers_in_order(campaign))
        outcomes = OutcomeCode.objects.filter(campaign=campaign)
        outcomes = outcomes.exclude(kind__in=self.outcomes_left_out)
        self._offer("outcome", _choices(outcomes.order_by("position", "code")))
        self._offer("intention", [NOTHING, *intentions])
        self._offer("voted_last_time", [NOTHING, *intentions])
        if campaign.asks_second_preference:
            candidates = campaign.candidates.order_by("position", "pk")
            named_so = [(str(c.pk), str(c)) for c in candidates]
            self._offer("second_preference_id", [NOTHING, *named_so])
        else:
            del self.fields["second_preference_id"]
        offer_consent(self, campaign)

    def _offer(self, field: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[field]).choices = choices

    def clean_said_at(self) -> datetime:
        """To the minute as typed; the very instant where that was not changed."""
        said_at: datetime = self.cleaned_data["said_at"]
        was: datetime | None = self.initial.get("said_at")
        if was and was.replace(second=0, microsecond=0) == said_at:
            return was
        if said_at > self.at:
            raise forms.ValidationError("That has not come yet.")
        return said_at

    @property
    def said(self) -> dict[str, Any]:
        typed = self.cleaned_data
        second = typed.get("second_preference_id")
        return {
            "outcome": typed["outcome"],
            "intention": typed.get("intention", ""),
            "pledge": YES_OR_NO.get(typed.get("pledge", "")),
            "second_preference_id": int(second) if second else None,
            "voted_last_time": typed.get("voted_last_time", ""),
            "posted": YES_OR_NO.get(typed.get("posted", "")),
            "said_at": typed["said_at"],
            "note": typed.get("note", ""),
            "consent": consent_said(self),
        }


class CorrectionForm(ContactForm):
    """What was really said, and what they had not asked for, by names of `wishes`."""

    not_asked = forms.MultipleChoiceField(
        required=False,
        label="This was noted with it. Tick what they did not ask for",
        help_text="What stays unticked stands.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "One of these was lifted meanwhile: look again."
        },
    )

    def __init__(
        self, *arguments: Any, wishes: Iterable[tuple[str, str]], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self._offer("not_asked", list(wishes))
        if not cast(forms.ChoiceField, self.fields["not_asked"]).choices:
            del self.fields["not_asked"]

    @property
    def said(self) -> dict[str, Any]:
        return super().said | {"not_asked": self.cleaned_data.get("not_asked", ())}


class NewContactForm(ContactForm):
    """An attempt that has not been recorded yet, and how it was made."""

    channel = forms.ChoiceField(
        label="How",
        choices=[(c.value, c.label) for c in Channel if c != Channel.IMPORT],
    )
    # Made with the page, so that a form sent twice is one contact.
    uuid = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("channel",)

    @property
    def said(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return super().said | {"uuid": typed["uuid"], "channel": typed["channel"]}


def typed_of(said: ContactItem) -> dict[str, Any]:
    """What the form begins with to put right what was said."""
    words = {True: "yes", False: "no", None: ""}
    return {
        "outcome": said.outcome,
        "intention": said.intention,
        "pledge": words[said.pledge],
        "second_preference_id": str(said.second_preference_id or ""),
        "voted_last_time": said.voted_last_time,
        "posted": words[said.posted],
        "said_at": said.said_at,
        "note": said.note,
        "consent": bool(said.consent),
    }


def _choices(codes: Iterable[IntentionCode | OutcomeCode]) -> list[tuple[str, str]]:
    """Retired codes stay: what was said of old is put right in the words of old."""
    return [
        (code.code, f"{code.label}{' (retired)' if code.retired_at else ''}")
        for code in codes
    ]
