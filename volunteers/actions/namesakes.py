"""Somebody who signed up and may be who was here before: two records or one."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import ProtectedError

from campaigns.actions import audit
from volunteers.actions.sign_ups import join_places
from volunteers.actions.volunteers import VolunteerRefused
from volunteers.models import Shift, Volunteer

if TYPE_CHECKING:
    from campaigns.access import Actor


@transaction.atomic(durable=True)
def settle_namesake(
    volunteer: Volunteer, *, is_same: bool, by: "Actor", at: datetime
) -> tuple[Volunteer, list[Shift]]:
    """Decide whether somebody who signed up is who was here before; returns who stays,
    and the shifts on which they lost a place, being on another at that time.

    The one who was here before gets the new e-mail address, names, consents, promises
    and places. Refused: when the new one has been out with a round in the meantime.
    Audit: `volunteer.joined_up` or `volunteer.told_apart`.
    """
    older = volunteer.maybe_same_as
    if older is None or not is_same:
        Volunteer.objects.filter(pk=volunteer.pk).update(maybe_same_as=None)
        _note("volunteer.told_apart", volunteer, by=by, at=at)
        return volunteer, []
    given_back = join_places(older, volunteer, by=by, at=at)
    volunteer.undertakings.update(volunteer=older)
    volunteer.links.update(volunteer=older)
    held = older.consents.filter(withdrawn_at__isnull=True).values("channel")
    volunteer.consents.exclude(channel__in=held).update(volunteer=older)
    try:
        with transaction.atomic():
            volunteer.delete()
    except ProtectedError:
        raise VolunteerRefused(
            "has_been_out",
            f"{volunteer} has been out with a round already: they stay two records.",
        ) from None
    older.email = volunteer.email
    older.also_called = sorted({*older.also_called, *volunteer.also_called})
    # Whoever says once that they are under 18 is not sent out alone.
    older.is_under_18 |= volunteer.is_under_18
    older.save(update_fields=["email", "also_called", "is_under_18"])
    _note("volunteer.joined_up", older, by=by, at=at)
    return older, given_back


def _note(verb: str, volunteer: Volunteer, *, by: "Actor", at: datetime) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=volunteer.organisation_id,
        target=volunteer,
    )
