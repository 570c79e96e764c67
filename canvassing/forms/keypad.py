"""One line typed up from paper: district, number, code."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import forms

from campaigns.access import Actor
from campaigns.models import Campaign, Council
from canvassing.forms.typed_codes import (
    LONGEST,
    QUICK,
    CodeReader,
    Typed,
    said_at_midday,
)
from canvassing.models import Channel, ElectorStanding
from canvassing.reports.keypad import elector_numbered
from canvassing.reports.postal_wave import BY_POST
from canvassing.rules.contacts import ContactItem


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
        label="Code", max_length=LONGEST, widget=forms.TextInput(attrs=QUICK)
    )
    # Made with the page, so that a line sent twice is one contact.
    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    standing: ElectorStanding
    typed: Typed

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

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        standing = None
        if {"council", "district", "number"} <= values.keys():
            standing = self._standing_of(values)
        if "code" in values and (text := values["code"]):
            self._read(text, standing, on=values.get("said_on", self.at.date()))
        return values

    def _standing_of(self, values: dict[str, Any]) -> ElectorStanding | None:
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
        return standing

    def _read(self, text: str, standing: ElectorStanding | None, *, on: date) -> None:
        """What may be said depends on how they vote, where it is known who it is."""
        reader = CodeReader(self.campaign)
        try:
            if standing is None:
                self.typed = reader.read(text)
            else:
                by_post = standing.votes_by in BY_POST
                self.typed = reader.read_of(text, votes_by_post=by_post, on=on)
        except forms.ValidationError as error:
            self.add_error("code", error)

    def item(self) -> ContactItem:
        return ContactItem(
            uuid=self.cleaned_data["uuid"],
            elector_id=self.standing.elector_id,
            outcome=self.typed.outcome,
            intention=self.typed.intention,
            second_preference_id=self.typed.second,
            posted=self.typed.posted,
            channel=Channel.PAPER,
            consent=self.typed.consent,
            said_at=said_at_midday(self.cleaned_data["said_on"], at=self.at),
        )
