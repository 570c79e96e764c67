"""Choosing one volunteer from a list in which several may have one name."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet

from volunteers.models import Volunteer

FIGURES_SHOWN = 3


class VolunteerChoice(forms.ModelChoiceField):
    """By name; beside it the ward and the end of the number, or the e-mail's host:
    enough to tell them from a namesake, too little to reach them."""

    def offer(self, volunteers: QuerySet[Volunteer]) -> None:
        wards = volunteers.select_related("home_ward").defer("home_ward__boundary")
        self.queryset = wards.order_by("name", "pk")

    def label_from_instance(self, volunteer: Any) -> str:
        hints = ", ".join(_hints(volunteer))
        return f"{volunteer.name} ({hints})" if hints else str(volunteer.name)


def _hints(volunteer: Volunteer) -> Iterator[str]:
    if volunteer.home_ward:
        yield volunteer.home_ward.name
    if volunteer.mobile:
        yield f"…{volunteer.mobile[-FIGURES_SHOWN:]}"
    elif volunteer.email:
        name, _, host = volunteer.email.partition("@")
        yield f"{name[0]}…@{host}"
