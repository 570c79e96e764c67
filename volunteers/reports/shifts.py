"""Shifts with how they are filled, those at risk, and the cover of a day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet

from volunteers.models import Shift, ShiftSignUp
from volunteers.rules.risk import History, Outlook, risks
from volunteers.rules.shifts import HourOfCover, Need, Span, cover_by_hour

LOOKED_AHEAD = timedelta(days=7)
LOOKED_BACK = timedelta(days=90)
STAYING = Q(sign_ups__withdrawn_at__isnull=True)
WITH_PLACE = STAYING & Q(sign_ups__waits=False)


def with_places(shifts: QuerySet[Shift]) -> QuerySet[Shift]:
    """With `taken`, `waiting`, `confirmed` and `came` counted."""
    return (
        shifts.select_related("ward", "leader")
        .defer("ward__boundary")
        .annotate(
            taken=Count("sign_ups", filter=WITH_PLACE),
            waiting=Count("sign_ups", filter=STAYING & Q(sign_ups__waits=True)),
            confirmed=Count(
                "sign_ups", filter=WITH_PLACE & Q(sign_ups__confirmed_at__isnull=False)
            ),
            came=Count("sign_ups", filter=STAYING & Q(sign_ups__came=True)),
        )
    )


@dataclass(frozen=True)
class AtRisk:
    """A shift that may fall through, and the reasons."""

    shift: Shift
    reasons: list[str]


def shifts_at_risk(shifts: QuerySet[Shift], *, at: datetime) -> list[AtRisk]:
    """Those of the coming week that may fall through, the soonest first."""
    places = ShiftSignUp.objects.filter(withdrawn_at__isnull=True, waits=False)
    coming = list(
        shifts.filter(
            cancelled_at__isnull=True,
            starts_at__gt=at,
            starts_at__lte=at + LOOKED_AHEAD,
        )
        .select_related("ward", "leader")
        .defer("ward__boundary")
        .prefetch_related(Prefetch("sign_ups", places, to_attr="coming"))
        .order_by("starts_at", "pk")
    )
    histories = _histories(coming, at)
    found = [
        AtRisk(shift, risks(_outlook(shift, histories), at=at)) for shift in coming
    ]
    return [one for one in found if one.reasons]


def _histories(shifts: Sequence[Shift], at: datetime) -> dict[int, History]:
    people = {one.volunteer_id for shift in shifts for one in _coming(shift)}
    over = ShiftSignUp.objects.filter(
        volunteer__in=people,
        withdrawn_at__isnull=True,
        came__isnull=False,
        shift__starts_at__gt=at - LOOKED_BACK,
    )
    counted = over.values_list("volunteer").annotate(
        over=Count("pk"), present=Count("pk", filter=Q(came=True))
    )
    return {person: History(count, came) for person, count, came in counted}


def _coming(shift: Shift) -> list[ShiftSignUp]:
    rows: list[ShiftSignUp] = shift.coming  # type: ignore[attr-defined]
    return rows


def _outlook(shift: Shift, histories: dict[int, History]) -> Outlook:
    coming = _coming(shift)
    people = [one.volunteer_id for one in coming]
    return Outlook(
        starts_at=shift.starts_at,
        places=shift.places,
        coming=[histories.get(person, History(0, 0)) for person in people],
        confirmed=sum(one.confirmed_at is not None for one in coming),
        has_leader=shift.leader_id is not None,
        leader_is_coming=shift.leader_id in people,
    )


def cover_of_day(
    shifts: QuerySet[Shift], *, begins_at: datetime, ends_at: datetime
) -> list[HourOfCover]:
    """Each hour of a day in which somebody is wanted."""
    rows = with_places(
        shifts.filter(
            cancelled_at__isnull=True, starts_at__lt=ends_at, ends_at__gt=begins_at
        )
    )
    needs = [
        Need(Span(one.starts_at, one.ends_at), one.places, one.taken)  # type: ignore[attr-defined]
        for one in rows
    ]
    cover = cover_by_hour(needs, span=Span(begins_at, ends_at))
    return [hour for hour in cover if hour.wanted]


def no_shows(
    shifts: QuerySet[Shift], *, at: datetime
) -> list[tuple[str, int, int, int]]:
    """Whoever stayed away lately: name, id, how often, of how many; the worst first."""
    rows = ShiftSignUp.objects.filter(
        shift__in=shifts.filter(starts_at__gt=at - LOOKED_BACK).values("pk"),
        withdrawn_at__isnull=True,
        came__isnull=False,
        volunteer__erased_at__isnull=True,
    ).values_list("volunteer__name", "volunteer", "came")
    missed: Counter[tuple[str, int]] = Counter()
    of_all: Counter[tuple[str, int]] = Counter()
    for name, pk, came in rows:
        of_all[name, pk] += 1
        missed[name, pk] += not came
    return [
        (name, pk, count, of_all[name, pk])
        for (name, pk), count in missed.most_common(20)
        if count
    ]
