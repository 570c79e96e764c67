"""Sessions on the doors, with what is out at each."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from campaigns.access import Actor
from campaigns.models import Campaign
from canvassing.access import issues_for, sessions_for
from canvassing.models import CanvassSession

SHOWN = 50


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session; how many rounds of the reader's wards are out, and were ever."""

    session: CanvassSession
    is_over: bool
    out: int
    rounds: int


def sessions_with_rounds(
    by: Actor, *, campaign: Campaign, at: datetime
) -> list[SessionRow]:
    """What is on or to come first, soonest first; then the latest. Two queries."""
    found = list(sessions_for(campaign).order_by("-starts_at")[:SHOWN])
    issues = issues_for(by, campaign=campaign).filter(session__in=found).order_by()
    counts = {
        session: (out, rounds)
        for session, out, rounds in issues.values_list("session").annotate(
            out=Count("pk", filter=Q(closed_at=None, expires_at__gt=at)),
            rounds=Count("pk"),
        )
    }
    rows = [
        SessionRow(
            one, (one.ends_at or one.starts_at) < at, *counts.get(one.pk, (0, 0))
        )
        for one in found
    ]
    to_come = [row for row in reversed(rows) if not row.is_over]
    return to_come + [row for row in rows if row.is_over]
