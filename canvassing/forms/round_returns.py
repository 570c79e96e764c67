"""A card's answers typed in: a code for each elector, door by door."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final, cast
from uuid import UUID, uuid4, uuid5

from django import forms

from campaigns.clock import day_of
from campaigns.models import Campaign
from canvassing.forms.session_choice import SessionChoice
from canvassing.forms.typed_codes import (
    LONGEST,
    QUICK,
    CodeReader,
    Typed,
    said_at_midday,
)
from canvassing.models import CanvassSession, Channel
from canvassing.reports.card_offer import CardOffer
from canvassing.reports.postal_wave import postal_voters
from canvassing.reports.round_page import AtTheDoor, DoorOfRound
from canvassing.rules.contacts import NOTE_LENGTH, ContactItem
from canvassing.rules.keypad import PaperWish
from volunteers.forms.choosing import VolunteerChoice
from volunteers.models import Volunteer

PREFIX: Final = "elector-"
NOTE_PREFIX: Final = "note-"
NOT_WHOLE: Final = "This page is not whole: open it again and type it in there."
GONE: Final = re.compile(rf"{PREFIX}[0-9]{{1,18}}")
GONE_NOTE: Final = re.compile(rf"{NOTE_PREFIX}[0-9]{{1,18}}")
NOTE_ALONE: Final = "Type a code beside the note."

# Somebody at the door, the field of their code, and that of a note on them.
Line = tuple[AtTheDoor, forms.BoundField | None, forms.BoundField | None]


class ReturnsForm(forms.Form):
    """A field for the code of each elector of the round, named by their id, and one for
    a note; empty says nothing.

    `offer` is what the card may be of: its issue's session and knocker stand chosen.
    What a session's card says was said when the session began. The form carries an id
    of its own, from which each contact has its: sent twice, it
    files each answer once.
    """

    sheet = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid4,
        error_messages={"invalid": NOT_WHOLE, "required": NOT_WHOLE},
    )
    session = SessionChoice(
        CanvassSession.objects.none(),
        label="Session",
        required=False,
        empty_label="none of these",
    )
    spoke = VolunteerChoice(
        Volunteer.objects.none(),
        label="Who knocked?",
        required=False,
        empty_label="not said",
        help_text="Their doors are counted for them, and the session's hours.",
    )
    said_on = forms.DateField(
        label="Day of the canvass",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Where a session is chosen, its day counts.",
    )

    def __init__(
        self,
        *arguments: Any,
        doors: Sequence[DoorOfRound],
        offer: CardOffer,
        campaign: Campaign,
        at: datetime,
        **named: Any,
    ) -> None:
        issue = offer.issue
        named["initial"] = {
            "session": issue and issue.session_id,
            "spoke": offer.knocker,
            "said_on": at.date(),
        }
        super().__init__(*arguments, **named)
        cast(SessionChoice, self.fields["session"]).queryset = offer.sessions
        cast(VolunteerChoice, self.fields["spoke"]).offer(offer.volunteers)
        self.campaign, self.at = campaign, at
        self.doors = doors
        self.people = [
            person for door in doors for person in door.electors if not person.keep_away
        ]
        for person in self.people:
            self.fields[_field(person)] = forms.CharField(
                label=person.name,
                max_length=LONGEST,
                required=False,
                widget=forms.TextInput(attrs=QUICK),
            )
            self.fields[_note(person)] = forms.CharField(
                label=f"Note on {person.name}",
                max_length=NOTE_LENGTH,
                required=False,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
        self.typed: dict[int, Typed] = {}

    def clean_said_on(self) -> date | None:
        said_on: date | None = self.cleaned_data["said_on"]
        if self.cleaned_data.get("session"):
            return None
        if said_on is None:
            raise forms.ValidationError("Choose the session, or say the day.")
        if said_on > self.at.date():
            raise forms.ValidationError("That day has not come yet.")
        return said_on

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        reader = CodeReader(self.campaign)
        answers = list(self._answers(values))
        by_post = postal_voters([one for one, *_ in answers], campaign=self.campaign)
        on = self._day(values)
        for elector_id, field, text in answers:
            try:
                self.typed[elector_id] = reader.read_of(
                    text, votes_by_post=elector_id in by_post, on=on
                )
            except forms.ValidationError as error:
                self.add_error(field if field in self.fields else None, error)
        self._check_notes(values)
        if not self.typed and not self.errors:
            raise forms.ValidationError("Nothing is typed in yet.")
        return values

    def _check_notes(self, values: dict[str, Any]) -> None:
        """A note stands beside a code, and with none of somebody who wants no views
        kept."""
        for person in self.people:
            if not values.get(_note(person)) or _field(person) in self.errors:
                continue
            typed = self.typed.get(person.elector_id)
            if typed is None:
                self.add_error(_field(person), NOTE_ALONE)
            elif PaperWish.NO_VIEWS in typed.wishes:
                self.add_error(
                    _note(person), "They want no views recorded: leave the note empty."
                )
        for field in self.data:
            if not GONE_NOTE.fullmatch(field) or field in self.fields:
                continue
            note = str(self.data[field]).strip()
            code = str(self.data.get(field.replace(NOTE_PREFIX, PREFIX), "")).strip()
            if note and not code:
                self.add_error(
                    None, f"Of somebody who has left: “{note[:60]}”. {NOTE_ALONE}"
                )

    def _note_on(self, elector_id: int) -> str:
        """Also of somebody who has left the door since the page was opened."""
        field = f"{NOTE_PREFIX}{elector_id}"
        typed = self.cleaned_data.get(field, self.data.get(field, ""))
        return str(typed).strip()[:NOTE_LENGTH]

    def _day(self, values: dict[str, Any]) -> date:
        """When it was said: the session's day, where one is chosen."""
        session: CanvassSession | None = values.get("session")
        said_on: date | None = values.get("said_on")
        return day_of(session.starts_at) if session else said_on or day_of(self.at)

    def _answers(self, values: dict[str, Any]) -> Iterator[tuple[int, str, str]]:
        """Elector, field and what was typed; also of somebody who has left the door
        since the page was opened, whose answer is held for a person to see."""
        for person in self.people:
            if text := values.get(_field(person)):
                yield person.elector_id, _field(person), text
        for field in self.data:
            number = field.removeprefix(PREFIX)
            text = str(self.data[field]).strip()
            if text and field not in self.fields and GONE.fullmatch(field):
                yield int(number), field, text[:LONGEST]

    def items(self) -> list[ContactItem]:
        """A contact for each code, in the order of the card."""
        sheet: UUID = self.cleaned_data["sheet"]
        session: CanvassSession | None = self.cleaned_data["session"]
        spoke: Volunteer | None = self.cleaned_data["spoke"]
        said_at = (
            session.starts_at
            if session
            else said_at_midday(self.cleaned_data["said_on"], at=self.at)
        )
        return [
            ContactItem(
                uuid=uuid5(sheet, str(elector_id)),
                elector_id=elector_id,
                outcome=typed.outcome,
                intention=typed.intention,
                second_preference_id=typed.second,
                posted=typed.posted,
                consent=typed.consent,
                note=self._note_on(elector_id),
                channel=Channel.PAPER,
                session_id=session.pk if session else None,
                spoke_id=spoke.pk if spoke else None,
                said_at=said_at,
            )
            for elector_id, typed in self.typed.items()
        ]

    @property
    def wishes(self) -> dict[int, tuple[PaperWish, ...]]:
        """What each elector asked of us."""
        return {one: typed.wishes for one, typed in self.typed.items() if typed.wishes}

    def lines(
        self,
    ) -> Iterator[tuple[DoorOfRound, list[Line]]]:
        """Each door with its people and their fields; none for who is to be left be."""
        for door in self.doors:
            yield (
                door,
                [
                    (one, None, None)
                    if one.keep_away
                    else (one, self[_field(one)], self[_note(one)])
                    for one in door.electors
                ],
            )


def _note(person: AtTheDoor) -> str:
    return f"{NOTE_PREFIX}{person.elector_id}"


def _field(person: AtTheDoor) -> str:
    return f"{PREFIX}{person.elector_id}"
