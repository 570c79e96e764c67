"""Shifts at the desk."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from campaigns.clock import UK
from campaigns.models import Ward
from volunteers.actions.shifts import MOST_PLACES, ShiftTerms
from volunteers.forms.people import VolunteerField
from volunteers.models import Shift, ShiftKind, Volunteer


class ShiftForm(forms.Form):
    """When, where and for how many; times are UK time."""

    kind = forms.ChoiceField(label="What", choices=ShiftKind.choices)
    day = forms.DateField(
        label="Day", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    begins = forms.TimeField(
        label="From", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    ends = forms.TimeField(
        label="To",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text="Earlier than the beginning: on the next day.",
    )
    places = forms.IntegerField(label="Places", min_value=1, max_value=MOST_PLACES)
    ward = forms.ModelChoiceField(
        Ward.objects.none(), label="Ward", required=False, empty_label="No ward"
    )
    meeting_point = forms.CharField(
        label="Meeting point", max_length=200, required=False
    )
    leader = VolunteerField(
        label="Leader", max_length=254, required=False, help_text="Name or e-mail."
    )

    def __init__(
        self,
        *arguments: Any,
        wards: QuerySet[Ward],
        volunteers: QuerySet[Volunteer],
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        self.fields["ward"].queryset = wards  # type: ignore[attr-defined]
        self.fields["leader"].reach = volunteers  # type: ignore[attr-defined]

    @staticmethod
    def as_it_is(shift: Shift) -> dict[str, Any]:
        """What the form shows of a shift that there is."""
        starts_at, ends_at = shift.starts_at, shift.ends_at
        leader = shift.leader
        return {
            "kind": shift.kind,
            "day": starts_at.astimezone(UK).date(),
            "begins": starts_at.astimezone(UK).time(),
            "ends": ends_at.astimezone(UK).time(),
            "places": shift.places,
            "ward": shift.ward,
            "meeting_point": shift.meeting_point,
            "leader": (leader.email or leader.name) if leader else "",
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if {"day", "begins", "ends"} <= given.keys():
            try:
                given["starts_at"] = moment(given["day"], given["begins"])
                given["ends_at"] = moment(given["day"], given["ends"])
                if given["ends"] < given["begins"]:
                    next_day = given["day"] + timedelta(days=1)
                    given["ends_at"] = moment(next_day, given["ends"])
            except OverflowError:
                self.add_error("day", "A shift is at most a year from today.")
            except SkippedHour as hour:
                self.add_error(None, str(hour))
        return given

    def terms(self) -> ShiftTerms:
        given = self.cleaned_data
        return ShiftTerms(
            kind=given["kind"],
            starts_at=given["starts_at"],
            ends_at=given["ends_at"],
            places=given["places"],
            ward=given["ward"],
            meeting_point=given["meeting_point"],
            leader=given["leader"],
        )


class SkippedHour(ValueError):
    """A time that no clock in the United Kingdom shows on that day."""


def moment(day: date, clock: time) -> datetime:
    """The moment in UTC at which clocks in the United Kingdom show this; of an hour
    that they show twice, the first. An OverflowError where no calendar has it."""
    here = datetime.combine(day, clock, UK)
    found = here.astimezone(UTC)
    if found.astimezone(UK).time() != clock:
        raise SkippedHour(
            f"The clocks go forward on {day:%-d %B %Y}: there is no {clock:%H:%M}."
        )
    return found
