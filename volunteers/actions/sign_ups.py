"""Places on shifts: taken, given back, confirmed, and who came."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.actions import audit
from campaigns.rules.refusals import Refusal
from volunteers.actions.mails import write_mails
from volunteers.models import MailKind, Shift, ShiftSignUp, Volunteer

if TYPE_CHECKING:
    from campaigns.access import Actor


class SignUpRefused(Refusal):
    """There is no such place to take, give back or confirm."""


@transaction.atomic(durable=True)
def take_place(
    shift: Shift, *, volunteer: Volunteer, by: "Actor", at: datetime
) -> ShiftSignUp:
    """A place, or where all are taken one in the queue (`waits`).

    The volunteer's row is locked and then the shift's, so that nobody is on two shifts
    at once and the last place is taken once. Taken again, it is the place they have.
    Refused: a shift that is cancelled or over, or of a closed campaign, somebody who
    has stood down, and a time at which they are on another shift. Audit:
    `shift.taken`.
    """
    taker = Volunteer.objects.select_for_update(no_key=True).get(pk=volunteer.pk)
    locked = (
        Shift.objects.select_for_update(of=("self",))
        .select_related("campaign")
        .get(pk=shift.pk)
    )
    _refuse(locked, taker, at)
    held = locked.sign_ups.filter(withdrawn_at__isnull=True)
    if mine := held.filter(volunteer=taker).first():
        return mine
    made = ShiftSignUp.objects.create(
        organisation_id=locked.organisation_id,
        shift=locked,
        volunteer=taker,
        signed_up_at=at,
        waits=held.filter(waits=False).count() >= locked.places,
    )
    _note("shift.taken", made, by=by, at=at, waits=made.waits)
    return made


def _refuse(shift: Shift, volunteer: Volunteer, at: datetime) -> None:
    if shift.cancelled_at:
        raise SignUpRefused("cancelled", _("This shift is called off."))
    if shift.ends_at <= at:
        raise SignUpRefused("over", _("This shift is over."))
    if shift.campaign.closed_at:
        raise SignUpRefused(
            "closed", _("This campaign is over: it has no more shifts.")
        )
    if volunteer.stood_down_at:
        raise SignUpRefused(
            "stood_down",
            _("%(volunteer)s has stood down.") % {"volunteer": volunteer},
        )
    clashing = Shift.objects.filter(
        organisation=shift.organisation_id,
        sign_ups__volunteer=volunteer,
        sign_ups__withdrawn_at__isnull=True,
        cancelled_at__isnull=True,
        starts_at__lt=shift.ends_at,
        ends_at__gt=shift.starts_at,
    ).exclude(pk=shift.pk)
    if clashing.exists():
        raise SignUpRefused(
            "clash", _("There is a place on another shift at that time already.")
        )


@transaction.atomic(durable=True)
def give_back_place(sign_up: ShiftSignUp, *, by: "Actor", at: datetime) -> None:
    """They cannot come; whoever has waited longest gets the place and is told.

    Given back again, nothing happens. Refused: once the shift is over, or they have
    been marked as there. Audit: `shift.given_back`.
    """
    shift = Shift.objects.select_for_update().get(pk=sign_up.shift_id)
    if shift.ends_at <= at:
        raise SignUpRefused("over", _("This shift is over."))
    held = ShiftSignUp.objects.filter(pk=sign_up.pk, withdrawn_at__isnull=True)
    if held.filter(came=True).exists():
        raise SignUpRefused("came", _("This place was used: they came to the shift."))
    if held.update(withdrawn_at=at):
        move_up(shift, at=at)
        _note("shift.given_back", sign_up, by=by, at=at)


def leave_shifts(volunteer: Volunteer, *, by: "Actor", at: datetime) -> None:
    """Every place to come of somebody who helps no more goes to whoever waits for it.

    Inside the caller's transaction. Audit: `shift.given_back` for each.
    """
    held = volunteer.sign_ups.filter(
        withdrawn_at__isnull=True, came__isnull=True, shift__starts_at__gt=at
    )
    for sign_up in held.select_related("shift").order_by("shift"):
        shift = Shift.objects.select_for_update().get(pk=sign_up.shift_id)
        ShiftSignUp.objects.filter(pk=sign_up.pk).update(withdrawn_at=at)
        move_up(shift, at=at)
        _note("shift.given_back", sign_up, by=by, at=at)


def join_places(
    kept: Volunteer, other: Volunteer, *, by: "Actor", at: datetime
) -> list[Shift]:
    """The places of somebody who is `kept` become theirs, on one shift at a time.

    Of two places to come at one time a place goes before a wait for one, and then what
    was taken first; the other is given back, and its shift returned. On one shift they
    came, or have a place, once. Inside the caller's transaction. Audit:
    `shift.given_back` for each.
    """
    both = [kept.pk, other.pk]
    list(
        Volunteer.objects.select_for_update(no_key=True)
        .filter(pk__in=both)
        .order_by("pk")
    )
    held = ShiftSignUp.objects.filter(volunteer__in=both, withdrawn_at=None)
    theirs = list(held.select_related("shift__campaign").order_by("shift", "pk"))
    list(
        Shift.objects.select_for_update()
        .filter(pk__in=[one.shift_id for one in theirs])
        .order_by("pk")
    )
    stay: list[ShiftSignUp] = []
    doubled, given_back = [], []
    for one in sorted(theirs, key=_first_to_stay):
        if any(one.shift_id == other_one.shift_id for other_one in stay):
            doubled.append(one)
        elif any(_clash(one, other_one, at=at) for other_one in stay):
            given_back.append(one)
        else:
            stay.append(one)
    ShiftSignUp.objects.filter(pk__in=[one.pk for one in doubled]).delete()
    given = [one.pk for one in given_back]
    ShiftSignUp.objects.filter(pk__in=given).update(withdrawn_at=at)
    other.sign_ups.update(volunteer=kept)
    for one in given_back:
        _note("shift.given_back", one, by=by, at=at)
    for one in (*doubled, *given_back):
        if one.shift.ends_at > at:
            move_up(one.shift, at=at)
    return [one.shift for one in given_back]


def _first_to_stay(place: ShiftSignUp) -> tuple[bool, bool, datetime, int]:
    return place.came is not True, place.waits, place.signed_up_at, place.pk


def _clash(one: ShiftSignUp, other: ShiftSignUp, *, at: datetime) -> bool:
    """Two places to come, at one time."""
    return (
        all(
            place.came is None
            and place.shift.cancelled_at is None
            and place.shift.ends_at > at
            for place in (one, other)
        )
        and one.shift.starts_at < other.shift.ends_at
        and other.shift.starts_at < one.shift.ends_at
    )


def move_up(shift: Shift, *, at: datetime) -> None:
    """Give the free places of a locked shift to those who wait, first come first."""
    held = shift.sign_ups.filter(withdrawn_at__isnull=True)
    free = shift.places - held.filter(waits=False).count()
    if free <= 0 or shift.cancelled_at:
        return
    queue = held.filter(waits=True).select_related("shift", "volunteer")
    moved = list(queue.order_by("signed_up_at", "pk")[:free])
    if moved:
        ShiftSignUp.objects.filter(pk__in=[one.pk for one in moved]).update(waits=False)
        write_mails(MailKind.MOVED_UP, moved, at=at)


@transaction.atomic(durable=True)
def confirm_place(sign_up: ShiftSignUp, *, by: "Actor", at: datetime) -> None:
    """They say again that they will come. Audit: `shift.confirmed`."""
    held = ShiftSignUp.objects.filter(
        pk=sign_up.pk, withdrawn_at__isnull=True, waits=False
    )
    if not held.exists():
        raise SignUpRefused("no_place", _("There is no such place any more."))
    if held.filter(confirmed_at__isnull=True).update(confirmed_at=at):
        _note("shift.confirmed", sign_up, by=by, at=at)


@transaction.atomic(durable=True)
def mark_who_came(
    shift: Shift, marks: Mapping[int, bool | None], *, by: "Actor", at: datetime
) -> int:
    """Who came (True), who did not (False), not known (None), by the sign-up's id.

    Returns how many marks changed. Refused: before the shift begins, and where it was
    called off. Audit: `shift.marked`.
    """
    locked = Shift.objects.select_for_update().get(pk=shift.pk)
    if locked.cancelled_at:
        raise SignUpRefused(
            "cancelled", _("This shift is called off: nobody came to it.")
        )
    if locked.starts_at > at:
        raise SignUpRefused("not_yet", _("Say who came once the shift has begun."))
    held = locked.sign_ups.select_for_update().filter(
        withdrawn_at__isnull=True, waits=False, pk__in=marks
    )
    changed = [one for one in held if one.came != marks[one.pk]]
    for one in changed:
        one.came = marks[one.pk]
    ShiftSignUp.objects.bulk_update(changed, ["came"])
    if changed:
        audit.record(
            "shift.marked",
            by=by,
            at=at,
            organisation_id=shift.organisation_id,
            campaign_id=shift.campaign_id,
            target=shift,
            changed=len(changed),
        )
    return len(changed)


def _note(
    verb: str, sign_up: ShiftSignUp, *, by: "Actor", at: datetime, **data: object
) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=sign_up.organisation_id,
        campaign_id=sign_up.shift.campaign_id,
        target=sign_up,
        **data,
    )
