"""What a card of a round can have been: its issue, its session, and who knocked."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Q, QuerySet, When

from campaigns.access import Actor
from canvassing.access import sessions_for
from canvassing.models import (
    CanvassRound,
    CanvassSession,
    IssueKind,
    RoundIssue,
    RoundKnocker,
)
from volunteers.access import volunteers_for
from volunteers.models import ShiftSignUp, Team, Volunteer

# No number that a card can bear has more figures.
LONGEST = 18
# Cards are typed in within days.
SESSIONS = 30


@dataclass(frozen=True, slots=True)
class CardOffer:
    """The issue that the card was printed for, and what may be chosen: sessions that
    have begun, the latest first, and volunteers by name."""

    issue: RoundIssue | None
    sessions: QuerySet[CanvassSession]
    volunteers: QuerySet[Volunteer]
    # Who is likely to have knocked: whom it was issued to, or the only one on it.
    knocker: int | None


def card_offer(
    round_: CanvassRound, *, issue: str = "", by: Actor, at: datetime
) -> CardOffer:
    """`issue` is what the code on the card says; without one, the round's latest.

    Who is offered as having knocked: those who were out with this round or at one of
    these sessions, and whom the actor may see among the volunteers.
    """
    found = _issue(round_, issue)
    sessions = _sessions(round_, found, at=at)
    return CardOffer(
        issue=found,
        sessions=sessions,
        volunteers=_volunteers(round_, sessions, by=by),
        knocker=_knocker(found),
    )


def _issue(round_: CanvassRound, issue: str) -> RoundIssue | None:
    issues = RoundIssue.objects.of(round_.organisation_id).filter(round=round_)
    issues = issues.select_related("session")
    said = int(issue) if issue.isdecimal() and len(issue) <= LONGEST else 0
    return issues.order_by(
        Case(When(pk=said, then=0), default=1), "-issued_at", "-pk"
    ).first()


def _sessions(
    round_: CanvassRound, issue: RoundIssue | None, *, at: datetime
) -> QuerySet[CanvassSession]:
    begun = sessions_for(round_.campaign).filter(starts_at__lte=at)
    latest = list(begun.order_by("-starts_at").values_list("pk", flat=True)[:SESSIONS])
    own = issue.session_id if issue else None
    return begun.filter(Q(pk__in=latest) | Q(pk=own)).order_by("-starts_at", "-pk")


def _volunteers(
    round_: CanvassRound, sessions: QuerySet[CanvassSession], *, by: Actor
) -> QuerySet[Volunteer]:
    ids = list(sessions.values_list("pk", flat=True))
    issues = RoundIssue.objects.filter(Q(round=round_) | Q(session__in=ids))
    knockers = RoundKnocker.objects.filter(issue__in=issues.values("pk"))
    teams = Team.objects.filter(pk__in=issues.values("team"))
    came = ShiftSignUp.objects.filter(
        shift__canvasssession__in=ids, withdrawn_at__isnull=True, waits=False
    )
    seen = volunteers_for(by, campaign=round_.campaign).filter(stood_down_at=None)
    were_out = (
        Q(pk__in=issues.filter(volunteer__isnull=False).values("volunteer"))
        | Q(pk__in=knockers.values("volunteer"))
        | Q(pk__in=teams.values("members"))
        | Q(pk__in=came.values("volunteer"))
    )
    return (
        Volunteer.objects.of(round_.organisation_id)
        .filter(were_out | Q(pk__in=seen.values("pk")), erased_at=None)
        .order_by("name", "pk")
    )


def _knocker(issue: RoundIssue | None) -> int | None:
    if issue is None:
        return None
    if issue.kind == IssueKind.VOLUNTEER:
        return issue.volunteer_id
    on_it = RoundKnocker.objects.filter(issue=issue).values_list("volunteer", flat=True)
    out = list(on_it[:2])
    return out[0] if len(out) == 1 else None
