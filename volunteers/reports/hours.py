"""Where volunteers' hours go: by campaign and week, and by person."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import (
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Sum,
)
from django.db.models.functions import TruncWeek

from campaigns.clock import UK, day_of
from campaigns.models import Campaign
from volunteers.models import ShiftSignUp, Volunteer
from volunteers.registry import registry

LENGTH = ExpressionWrapper(
    F("shift__ends_at") - F("shift__starts_at"), output_field=DurationField()
)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Week:
    """A week from its Monday: hours given to each campaign, in the order of `Hours`."""

    monday: date
    hours: list[int]

    @property
    def total(self) -> int:
        return sum(self.hours)


@dataclass(frozen=True)
class Hours:
    """The campaigns by name (ours first, with the day of the poll where two have one
    name), and the weeks, of which none is left out."""

    campaigns: list[str]
    weeks: list[Week]


ELSEWHERE = "Other campaigns"
OTHERS = 0  # in place of an id


def hours_by_week(
    volunteers: QuerySet[Volunteer],
    *,
    campaign: Campaign,
    named: Collection[int],
    at: datetime,
    weeks: int = 12,
) -> Hours:
    """The hours that these volunteers gave in each of the last weeks.

    `named` are the ids of campaigns that may be named; the others are one sum.
    """
    monday = day_of(at) - timedelta(days=day_of(at).weekday())
    mondays = [monday - timedelta(weeks=n) for n in reversed(range(weeks))]
    given = (
        ShiftSignUp.objects.of(campaign.organisation_id)
        .filter(
            volunteer__in=volunteers.values("pk"),
            came=True,
            withdrawn_at__isnull=True,
            shift__starts_at__gte=datetime.combine(mondays[0], datetime.min.time(), UK),
        )
        .values_list(TruncWeek("shift__starts_at", tzinfo=UK), "shift__campaign")
        .annotate(given=Sum(LENGTH))
    )
    sums: dict[tuple[date, int], timedelta] = defaultdict(timedelta)
    for week, pk, length in given:
        sums[week.date(), pk if pk in named or pk == campaign.pk else OTHERS] += length
    shown = {pk for _, pk in sums}
    names = _names(campaign, shown | {campaign.pk})
    if OTHERS in shown:
        names[OTHERS] = ELSEWHERE
    return Hours(
        list(names.values()),
        [Week(day, [round(sums[day, pk] / HOUR) for pk in names]) for day in mondays],
    )


def _names(ours: Campaign, shown: Collection[int]) -> dict[int, str]:
    """By id; ours first, then by name."""
    rows = Campaign.objects.filter(pk__in=shown).order_by("name", "pk")
    told = list(rows.values_list("pk", "name", "election__poll_on"))
    told.sort(key=lambda row: row[0] != ours.pk)
    often = Counter(name for _, name, _ in told)
    return {
        pk: f"{name}, {poll_on:%-d %B %Y}" if often[name] > 1 else name
        for pk, name, poll_on in told
    }


def hours_of(volunteer: Volunteer) -> float:
    """What they gave so far, in hours."""
    came = volunteer.sign_ups.filter(came=True, withdrawn_at__isnull=True)
    given: timedelta | None = came.aggregate(sum=Sum(LENGTH))["sum"]
    return round((given or timedelta()) / HOUR, 1)


@dataclass(frozen=True)
class Work:
    """What one volunteer did for a campaign: hours, shifts, and doors."""

    volunteer: Volunteer
    hours: float
    shifts: int
    doors: int


MOST_SHOWN = 100


def work_of_each(
    volunteers: QuerySet[Volunteer], *, campaign: Campaign, since: datetime
) -> list[Work]:
    """Whoever came to a shift since then, the most hours first, a hundred at most."""
    came = Q(
        sign_ups__shift__campaign=campaign,
        sign_ups__shift__starts_at__gte=since,
        sign_ups__came=True,
        sign_ups__withdrawn_at__isnull=True,
    )
    ends, starts = F("sign_ups__shift__ends_at"), F("sign_ups__shift__starts_at")
    length = ExpressionWrapper(ends - starts, output_field=DurationField())
    busy = (
        volunteers.filter(came)
        .annotate(given=Sum(length), shifts=Count("sign_ups"))
        .order_by("-given", "name", "pk")[:MOST_SHOWN]
    )
    rows = list(busy)
    doors = doors_of([one.pk for one in rows], campaign, since)
    return [
        Work(
            one,
            hours=round(one.given / HOUR, 1),
            shifts=one.shifts,
            doors=doors.get(one.pk, 0),
        )
        for one in rows
    ]


def doors_of(
    volunteers: list[int], campaign: Campaign, since: datetime
) -> dict[int, int]:
    """Doors of each, as the apps above count them."""
    doors: dict[int, int] = {}
    for count in registry.doors:
        doors |= count(campaign, volunteers, since)
    return doors
