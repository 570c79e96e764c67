"""Joining in the field: found by their mobile number or signed up, with the promise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.clock import day_of
from campaigns.models import Organisation
from campaigns.phone_numbers import as_written
from campaigns.rules.names import search_key
from volunteers.models import Volunteer

LONGEST_NAME: Final = 200
# Two who join at the same moment with one number are one volunteer.
ONE_AT_A_TIME: Final = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody says who comes to help; `mobile` is E.164."""

    name: str
    mobile: str
    is_18: bool


def find_or_sign_up(
    people: Sequence[Person], *, organisation: Organisation, by: Actor, at: datetime
) -> list[Volunteer | None]:
    """For each of them the volunteer with their number, else a new one; None for
    whoever has stood down. In a fixed number of queries.

    Where several share a number it is whoever has the name. What we know of somebody's
    age stays where they say that they are 18; who says that they are not, is not.
    Inside the caller's transaction. Audit verb: `volunteer.signed_up`, one row a call.
    """
    if not people:
        return []
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [f"volunteers:{organisation.pk}"])
    known = _by_number(organisation, [person.mobile for person in people])
    strangers = {
        person.mobile: _new(organisation, person, at=at)
        for person in people
        if person.mobile not in known
    }
    signed_up = Volunteer.objects.bulk_create(strangers.values())
    known |= {volunteer.mobile: [volunteer] for volunteer in signed_up}
    found = [_choose(person, known[person.mobile]) for person in people]
    _note_ages(people, found)
    if signed_up:
        audit.record(
            "volunteer.signed_up",
            by=by,
            at=at,
            organisation_id=organisation.pk,
            volunteers=[volunteer.pk for volunteer in signed_up],
        )
    return found


def _by_number(
    organisation: Organisation, mobiles: Sequence[str]
) -> dict[str, list[Volunteer]]:
    """Those who have each number, in whichever of the usual ways it was written."""
    numbers: dict[str, str] = {}
    for mobile in mobiles:
        shown = as_written(mobile)
        numbers |= dict.fromkeys((mobile, shown, shown.replace(" ", "")), mobile)
    found: dict[str, list[Volunteer]] = {}
    theirs = Volunteer.objects.of(organisation).filter(mobile__in=numbers)
    for volunteer in theirs.order_by("pk"):
        found.setdefault(numbers[volunteer.mobile], []).append(volunteer)
    return found


def _new(organisation: Organisation, person: Person, *, at: datetime) -> Volunteer:
    return Volunteer(
        organisation=organisation,
        name=" ".join(person.name.split()),
        mobile=person.mobile,
        is_under_18=not person.is_18,
        joined_on=day_of(at),
    )


def _choose(person: Person, theirs: Sequence[Volunteer]) -> Volunteer | None:
    helping = [one for one in theirs if one.stood_down_at is None]
    name = search_key(person.name)
    named = (one for one in helping if search_key(one.name) == name)
    return next(named, helping[0] if helping else None)


def other_name(person: Person, volunteer: Volunteer) -> str:
    """The name that was typed, tidied, where it is not that of whom we hold for the
    number: Rae, or Rae E, is Rae Elm, and Leroy Lindo is not. Empty where it is."""
    typed, held = (search_key(name).split() for name in (person.name, volunteer.name))
    is_theirs = bool(typed) and all(
        any(whole.startswith(word) for whole in held) for word in typed
    )
    return "" if is_theirs else " ".join(person.name.split())


def _note_ages(people: Sequence[Person], found: Sequence[Volunteer | None]) -> None:
    younger = {
        volunteer.pk: volunteer
        for person, volunteer in zip(people, found, strict=True)
        if volunteer and not person.is_18 and not volunteer.is_under_18
    }
    for volunteer in younger.values():
        volunteer.is_under_18 = True
    Volunteer.objects.filter(pk__in=younger).update(is_under_18=True)


def take_number(volunteer: Volunteer, mobile: str) -> None:
    """Note the number of somebody we sent for and of whom we have none, unless another
    has it."""
    if not _by_number(volunteer.organisation, [mobile]):
        volunteer.mobile = mobile
        volunteer.save(update_fields=["mobile"])
