"""By ward and by branch: who helps, was asked, came, and has not come lately."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from volunteers.models import Invitation, ShiftSignUp, Volunteer
from volunteers.reports.people import QUIET_FOR


@dataclass(frozen=True)
class Presence:
    """Those of one ward or branch (its name and, for a ward, code; empty: none is
    known): how many help, were asked, came, and did not come, in three weeks."""

    name: str
    code: str
    helping: int
    asked: int
    came: int

    @property
    def quiet(self) -> int:
        return self.helping - self.came


def presence_by_ward(
    volunteers: QuerySet[Volunteer], *, at: datetime
) -> list[Presence]:
    rows = _counted(volunteers, "home_ward__name", "home_ward__gss", at=at)
    return [Presence(name or "", gss or "", *counts) for name, gss, *counts in rows]


def presence_by_branch(
    volunteers: QuerySet[Volunteer], *, at: datetime
) -> list[Presence]:
    rows = _counted(volunteers, "branch", at=at)
    return [Presence(branch, branch, *counts) for branch, *counts in rows]


def _counted(
    volunteers: QuerySet[Volunteer], *by: str, at: datetime
) -> list[tuple[Any, ...]]:
    since = at - QUIET_FOR
    asked = Invitation.objects.filter(volunteer=OuterRef("pk"), asked_at__gte=since)
    came = ShiftSignUp.objects.filter(
        volunteer=OuterRef("pk"),
        came=True,
        withdrawn_at__isnull=True,
        shift__starts_at__gte=since,
    )
    helping = volunteers.filter(stood_down_at__isnull=True)
    return list(
        helping.alias(was_asked=Exists(asked), has_come=Exists(came))
        .order_by(*by)
        .values_list(*by)
        .annotate(
            helping=Count("pk"),
            asked=Count("pk", filter=Q(was_asked=True)),
            came=Count("pk", filter=Q(has_come=True)),
        )
    )
