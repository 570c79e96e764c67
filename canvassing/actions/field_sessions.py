"""Sessions on the doors: made, changed, and their short code drawn anew."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from canvassing.actions.join_guesses import draw_code, let_guessers_try
from canvassing.models import CanvassSession, Channel
from canvassing.rules.short_codes import new_short_code
from volunteers.models import Shift

SAID: Final = ("name", "meeting_point", "starts_at", "ends_at", "shift")


class SessionRefused(Refusal):
    """The session cannot be as it was asked for."""


@dataclass(frozen=True, slots=True)
class Outing:
    """What an organiser says of a session; `shift` is the one that it is for."""

    name: str
    meeting_point: str
    starts_at: datetime
    ends_at: datetime
    shift: Shift | None = None


@transaction.atomic(durable=True)
def make_session(
    outing: Outing, *, campaign: Campaign, by: Actor, at: datetime
) -> CanvassSession:
    """A session on the doors, with a short code of its own. Refused: who does not set
    up the campaign, no name, an end before its start, a shift of another campaign or
    one that has a session. Audit verb: `session.made`."""
    _refuse(outing, campaign, by)
    session = CanvassSession(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        channel=Channel.DOOR,
        short_code=new_short_code(),
    )
    _say(session, outing)
    _record("session.made", session, by=by, at=at)
    return session


@transaction.atomic(durable=True)
def change_session(
    session: CanvassSession, outing: Outing, *, by: Actor, at: datetime
) -> CanvassSession:
    """Refused as in `make_session`. Audit verb: `session.changed`."""
    _refuse(outing, session.campaign, by)
    _say(session, outing)
    _record("session.changed", session, by=by, at=at)
    return session


@transaction.atomic(durable=True)
def renew_code(session: CanvassSession, *, by: Actor, at: datetime) -> None:
    """Another code: whoever has joined stays, and whoever only guessed begins anew.
    Audit verb: `session.code_renewed`."""
    _refuse_others(session.campaign, by)
    draw_code(session)
    _record("session.code_renewed", session, by=by, at=at)


@transaction.atomic
def let_session_guessers_try(
    session: CanvassSession, *, by: Actor, at: datetime
) -> None:
    """Whoever waits after wrong codes need not; the code stays. Audit verb:
    `session.guessers_let_try`."""
    _refuse_others(session.campaign, by)
    let_guessers_try(session)
    _record("session.guessers_let_try", session, by=by, at=at)


def _say(session: CanvassSession, outing: Outing) -> None:
    session.name = outing.name.strip()
    session.meeting_point = outing.meeting_point.strip()
    session.starts_at, session.ends_at = outing.starts_at, outing.ends_at
    session.shift = outing.shift
    try:
        with transaction.atomic():
            session.save(update_fields=SAID if session.pk else None)
    except IntegrityError as error:
        if "shift_id" not in str(error):
            raise
        raise SessionRefused(
            "shift_taken", "That shift has a session already: choose another."
        ) from error


def _refuse(outing: Outing, campaign: Campaign, by: Actor) -> None:
    _refuse_others(campaign, by)
    if not outing.name.strip():
        raise SessionRefused("no_name", "Give the session a name.")
    if outing.ends_at <= outing.starts_at:
        raise SessionRefused("ends_first", "It has to end after it starts.")
    if outing.shift and outing.shift.campaign_id != campaign.pk:
        raise SessionRefused("shift", "That shift is of another campaign.")


def _refuse_others(campaign: Campaign, by: Actor) -> None:
    if not by.can(
        Capability.MANAGE_CAMPAIGN,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
    ):
        raise SessionRefused("not_allowed", "You do not set up sessions here.")


def _record(verb: str, session: CanvassSession, *, by: Actor, at: datetime) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=session.organisation_id,
        campaign_id=session.campaign_id,
        target=session,
    )
