"""Joining by a link: what it is for, then name, mobile, promise and short code."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from campaigns.keys import hash_of
from campaigns.phone_numbers import PhoneNumberRefused, e164
from canvassing.actions.bank_joining import invitation_to_bank
from canvassing.actions.invitations import (
    Admitted,
    Invitation,
    JoinRefused,
    LinkTaken,
    unknown_link,
)
from canvassing.actions.join_guesses import (
    Guess,
    TooManyGuesses,
    count_a_guess,
    forgive_a_guess,
)
from canvassing.actions.round_joining import invitation_to_round
from canvassing.actions.stall_joining import invitation_to_stall
from volunteers.actions.consents import give_promises
from volunteers.actions.joining import (
    LONGEST_NAME,
    Person,
    find_or_sign_up,
    other_name,
    take_number,
)
from volunteers.models import Volunteer

log = structlog.get_logger("committee_room.field")

# Whatever can be joined by a link: each says whether the hash of a secret is its own.
LOOK_UPS: Final[tuple[Callable[[str], Invitation | None], ...]] = (
    invitation_to_round,
    invitation_to_bank,
    invitation_to_stall,
)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody says who opened a link; `caller` is their internet address.

    `nonce` is the phone's own, of 22 characters or more, and the same when it asks
    again because no answer came; without one, it asks once.
    """

    name: str
    mobile: str
    promised: bool
    is_18: bool
    code: str
    caller: str
    nonce: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """A volunteer, and the key of their phone."""

    kind: str
    volunteer: Volunteer
    admitted: Admitted


def invitation_of(secret: str) -> Invitation:
    """What the link is for. Refused: a secret that is none of ours."""
    secret_hash = hash_of(secret)
    for look_up in LOOK_UPS:
        if invitation := look_up(secret_hash):
            return invitation
    log.warning("unknown link")
    raise unknown_link()


def refuse_when_over(invitation: Invitation, *, at: datetime) -> None:
    """An expired link has the same answer as one that never was."""
    if invitation.expires_at <= at or invitation.campaign.closed_at:
        log.warning("expired link", link=invitation.link)
        raise unknown_link()


def join(invitation: Invitation, newcomer: Newcomer, *, at: datetime) -> Joined:
    """Find or make the volunteer, note their promise, and give their phone a key.

    Refused, in this order: a link that is over, too many guesses, a wrong code, no
    promise, no name, a mobile number that is none, whoever has stood down, somebody
    under 18 alone, a link that is bound to another phone or whose phones are all taken,
    which is noted for the organiser. Audit verbs: those of `find_or_sign_up`,
    `give_promises` and the invitation.
    """
    refuse_when_over(invitation, at=at)
    _check_code(invitation, newcomer)
    person = _check_person(newcomer)
    try:
        with transaction.atomic():
            return _admit(invitation, person, nonce=newcomer.nonce, at=at)
    except LinkTaken:
        log.warning("link taken", link=invitation.link)
        invitation.note_refusal(at=at)
        raise


def _check_code(invitation: Invitation, newcomer: Newcomer) -> None:
    if not invitation.short_code:
        return
    guess = Guess(
        invitation.campaign.organisation_id,
        invitation.code,
        newcomer.caller,
        newcomer.nonce,
    )
    try:
        count_a_guess(guess)
    except TooManyGuesses:
        log.warning("too many guesses", link=invitation.link)
        raise
    said = "".join(newcomer.code.split())
    if not constant_time_compare(said, invitation.short_code):
        log.warning("wrong code", link=invitation.link)
        raise JoinRefused(
            "wrong_code", _("That is not the code: it has six digits, ask for it.")
        )
    forgive_a_guess(guess)


def _check_person(newcomer: Newcomer) -> Person:
    if not newcomer.promised:
        raise JoinRefused(
            "no_promise", _("Tick the promise before you are shown any names.")
        )
    if not 0 < len(newcomer.name.strip()) <= LONGEST_NAME:
        raise JoinRefused("no_name", _("Write your name."))
    try:
        mobile = e164(newcomer.mobile)
    except PhoneNumberRefused as refusal:
        raise JoinRefused(
            "bad_mobile",
            _("That is not a mobile number: write it as 07700 900123."),
        ) from refusal
    return Person(newcomer.name, mobile, is_18=newcomer.is_18)


def _admit(
    invitation: Invitation, person: Person, *, nonce: str, at: datetime
) -> Joined:
    by, expected = invitation.actor, invitation.expected
    organisation = invitation.campaign.organisation
    if expected is not None and not expected.mobile:
        take_number(expected, person.mobile)
    [volunteer] = find_or_sign_up([person], organisation=organisation, by=by, at=at)
    if volunteer is None:
        raise JoinRefused(
            "stood_down", _("You have stood down: ask the organiser to have you back.")
        )
    give_promises([volunteer], by=by, at=at)
    admitted = invitation.admit(
        volunteer, joined_as=other_name(person, volunteer), nonce=nonce, at=at
    )
    return Joined(invitation.kind, volunteer, admitted)
