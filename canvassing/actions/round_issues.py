"""Rounds go out, once at a time, and come back: handed back, taken back, or expired.
The link of one goes to whoever has it by e-mail, without its code."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.outgoing_mails import try_for_another_day
from campaigns.keys import derived_key, hash_of, new_key
from campaigns.models import Campaign, Organisation
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from canvassing.access import adults_on
from canvassing.actions.join_guesses import draw_code, let_guessers_try
from canvassing.models import (
    CanvassRound,
    CanvassSession,
    ClosedBecause,
    FieldPhone,
    IssueKind,
    LeafletRound,
    RoundIssue,
    RoundKnocker,
)
from canvassing.models.round_issues import GIVEN_BACK
from canvassing.reports.link_mails import LinkMails, link_mails
from canvassing.reports.round_holders import held_by
from canvassing.rules.short_codes import new_short_code
from canvassing.rules.under_18 import is_said
from volunteers.actions.mails import write_to_all
from volunteers.models import MailKind, Team, Volunteer, VolunteerMail

LONGEST: Final = timedelta(days=14)
SEED_LENGTH: Final = 32
PHONES: Final = {
    IssueKind.VOLUNTEER: 1,
    IssueKind.TEAM: 8,
    IssueKind.MEETING_POINT: 8,
}


class IssueRefused(Refusal):
    """The round cannot go out: it is out, no longer walked, or nobody may take it."""


def link_secret(issue: RoundIssue) -> str:
    """What follows `#` in the link of an issue, to be shown at the meeting point."""
    return derived_key("canvassing.round_link", issue.link_seed)


@transaction.atomic
def issue_round(
    canvass_round: CanvassRound,
    *,
    kind: IssueKind,
    by: Actor,
    at: datetime,
    expires_at: datetime,
    volunteer: Volunteer | None = None,
    team: Team | None = None,
    session: CanvassSession | None = None,
    by_email: bool = False,
) -> RoundIssue:
    """Send a round out, to one volunteer, a team, or whoever is at the meeting point;
    `by_email` as `mail_link`.

    Refused: a round that is out already, saying who has it, one that was cut anew, of a
    closed campaign or beyond `by`'s wards, somebody under 18 or who stood down, a time
    that is over or more than 14 days away. Audit verb: `round.issued`.
    """
    _refuse_others(canvass_round, by=by)
    _refuse_cut_anew(canvass_round)
    _refuse_people(kind, volunteer, team)
    if session is not None and session.campaign_id != canvass_round.campaign_id:
        raise IssueRefused("session", "That session is of another campaign.")
    return put_out(
        RoundIssue(round=canvass_round, session=session, kind=kind),
        volunteer=volunteer,
        team=team,
        by=by,
        at=at,
        expires_at=expires_at,
        by_email=by_email,
    )


def put_out(
    issue: RoundIssue,
    *,
    volunteer: Volunteer | None = None,
    team: Team | None = None,
    by: Actor,
    at: datetime,
    expires_at: datetime,
    by_email: bool = False,
) -> RoundIssue:
    """Give an issue, of which only what goes out and of what kind is said yet, its link
    and its code, inside the caller's transaction; `by_email` as `mail_link`.

    Refused: what is out already, saying who has it, beyond `by`'s wards, a time that is
    over or more than 14 days away. Audit verb: `round.issued`."""
    what, kind = issue.what_is_out, IssueKind(issue.kind)
    _refuse_others(what, by=by)
    if not at < expires_at <= at + LONGEST:
        raise IssueRefused("expiry", "Say until when: in the future, within 14 days.")
    out = RoundIssue.objects.filter(
        round=issue.round_id, leaflet_round=issue.leaflet_round_id, closed_at=None
    )
    _close(out.filter(expires_at__lte=at), ClosedBecause.EXPIRED, at=at)
    issue.organisation_id, issue.campaign_id = what.organisation_id, what.campaign_id
    issue.volunteer = volunteer if kind == IssueKind.VOLUNTEER else None
    issue.team = team if kind == IssueKind.TEAM else None
    issue.link_seed = new_key()[:SEED_LENGTH]
    issue.short_code = new_short_code()
    issue.most_phones = 1 if issue.is_of_leaflets else PHONES[kind]
    issue.issued_at, issue.expires_at = at, expires_at
    issue.secret_hash = hash_of(link_secret(issue))
    issue.recorded_by(by)
    try:
        with transaction.atomic():
            issue.save(force_insert=True)
    except IntegrityError as error:
        if "round_out_once_at_a_time" not in str(error):
            raise
        raise IssueRefused(
            "out_already", f"It is out already: {held_by(out.get())} has it."
        ) from error
    _record("round.issued", issue, by=by, at=at, kind=kind)
    if by_email:
        mail_link(issue, by=by, at=at)
    return issue


@transaction.atomic
def issue_rounds(
    rounds: Sequence[CanvassRound], *, session: CanvassSession, **named: Any
) -> list[RoundIssue]:
    """Send several out at one session, each as an issue of its own: all of them, or
    none. Refused, and audited, as `issue_round`; a refusal says of which."""
    made = []
    for one in sorted(rounds, key=lambda one: one.pk):
        try:
            made.append(issue_round(one, session=session, **named))
        except IssueRefused as refusal:
            raise IssueRefused(refusal.code, f"{one}: {refusal.message}") from refusal
    return made


@transaction.atomic
def mail_link(issue: RoundIssue, *, by: Actor, at: datetime) -> list[Volunteer]:
    """Write the link, which is put together as it is sent, to its volunteer, or to the
    leader of its team and the members who are on the shift: to each once; what was
    given up is tried for another day. The code is never in it. Returned is whom it goes
    to now: nobody, and nothing is recorded, where each was written to before.

    Refused: beyond `by`'s wards, a round that is not out or is nobody's own; a team of
    nobody; where each of them is under 18, without an address or has not agreed to
    e-mails. Audit verb: `round.link_mailed`.
    """
    _refuse_others(issue.what_is_out, by=by)
    locked = _one(issue).select_for_update(no_key=True, of=("self",))
    out = locked.select_related("team", "campaign", "session").get()
    if not out.is_out(at):
        raise IssueRefused("not_out", "This round is not out any more.")
    mails = _to_be_mailed(out)
    sent = mails.may_be_sent
    new = [one.volunteer for one in sent if not one.mail]
    write_to_all(new, MailKind.ROUND, campaign=out.campaign, at=at, about=out.pk)
    before = [one.mail.pk for one in sent if one.mail]
    try_for_another_day(VolunteerMail.objects.filter(pk__in=before))
    volunteers = [one.volunteer for one in sent]
    if volunteers:
        whom = [one.pk for one in volunteers]
        _record("round.link_mailed", out, by=by, at=at, volunteers=whom)
    return volunteers


def _to_be_mailed(issue: RoundIssue) -> LinkMails:
    mails = link_mails([issue]).get(issue.pk)
    if mails is None:
        raise IssueRefused(
            "nobody", "It can be e-mailed to one volunteer, or to a team."
        )
    if not mails.reached:
        raise IssueRefused("no_email", mails.why_to_nobody)
    return mails


@transaction.atomic
def take_back(issue: RoundIssue, *, by: Actor, at: datetime) -> bool:
    """Close a round on every phone that has it. What they recorded and still send is
    held for an organiser. False, and nothing done, where it is closed already.

    Refused: beyond `by`'s wards. Audit verb: `round.taken_back`.
    """
    _refuse_others(issue.what_is_out, by=by)
    if not _close(_one(issue), ClosedBecause.REVOKED, at=at):
        return False
    _record("round.taken_back", issue, by=by, at=at)
    return True


@transaction.atomic
def hand_back(issue: RoundIssue, *, by: Actor, at: datetime) -> bool:
    """The round has been walked, or they have gone home. Done again, it does nothing.
    Audit verb: `round.handed_back`."""
    if not _close(_one(issue), ClosedBecause.HANDED_BACK, at=at):
        return False
    _record("round.handed_back", issue, by=by, at=at)
    return True


@transaction.atomic
def release_expired(*, organisation: Organisation, by: Actor, at: datetime) -> int:
    """Close every round whose time is over. Audit verb: `round.released`."""
    over = RoundIssue.objects.of(organisation).filter(
        closed_at=None, expires_at__lte=at
    )
    issues = list(over.select_for_update(no_key=True).order_by("pk"))
    for issue in issues:
        _record("round.released", issue, by=by, at=at)
    _close(_all(issues), ClosedBecause.EXPIRED, at=at)
    return len(issues)


@transaction.atomic
def close_phone(
    phone: FieldPhone, because: ClosedBecause, *, by: Actor, at: datetime
) -> bool:
    """One phone opens no names any more; its round stays out, and its place is free.
    Whoever had it knocks there no longer, unless they have another on the round.

    Signed out by whoever holds it, or cut off by an organiser, also where its round was
    given back before: what it still sends is held from then on. False, and nothing
    done, where it is closed already. Audit verbs: `phone.signed_out`, `phone.cut_off`.
    """
    # Of two phones of one volunteer the second finds the first closed.
    RoundIssue.objects.select_for_update(no_key=True).get(pk=phone.issue_id)
    found = FieldPhone.objects.filter(pk=phone.pk)
    if found.filter(closed_at=None).update(closed_at=at, closed_because=because):
        _leave_doors(phone, at=at)
    elif because != ClosedBecause.REVOKED or not found.filter(
        closed_because__in=GIVEN_BACK
    ).update(closed_because=because):
        return False
    signed_out = because == ClosedBecause.SIGNED_OUT
    audit.record(
        "phone.signed_out" if signed_out else "phone.cut_off",
        by=by,
        at=at,
        organisation_id=phone.organisation_id,
        campaign_id=phone.campaign_id,
        target=phone,
    )
    return True


@transaction.atomic
def say_accompanied(issue: RoundIssue, *, by: Actor, at: datetime) -> None:
    """An organiser knows that an adult is with those under 18 on this round: their
    phones show its doors again, and they may join, for twelve hours or until somebody
    of age leaves it once more.

    Said again meanwhile, it stands as it did. Refused: beyond `by`'s wards, a round
    that is not out, one on which somebody of age is. Audit verb: `round.accompanied`.
    """
    _refuse_others(issue.what_is_out, by=by)
    out = _one(issue).filter(closed_at=None).select_for_update(no_key=True).first()
    if out is None:
        raise IssueRefused("not_out", "This round is not out any more.")
    if is_said(out.accompanied_at, at=at):
        return
    if adults_on([out], at=at).exists():
        raise IssueRefused("adult_there", "Somebody of 18 is on this round already.")
    _one(out).update(accompanied_at=at)
    _record("round.accompanied", issue, by=by, at=at)


@transaction.atomic
def renew_issue_code(issue: RoundIssue, *, by: Actor, at: datetime) -> None:
    """Another code for a round whose link asks for its own; whoever has joined stays.

    Refused: beyond `by`'s wards, a round that is not out, one that goes by its
    session's code. Audit verb: `round.code_renewed`.
    """
    draw_code(_with_own_code(issue, by=by))
    _record("round.code_renewed", issue, by=by, at=at)


@transaction.atomic
def let_issue_guessers_try(issue: RoundIssue, *, by: Actor, at: datetime) -> None:
    """Whoever waits after wrong codes need not; the code stays. Refused as for a new
    one. Audit verb: `round.guessers_let_try`."""
    let_guessers_try(_with_own_code(issue, by=by))
    _record("round.guessers_let_try", issue, by=by, at=at)


def _with_own_code(issue: RoundIssue, *, by: Actor) -> RoundIssue:
    """Locked, as it is now."""
    _refuse_others(issue.what_is_out, by=by)
    out = _one(issue).filter(closed_at=None).select_for_update(no_key=True).first()
    if out is None:
        raise IssueRefused("not_out", "This round is not out any more.")
    if not out.has_own_code:
        raise IssueRefused("session_code", "It goes by the code of its session.")
    return out


def _leave_doors(phone: FieldPhone, *, at: datetime) -> None:
    others = FieldPhone.objects.filter(
        issue=phone.issue_id, volunteer=phone.volunteer_id, closed_at=None
    )
    if not others.exists():
        left = RoundKnocker.objects.filter(
            issue=phone.issue_id, volunteer=phone.volunteer_id, left_at=None
        )
        if left.update(left_at=at) and not phone.volunteer.is_under_18:
            RoundIssue.objects.filter(pk=phone.issue_id).update(accompanied_at=None)


def _refuse_others(what: CanvassRound | LeafletRound, *, by: Actor) -> None:
    wards = by.ward_ids(Capability.MAKE_LISTS, campaign=what.campaign)
    if wards is not None and what.ward_id not in wards:
        raise IssueRefused("not_allowed", "You send out no rounds of this ward.")


def _refuse_cut_anew(canvass_round: CanvassRound) -> None:
    campaign: Campaign = canvass_round.campaign
    # Against whoever cuts the ward at this moment, who locks its live rounds.
    live = CanvassRound.objects.select_for_update(no_key=True).filter(
        pk=canvass_round.pk, retired_at=None
    )
    if canvass_round.retired_at or not live.values_list("pk"):
        raise IssueRefused("cut_anew", "This round was cut anew: send out another.")
    if campaign.closed_at:
        raise IssueRefused("campaign_closed", f"{campaign.name} is closed.")


def _refuse_people(
    kind: IssueKind, volunteer: Volunteer | None, team: Team | None
) -> None:
    """Somebody under 18 is never given a round alone, and a team has an adult in it."""
    if kind == IssueKind.VOLUNTEER:
        if volunteer is None:
            raise IssueRefused("nobody", "Say which volunteer takes it.")
        if volunteer.stood_down_at:
            raise IssueRefused("stood_down", f"{volunteer.name} has stood down.")
        if volunteer.is_under_18:
            raise IssueRefused(
                "under_18",
                f"{volunteer.name} is under 18: send them out with an adult.",
            )
    if kind == IssueKind.TEAM:
        if team is None:
            raise IssueRefused("nobody", "Say which team takes it.")
        adults = team.members.filter(is_under_18=False, stood_down_at=None)
        if not adults.exists():
            raise IssueRefused("under_18", f"{team.name} has no adult in it.")


def _one(issue: RoundIssue) -> QuerySet[RoundIssue]:
    return _all([issue])


def _all(issues: Collection[RoundIssue]) -> QuerySet[RoundIssue]:
    return RoundIssue.objects.filter(pk__in=[issue.pk for issue in issues])


def _close(
    issues: QuerySet[RoundIssue], because: ClosedBecause, *, at: datetime
) -> int:
    """Those that are out, and every phone of theirs; returns how many rounds."""
    out = issues.filter(closed_at=None).select_for_update(no_key=True).order_by("pk")
    ids = list(out.values_list("pk", flat=True))
    closed = {"closed_at": at, "closed_because": because}
    RoundIssue.objects.filter(pk__in=ids).update(**closed)
    FieldPhone.objects.filter(issue__in=ids, closed_at=None).update(**closed)
    return len(ids)


def _number_of(issue: RoundIssue) -> dict[str, int | None]:
    if issue.is_of_leaflets:
        return {"leaflet_round": issue.leaflet_round_id}
    return {"round": issue.round_id}


def _record(
    verb: str,
    issue: RoundIssue,
    *,
    by: Actor,
    at: datetime,
    **data: str | int | list[int],
) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=issue.organisation_id,
        campaign_id=issue.campaign_id,
        target=issue,
        **_number_of(issue),
        **data,
    )
