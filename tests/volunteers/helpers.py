"""Volunteers and shifts, written directly to the tables."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from campaigns.models import Campaign, Organisation
from tests.cast import NOW
from volunteers.models import Shift, ShiftSignUp, Volunteer

_counter = itertools.count(1)


def make_volunteer(
    organisation: Organisation, name: str = "Vera Helper", **fields: Any
) -> Volunteer:
    fields.setdefault("email", f"helper{next(_counter)}@example.org")
    return Volunteer.objects.create(
        organisation=organisation,
        name=name,
        joined_on=NOW.date() - timedelta(days=60),
        **fields,
    )


def make_shift(
    campaign: Campaign,
    *,
    starts_at: datetime = NOW + timedelta(days=2),
    hours: float = 2,
    **fields: Any,
) -> Shift:
    fields.setdefault("kind", "doors")
    return Shift.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
        **fields,
    )


def give_place(shift: Shift, volunteer: Volunteer, **fields: Any) -> ShiftSignUp:
    fields.setdefault("signed_up_at", NOW - timedelta(days=5))
    return ShiftSignUp.objects.create(
        organisation=shift.organisation, shift=shift, volunteer=volunteer, **fields
    )
