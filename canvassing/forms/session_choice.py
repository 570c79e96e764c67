"""Choosing one session on the doors, of which most have no name, or one shift."""

from typing import Any

from django import forms
from django.utils.timezone import localtime

from campaigns.times import clock


class SessionChoice(forms.ModelChoiceField):
    """By its time, and its name, ward and meeting point as far as they are known.
    Offer it `sessions_for`, which reads the wards with them."""

    def label_from_instance(self, session: Any) -> str:
        known = (session.name, session.ward and session.ward.name)
        place = [word for word in (*known, session.meeting_point) if word]
        return ", ".join([_when(session), *(place or ["On the doors"])])


class ShiftChoice(forms.ModelChoiceField):
    """By its time, its ward and its meeting point."""

    def label_from_instance(self, shift: Any) -> str:
        place = [shift.ward and shift.ward.name, shift.meeting_point]
        return ", ".join([_when(shift), *(word for word in place if word)])


def _when(outing: Any) -> str:
    starts = localtime(outing.starts_at)
    return f"{starts:%a %-d %b}, {clock(starts)}"
