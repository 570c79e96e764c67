"""Shifts: made, changed, cancelled, and told to those who signed up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from campaigns.access import wards_for
from campaigns.actions import audit
from campaigns.models import Campaign, Ward
from campaigns.rules.refusals import Refusal
from volunteers.access import CAN
from volunteers.actions.mails import forget_reminders, write_mails
from volunteers.actions.sign_ups import move_up
from volunteers.models import MailKind, Shift, ShiftSignUp, Volunteer
from volunteers.rules.shifts import LONGEST_SHIFT

if TYPE_CHECKING:
    from campaigns.access import Actor

MOST_PLACES = 500
FURTHEST = timedelta(days=366)  # from today, before or after


class ShiftRefused(Refusal):
    """The shift cannot be as it was asked for."""


@dataclass(frozen=True)
class ShiftTerms:
    """When and where to help, for how many, and who leads."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    places: int
    ward: Ward | None = None
    meeting_point: str = ""
    leader: Volunteer | None = None


@transaction.atomic(durable=True)
def make_shift(
    terms: ShiftTerms, *, campaign: Campaign, by: "Actor", at: datetime
) -> Shift:
    """The same sent again is the one there is, until that is cancelled.

    Refused: an end before the start, more than a day, a start more than a year from
    today, no place or 500, a ward that is not the campaign's or not the actor's, a
    closed campaign. Audit: `shift.made`."""
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    _refuse_unclear(terms, campaign, by, at)
    if same := _like(terms, campaign):
        return same
    shift = Shift(organisation_id=campaign.organisation_id, campaign=campaign)
    _set(shift, terms)
    _note("shift.made", shift, by=by, at=at)
    return shift


def _in_one_line(words: str) -> str:
    return " ".join(words.split())


def _like(terms: ShiftTerms, campaign: Campaign) -> Shift | None:
    return Shift.objects.filter(
        campaign=campaign,
        cancelled_at=None,
        kind=terms.kind,
        starts_at=terms.starts_at,
        ends_at=terms.ends_at,
        ward=terms.ward,
        meeting_point=_in_one_line(terms.meeting_point),
        leader=terms.leader,
        places=terms.places,
    ).first()


@transaction.atomic(durable=True)
def change_shift(
    shift: Shift, terms: ShiftTerms, *, by: "Actor", at: datetime
) -> Shift:
    """Tell everybody who signed up where time or place are others, and move up whoever
    waits for a place.

    At another time nobody has said again that they come: they are asked anew. Refused
    as in `make_shift`, and when it is cancelled or fewer places are left than are
    taken. Audit: `shift.changed`.
    """
    locked = (
        Shift.objects.select_for_update(of=("self",))
        .select_related("campaign")
        .get(pk=shift.pk)
    )
    if locked.cancelled_at:
        raise ShiftRefused("cancelled", "This shift is cancelled: make a new one.")
    staying = locked.sign_ups.filter(withdrawn_at__isnull=True)
    taken = staying.filter(waits=False).count()
    if terms.places < taken:
        raise ShiftRefused("taken", f"{taken} have a place already: leave as many.")
    _refuse_unclear(terms, locked.campaign, by, at)
    before = (locked.starts_at, locked.ends_at, locked.meeting_point, locked.ward_id)
    _set(locked, terms)
    after = (locked.starts_at, locked.ends_at, locked.meeting_point, locked.ward_id)
    if before != after and locked.ends_at > at:
        if before[:2] != after[:2]:
            staying.update(confirmed_at=None)
        forget_reminders(locked)
        write_mails(MailKind.CHANGED, told(staying), at=at)
    move_up(locked, at=at)
    _note("shift.changed", locked, by=by, at=at)
    return locked


def _refuse_unclear(
    terms: ShiftTerms, campaign: Campaign, by: "Actor", at: datetime
) -> None:
    theirs = wards_for(by, CAN, campaign=campaign)
    if campaign.closed_at:
        raise ShiftRefused("closed", f"{campaign} is closed.")
    if abs(terms.starts_at - at) > FURTHEST:
        raise ShiftRefused("far", "A shift is at most a year from today.")
    if terms.ends_at <= terms.starts_at:
        raise ShiftRefused("ends_first", "A shift ends after it begins.")
    if terms.ends_at - terms.starts_at > LONGEST_SHIFT:
        raise ShiftRefused("too_long", "A shift is at most a day long: make several.")
    if not 0 < terms.places <= MOST_PLACES:
        raise ShiftRefused("places", f"A shift has 1 to {MOST_PLACES} places.")
    if terms.ward and not theirs.filter(pk=terms.ward.pk).exists():
        raise ShiftRefused(
            "ward", f"{terms.ward} is no ward of yours in this campaign."
        )
    if not terms.ward and by.ward_ids(CAN, campaign=campaign) is not None:
        raise ShiftRefused("no_ward", "Say in which of your wards it is.")
    if terms.leader and terms.leader.organisation_id != campaign.organisation_id:
        raise ShiftRefused("leader", "There is no such volunteer.")


def _set(shift: Shift, terms: ShiftTerms) -> None:
    shift.kind = terms.kind
    shift.ward = terms.ward
    shift.meeting_point = _in_one_line(terms.meeting_point)
    shift.leader = terms.leader
    shift.starts_at, shift.ends_at = terms.starts_at, terms.ends_at
    shift.places = terms.places
    shift.save()


@transaction.atomic(durable=True)
def cancel_shift(shift: Shift, *, by: "Actor", at: datetime) -> int:
    """Call it off and tell everybody who signed up; returns how many are told.

    Cancelled again, nothing happens. Audit: `shift.cancelled`.
    """
    standing = Shift.objects.filter(pk=shift.pk, cancelled_at__isnull=True)
    if not standing.update(cancelled_at=at):
        return 0
    staying = shift.sign_ups.filter(withdrawn_at__isnull=True)
    # Nobody has to be told that something is off which is over.
    count = (
        write_mails(MailKind.CANCELLED, told(staying), at=at)
        if shift.ends_at > at
        else 0
    )
    _note("shift.cancelled", shift, by=by, at=at, told=count)
    return count


def told(sign_ups: Any) -> list[ShiftSignUp]:
    return list(sign_ups.select_related("shift", "volunteer"))


def _note(
    verb: str, shift: Shift, *, by: "Actor", at: datetime, **data: object
) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=shift.organisation_id,
        campaign_id=shift.campaign_id,
        target=shift,
        **data,
    )
