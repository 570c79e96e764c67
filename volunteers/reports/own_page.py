"""What a volunteer sees on their own page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import cos, radians

from django.db.models import (
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    F,
    FloatField,
    Q,
    QuerySet,
    When,
)
from django.db.models.expressions import OrderBy

from campaigns.models import Ward
from volunteers.models import Shift, ShiftSignUp, Volunteer
from volunteers.registry import WayIn, registry
from volunteers.reports.shifts import WITH_PLACE
from volunteers.rules.shifts import Span, leads_to_its_work


def own_sign_ups(volunteer: Volunteer, *, at: datetime) -> QuerySet[ShiftSignUp]:
    """Their places to come, and those in the queue, the soonest first."""
    return (
        volunteer.sign_ups.filter(
            withdrawn_at__isnull=True,
            shift__cancelled_at__isnull=True,
            shift__ends_at__gt=at,
        )
        .select_related("shift__ward", "shift__campaign")
        .defer("shift__ward__boundary")
        .order_by("shift__starts_at", "pk")
    )


def open_shifts(volunteer: Volunteer, *, at: datetime) -> QuerySet[Shift]:
    """The shifts of their organisation that they could take and that have not begun,
    with `taken` counted: those of their own ward (`is_near`), then those that are
    anywhere, then ward by ward from theirs outwards, each by time."""
    mine = own_sign_ups(volunteer, at=at).values("shift")
    home = Q(ward__isnull=False, ward=volunteer.home_ward_id)
    near = Case(When(home, then=True), default=False, output_field=BooleanField())
    return (
        Shift.objects.of(volunteer.organisation_id)
        .filter(
            cancelled_at__isnull=True,
            starts_at__gt=at,
            campaign__closed_at__isnull=True,
        )
        .exclude(pk__in=mine)
        .select_related("ward", "campaign")
        .defer("ward__boundary")
        .annotate(taken=Count("sign_ups", filter=WITH_PLACE), is_near=near)
        .order_by("-is_near", *_outwards(volunteer.home_ward_id), "starts_at", "pk")
    )


def _outwards(home_ward: int | None) -> list[OrderBy]:
    """By how far a shift's ward is from theirs, in degrees of latitude squared; by
    nothing where theirs has no place on the map."""
    home = Ward.objects.filter(pk=home_ward) if home_ward else Ward.objects.none()
    latitude, longitude = home.values_list("latitude", "longitude").first() or (
        None,
        None,
    )
    if latitude is None or longitude is None:
        return []
    north = F("ward__latitude") - latitude
    east = (F("ward__longitude") - longitude) * cos(radians(latitude))
    away = ExpressionWrapper(north * north + east * east, FloatField())
    return [away.asc(nulls_first=True)]


@dataclass(frozen=True)
class OwnShift:
    """One shift as a volunteer sees it, and their place on it if they have one."""

    shift: Shift
    sign_up: ShiftSignUp | None

    @property
    def is_full(self) -> bool:
        taken: int = self.shift.taken  # type: ignore[attr-defined]
        return taken >= self.shift.places


def own_shift(volunteer: Volunteer, shift: int) -> OwnShift | None:
    """None where their organisation has no such shift."""
    found = (
        Shift.objects.of(volunteer.organisation_id)
        .filter(pk=shift)
        .select_related("ward", "campaign")
        .defer("ward__boundary")
        .annotate(taken=Count("sign_ups", filter=WITH_PLACE))
        .first()
    )
    if found is None:
        return None
    held = found.sign_ups.filter(volunteer=volunteer, withdrawn_at__isnull=True)
    return OwnShift(found, held.first())


@dataclass(frozen=True)
class OwnWork:
    """A shift that is on or soon, and what they open for it; nothing where they have to
    ask there."""

    shift: Shift
    ways_in: list[WayIn]


def own_work(
    volunteer: Volunteer, sign_ups: Iterable[ShiftSignUp], *, at: datetime
) -> list[OwnWork]:
    """Of those on which they have a place, in the same order."""
    return [
        OwnWork(one.shift, _ways_in(volunteer, one.shift, at))
        for one in sign_ups
        if not one.waits and _leads_to_its_work(one.shift, at)
    ]


def _leads_to_its_work(shift: Shift, at: datetime) -> bool:
    is_off = shift.cancelled_at or shift.campaign.closed_at
    span = Span(shift.starts_at, shift.ends_at)
    return not is_off and leads_to_its_work(span, at=at)


def _ways_in(volunteer: Volunteer, shift: Shift, at: datetime) -> list[WayIn]:
    return [way for ways in registry.ways_in for way in ways(volunteer, shift, at)]
