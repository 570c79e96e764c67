"""What a typist writes for a code, read with the campaign's codes at hand."""

from datetime import date, datetime, time
from typing import NamedTuple

from django import forms

from campaigns.models import Campaign
from canvassing.reports.codes import codes_of
from canvassing.reports.keypad import spoken_code
from canvassing.rules.keypad import TypedCodeRefused, read_code

QUICK = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class Typed(NamedTuple):
    """The codes of a contact, and the candidate of a second preference."""

    outcome: str
    intention: str
    second: int | None


class CodeReader:
    """Reads any number of codes with one look at those of the campaign."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.codes = codes_of(campaign)
        self.spoken = spoken_code(campaign)

    def read(self, text: str) -> Typed:
        """A code or, where second preferences are asked, two: `P1/L`. A code that is
        none, or names nobody, is a ValidationError."""
        known = {
            code.upper() for code in (*self.codes.outcomes, *self.codes.intentions)
        }
        is_whole = text.strip().upper() in known
        first, _, second = (text, "", "") if is_whole else text.partition("/")
        try:
            typed = read_code(
                first,
                outcomes=self.codes.outcomes,
                intentions=self.codes.intentions,
                spoken=self.spoken,
            )
            candidate = self._second_preference(second) if second else None
        except TypedCodeRefused as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return Typed(typed.outcome, typed.intention, candidate)

    def _second_preference(self, text: str) -> int:
        """The candidate whom an answer's code names."""
        if not self.campaign.asks_second_preference:
            raise forms.ValidationError("This election has no second preferences.")
        intentions = self.codes.intentions
        typed = read_code(text, outcomes=(), intentions=intentions, spoken="")
        candidate = intentions[typed.intention].candidate_id
        if candidate is None:
            raise forms.ValidationError(f"{text.strip()!r} names no candidate.")
        return candidate


def said_at_midday(day: date, *, at: datetime) -> datetime:
    """When it was said, of which paper knows only the day: midday, or now on the day
    itself."""
    return min(datetime.combine(day, time(12), tzinfo=at.tzinfo), at)
