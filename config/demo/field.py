"""Who is on the doors as the demo opens: a session, and three of its rounds out."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from campaigns.access import Actor
from campaigns.models import Campaign, Organisation
from canvassing.actions.field_sessions import Outing, make_session
from canvassing.actions.field_sync import receive
from canvassing.actions.joining import Joined, Newcomer, invitation_of, join
from canvassing.actions.round_issues import hand_back, issue_round, link_secret
from canvassing.models import (
    CanvassRound,
    CanvassSession,
    ElectorStanding,
    FieldPhone,
    IssueKind,
    OutcomeKind,
    RoundDoor,
    RoundIssue,
)
from config.demo import cast
from config.demo.helpers import actor_of
from volunteers.models import Volunteer

NAME: Final = "On the doors today"
BEGAN: Final = timedelta(minutes=75)
LASTS: Final = timedelta(hours=3)
# The link of the tour goes on working as the demo's clock runs.
OPEN_FOR: Final = timedelta(days=9)


def send_rounds_out(organisation: Organisation, *, now: datetime) -> None:
    """Once: one round at the meeting point, one on a phone, one handed back with a few
    answers that came too late."""
    sessions = CanvassSession.objects.of(organisation).filter(name=NAME)
    rounds = CanvassRound.objects.of(organisation).filter(
        campaign__slug=cast.MAYOR, retired_at=None
    )
    free = rounds.select_related("campaign", "ward").order_by("ward", "pk")[:3]
    if sessions.exists() or len(free) < len(IssueKind.values):
        return
    campaign = Campaign.objects.select_related("organisation", "election").get(
        slug=cast.MAYOR
    )
    began, by = now - BEGAN, actor_of(cast.ORGANISER, at=now)
    outing = Outing(NAME, "Friar Park Community Hall", began, began + LASTS)
    session = make_session(outing, campaign=campaign, by=by, at=began)
    _, walked, returned = (
        _issue(one, session, by=by, at=began, now=now) for one in free
    )
    _walk(walked, began + timedelta(minutes=5), doors=12)
    phone = _walk(returned, began + timedelta(minutes=5), doors=4)
    hand_back(returned, by=by, at=now - timedelta(minutes=20))
    _record(phone, doors=2, at=now - timedelta(minutes=10))


def _issue(
    canvass_round: CanvassRound,
    session: CanvassSession,
    *,
    by: Actor,
    at: datetime,
    now: datetime,
) -> RoundIssue:
    return issue_round(
        canvass_round,
        kind=IssueKind.MEETING_POINT,
        session=session,
        by=by,
        at=at,
        expires_at=now + OPEN_FOR,
    )


def _walk(issue: RoundIssue, at: datetime, *, doors: int) -> FieldPhone:
    """A volunteer joins by the link, and goes from door to door."""
    joined = _join(issue, at=at)
    phone = FieldPhone.objects.get(issue=issue, volunteer=joined.volunteer)
    _record(phone, doors=doors, at=at + timedelta(minutes=50))
    return phone


def _join(issue: RoundIssue, *, at: datetime) -> Joined:
    taken = FieldPhone.objects.values("volunteer")
    helper = (
        Volunteer.objects.of(issue.organisation_id)
        .filter(is_under_18=False, stood_down_at=None)
        .exclude(mobile="")
        .exclude(pk__in=taken)
        .order_by("pk")[0]
    )
    newcomer = Newcomer(
        name=helper.name,
        mobile=helper.mobile,
        promised=True,
        is_18=True,
        code=issue.code_asked,
        caller="127.0.0.1",
    )
    return join(invitation_of(link_secret(issue)), newcomer, at=at)


def _record(phone: FieldPhone, *, doors: int, at: datetime) -> None:
    """Nobody was in, two minutes a door, until now."""
    campaign = phone.campaign
    not_in = campaign.outcome_codes.filter(kind=OutcomeKind.NOT_IN)[0].code
    walked = RoundDoor.objects.filter(round=phone.issue.round).order_by("position")
    there = ElectorStanding.objects.of(campaign.organisation_id).filter(
        campaign=campaign,
        is_current=True,
        address__in=list(walked.values_list("address", flat=True)[:doors]),
    )
    items = [
        {
            "id": str(uuid5(NAMESPACE_URL, f"demo:{phone.pk}:{elector}:{at}")),
            "kind": "contact",
            "elector": elector,
            "outcome": not_in,
            "said_at": (at - timedelta(minutes=2 * place)).isoformat(),
        }
        for place, elector in enumerate(there.values_list("elector", flat=True))
    ]
    with transaction.atomic():
        receive(phone, items, sent_at=at.isoformat(), arrived=at, at=at)


class VolunteersLink(NamedTuple):
    """The address of the round at the meeting point, and its session's code."""

    path: str
    code: str


def volunteers_link() -> VolunteersLink | None:
    out = RoundIssue.objects.filter(session__name=NAME, closed_at=None)
    issue = out.select_related("session").order_by("pk").first()
    if issue is None or issue.session is None:
        return None
    path = f"/field/join#{link_secret(issue)}"
    return VolunteersLink(path, issue.session.short_code)
