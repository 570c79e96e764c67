"""Joining in the field: found by their mobile number or signed up, with the promise."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction

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
    named = (
        one for one in helping if name in map(search_key, (one.name, *one.also_called))
    )
    return next(named, helping[0] if helping else None)


def other_name(person: Person, volunteer: Volunteer) -> str:
    """The name that was typed, tidied, where it is not that of whom we hold for the
    number: Rae, or Rae E, is Rae Elm, and Leroy Lindo is not, until an organiser says
    that they are. Empty where it is."""
    names = (volunteer.name, *volunteer.also_called)
    is_theirs = any(_may_be(person.name, name) for name in names)
    return "" if is_theirs else " ".join(person.name.split())


def _may_be(typed: str, name: str) -> bool:
    words, held = search_key(typed).split(), search_key(name).split()
    return bool(words) and all(
        any(whole.startswith(word) for whole in held) for word in words
    )


def remember_names(volunteer_id: int, names: Collection[str]) -> None:
    """They join under these names as well: nobody is asked about those again. Inside
    the caller's transaction, which says so in the audit."""
    volunteer = Volunteer.objects.select_for_update(no_key=True).get(pk=volunteer_id)
    volunteer.also_called = sorted({*volunteer.also_called, *names})
    volunteer.save(update_fields=["also_called"])


@transaction.atomic
def forget_names(volunteer: Volunteer, *, by: Actor, at: datetime) -> None:
    """It was somebody else: the next who types one of these names is asked about. Audit
    verb: `volunteer.names_forgotten`."""
    known = Volunteer.objects.filter(pk=volunteer.pk).exclude(also_called=[])
    if known.update(also_called=[]):
        audit.record(
            "volunteer.names_forgotten",
            by=by,
            at=at,
            organisation_id=volunteer.organisation_id,
            target=volunteer,
        )


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
