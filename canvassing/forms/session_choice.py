"""Choosing one session on the doors, of which most have no name."""

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
        starts = localtime(session.starts_at)
        when = f"{starts:%a %-d %b}, {clock(starts)}"
        return ", ".join([when, *(place or ["On the doors"])])
