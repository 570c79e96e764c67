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
    AGREED,
    PaperWish,
    TypedCodeRefused,
    Written,
    read_code,
    refuse_what_is_not_asked,
    sent_code,
    split_marks,
)
from canvassing.rules.opinions import CONSENT_NOW, needs_consent
from canvassing.rules.scripts import packs_are_out

# A code with a second preference and every mark that may stand behind it.
LONGEST = 60
QUICK = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class Typed(NamedTuple):
    """The codes of a contact, the candidate of a second preference, and wishes."""

    outcome: str
    intention: str
    second: int | None
    wishes: tuple[PaperWish, ...] = ()
    # Their postal vote is sent back, as they say; None where nothing is said of it.
    posted: bool | None = None
    # The wording to which they agreed that we keep what they think.
    consent: str = ""


class CodeReader:
    """Reads any number of codes with one look at those of the campaign."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.codes = codes_of(campaign)
        self.spoken = spoken_code(campaign)
        self.outcomes_spoken = {
            code for code, one in self.codes.outcomes.items() if one.counts_as_spoken
        }
        self.needs_consent = needs_consent(campaign.organisation.controller_kind)
        self.sent = sent_code((*self.codes.outcomes, *self.codes.intentions))

    def read_of(self, text: str, *, votes_by_post: bool, on: date) -> Typed:
        """The same, of somebody of whom it was said on that day."""
        typed = self.read(text)
        try:
            refuse_what_is_not_asked(
                says_vote=bool(typed.intention or typed.second),
                says_sent=typed.posted is not None,
                packs_are_out=packs_are_out(
                    votes_by_post=votes_by_post,
                    packs_go_out_on=self.campaign.packs_go_out_on,
                    today=on,
                ),
                sent=self.sent,
            )
        except TypedCodeRefused as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return typed

    def read(self, text: str) -> Typed:
        """A code or, where second preferences are asked, two: `P1/L`; and marks behind
        it or alone: `P1-DOOR`. A code that is none, or names nobody, an answer of
        somebody who wants none recorded, and a consent that is not asked for, is a
        ValidationError."""
        known = {
            code.upper() for code in (*self.codes.outcomes, *self.codes.intentions)
        }
        try:
            is_whole = text.strip().upper() in known
            written = Written(text) if is_whole else split_marks(text)
            typed = self._said(written, is_whole=is_whole)
        except TypedCodeRefused as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        if written.has_agreed and not self.needs_consent:
            raise forms.ValidationError(
                f"A party keeps answers without consent: leave {AGREED} out."
            )
        no_views = PaperWish.NO_VIEWS.value
        says_views = typed.intention or written.has_agreed
        if says_views and PaperWish.NO_VIEWS in written.wishes:
            raise forms.ValidationError(
                f"They want no views recorded: with {no_views} type no answer."
            )
        if written.has_agreed and typed.outcome not in self.outcomes_spoken:
            raise forms.ValidationError(
                "They agreed, but by that code nobody was spoken to."
            )
        consent = CONSENT_NOW if written.has_agreed else ""
        return typed._replace(wishes=written.wishes, consent=consent)

    def _said(self, written: Written, *, is_whole: bool) -> Typed:
        """Without what is marked behind it."""
        said = written.code
        if not said and (written.wishes or written.has_agreed):
            return Typed(self._outcome_of(written.wishes), "", None)
        if said.strip().upper() == self.sent:
            return Typed(self.spoken, "", None, posted=True)
        first, _, second = (said, "", "") if is_whole else said.partition("/")
        typed = read_code(
            first,
            outcomes=self.codes.outcomes,
            intentions=self.codes.intentions,
            spoken=self.spoken,
        )
        candidate = self._second_preference(second) if second else None
        return Typed(typed.outcome, typed.intention, candidate)

    def _outcome_of(self, wishes: Collection[PaperWish]) -> str:
        """Whoever wants to be left alone has refused; else they were spoken to."""
        if not set(wishes) - {PaperWish.NO_VIEWS}:
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
