"""One line typed up from paper: district, number, code."""

from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from django import forms

from campaigns.access import Actor
from campaigns.models import Campaign, Council
from canvassing.models import Channel, ElectorStanding
from canvassing.reports.codes import codes_of
from canvassing.reports.keypad import elector_numbered, spoken_code
from canvassing.rules.contacts import ContactItem
from canvassing.rules.intentions import Codes
from canvassing.rules.keypad import TypedCode, TypedCodeRefused, read_code

QUICK = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class KeypadForm(forms.Form):
    """Cleaned, it knows the elector's standing and the contact to record."""

    council = forms.ModelChoiceField(Council.objects.none(), empty_label=None)
    said_on = forms.DateField(
        label="Day of the canvass", widget=forms.DateInput(attrs={"type": "date"})
    )
    district = forms.CharField(
        label="District", max_length=20, widget=forms.TextInput(attrs=QUICK)
    )
    number = forms.CharField(
        label="Number",
        max_length=12,
        widget=forms.TextInput(attrs=QUICK | {"inputmode": "decimal"}),
    )
    code = forms.CharField(
        label="Code", max_length=16, widget=forms.TextInput(attrs=QUICK)
    )
    # Made with the page, so that a line sent twice is one contact.
    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    standing: ElectorStanding
    typed: TypedCode
    second: int | None

    def __init__(
        self, *args: Any, by: Actor, campaign: Campaign, at: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.campaign, self.at = by, campaign, at
        councils = campaign.councils.order_by("name")
        self.fields["council"].queryset = councils  # type: ignore[attr-defined]

    def clean_said_on(self) -> date:
        said_on: date = self.cleaned_data["said_on"]
        if said_on > self.at.date():
            raise forms.ValidationError("That day has not come yet.")
        return said_on

    def clean_code(self) -> str:
        """A code or, where second preferences are asked, two: `P1/L`."""
        text: str = self.cleaned_data["code"]
        codes = codes_of(self.campaign)
        known = {code.upper() for code in (*codes.outcomes, *codes.intentions)}
        is_whole = text.strip().upper() in known
        first, _, second = (text, "", "") if is_whole else text.partition("/")
        try:
            self.typed = read_code(
                first,
                outcomes=codes.outcomes,
                intentions=codes.intentions,
                spoken=spoken_code(self.campaign),
            )
            self.second = self._second_preference(second, codes) if second else None
        except TypedCodeRefused as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return text

    def _second_preference(self, text: str, codes: Codes) -> int:
        """The candidate whom an answer's code names."""
        if not self.campaign.asks_second_preference:
            raise forms.ValidationError("This election has no second preferences.")
        typed = read_code(text, outcomes=(), intentions=codes.intentions, spoken="")
        candidate = codes.intentions[typed.intention].candidate_id
        if candidate is None:
            raise forms.ValidationError(f"{text.strip()!r} names no candidate.")
        return candidate

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not {"council", "district", "number"} <= values.keys():
            return values
        standing = elector_numbered(
            values["district"],
            values["number"],
            council_id=values["council"].pk,
            by=self.by,
            campaign=self.campaign,
        )
        if standing is None:
            self.add_error("number", "Nobody on your list has this number there.")
        else:
            self.standing = standing
        return values

    def item(self) -> ContactItem:
        """The contact: at midday of its day, or now on the day itself."""
        said_on = self.cleaned_data["said_on"]
        midday = datetime.combine(said_on, time(12), tzinfo=self.at.tzinfo)
        return ContactItem(
            uuid=self.cleaned_data["uuid"],
            elector_id=self.standing.elector_id,
            outcome=self.typed.outcome,
            intention=self.typed.intention,
            second_preference_id=self.second,
            channel=Channel.PAPER,
            said_at=min(midday, self.at),
        )
