"""What a typist writes for a code, read with the campaign's codes at hand."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import NamedTuple

from django import forms

from campaigns.models import Campaign
from canvassing.models import OutcomeKind
from canvassing.reports.codes import codes_of, outcome_of_kind
from canvassing.reports.keypad import spoken_code
from canvassing.rules.keypad import (
    PaperWish,
    TypedCodeRefused,
    read_code,
    split_wishes,
)

QUICK = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class Typed(NamedTuple):
    """The codes of a contact, the candidate of a second preference, and wishes."""

    outcome: str
    intention: str
    second: int | None
    wishes: tuple[PaperWish, ...] = ()


class CodeReader:
    """Reads any number of codes with one look at those of the campaign."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.codes = codes_of(campaign)
        self.spoken = spoken_code(campaign)

    def read(self, text: str) -> Typed:
        """A code or, where second preferences are asked, two: `P1/L`; and wishes behind
        it or alone: `P1-K`. A code that is none, or names nobody, and an answer of
        somebody who wants none recorded, is a ValidationError."""
        known = {
            code.upper() for code in (*self.codes.outcomes, *self.codes.intentions)
        }
        is_whole = text.strip().upper() in known
        try:
            said, wishes = (text, ()) if is_whole else split_wishes(text)
            if wishes and not said:
                return Typed(self._outcome_of(wishes), "", None, wishes)
            first, _, second = (said, "", "") if is_whole else said.partition("/")
            typed = read_code(
                first,
                outcomes=self.codes.outcomes,
                intentions=self.codes.intentions,
                spoken=self.spoken,
            )
            candidate = self._second_preference(second) if second else None
        except TypedCodeRefused as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        if typed.intention and PaperWish.NO_VIEWS in wishes:
            raise forms.ValidationError(
                "They want no views recorded: type no answer before -V."
            )
        return Typed(typed.outcome, typed.intention, candidate, wishes)

    def _outcome_of(self, wishes: Collection[PaperWish]) -> str:
        """Whoever wants to be left alone has refused; else they were spoken to."""
        if set(wishes) == {PaperWish.NO_VIEWS}:
            return self.spoken
        return outcome_of_kind(OutcomeKind.REFUSED, campaign_id=self.campaign.pk)

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
