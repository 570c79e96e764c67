"""Volunteers who ask to be forgotten, and who are not to be loaded again by a file."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db import transaction

from campaigns.actions import audit
from campaigns.keys import derived_key
from campaigns.models import Organisation
from volunteers.actions.sign_ups import leave_shifts
from volunteers.models import ErasedContact, Volunteer
from volunteers.registry import registry

if TYPE_CHECKING:
    from campaigns.access import Actor

ERASED: Final = "Somebody who was erased"


@transaction.atomic(durable=True)
def erase_volunteer(volunteer: Volunteer, *, by: "Actor", at: datetime) -> None:
    """They asked to be forgotten: name, contact and consents go, hours stay as numbers.

    A data promise stays, as the words and the time of it; and hashes of their e-mail
    address and mobile number, so that no old file brings them back. Audit:
    `volunteer.erased`.
    """
    locked = Volunteer.objects.select_for_update(no_key=True).get(pk=volunteer.pk)
    _remember_contacts(locked, at=at)
    Volunteer.objects.filter(pk=locked.pk).update(
        name=ERASED,
        email="",
        mobile="",
        postcode="",
        branch="",
        affiliate=None,
        would_do=[],
        also_called=[],
        user=None,
        home_ward=None,
        maybe_same_as=None,
        stood_down_at=at,
        erased_at=at,
    )
    Volunteer.objects.filter(maybe_same_as=locked).update(maybe_same_as=None)
    for of_theirs in (
        locked.consents,
        locked.links,
        locked.mails,
        locked.invitations,
    ):
        of_theirs.all().delete()
    locked.teams.clear()
    leave_shifts(locked, by=by, at=at)
    for erase in registry.erasers:
        erase(locked)
    audit.record(
        "volunteer.erased",
        by=by,
        at=at,
        organisation_id=locked.organisation_id,
        target=locked,
    )


def _remember_contacts(volunteer: Volunteer, *, at: datetime) -> None:
    contacts = filter(None, (volunteer.email, volunteer.mobile))
    ErasedContact.objects.bulk_create(
        (
            ErasedContact(
                organisation_id=volunteer.organisation_id,
                digest=digest_of(contact, volunteer.organisation_id),
                erased_at=at,
            )
            for contact in contacts
        ),
        ignore_conflicts=True,
    )


def digest_of(contact: str, organisation_id: int) -> str:
    """The same for the same e-mail address (in lower case) or number (E.164), under
    the site's secret key alone."""
    return derived_key("volunteers.erased", f"{organisation_id}:{contact}")


class ErasedPeople:
    """By which address or number an organisation's erased volunteers are known."""

    def __init__(self, organisation: Organisation) -> None:
        rows = ErasedContact.objects.of(organisation)
        self._digests = frozenset(rows.values_list("digest", flat=True))
        self._organisation_id = organisation.pk

    def has(self, volunteer: Volunteer) -> bool:
        return bool(self._digests) and any(
            contact and digest_of(contact, self._organisation_id) in self._digests
            for contact in (volunteer.email, volunteer.mobile)
        )
