"""Where volunteers' hours go: by campaign and week, and by person.

What the apps above saw somebody do counts too, where no shift has counted it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from campaigns.clock import UK, day_of
from campaigns.models import Campaign
from volunteers.models import ShiftSignUp, Volunteer
from volunteers.registry import Counts, registry
from volunteers.rules.hours import TimeGiven, counted_once

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
    begins = datetime.combine(mondays[0], datetime.min.time(), UK)
    sums: dict[tuple[date, int], timedelta] = defaultdict(timedelta)
    for one in _given(volunteers, campaign.organisation_id, since=begins)[1]:
        day = day_of(one.began_at)
        pk = one.campaign
        column = pk if pk in named or pk == campaign.pk else OTHERS
        sums[day - timedelta(days=day.weekday()), column] += one.length
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
    """What they gave so far, in hours: at shifts, and on rounds, calls and stalls
    outside of them."""
    theirs = Volunteer.objects.filter(pk=volunteer.pk)
    _, given = _given(theirs, volunteer.organisation_id, since=EVER)
    return round(sum((one.length for one in given), timedelta()) / HOUR, 1)


def _given(
    volunteers: QuerySet[Volunteer], organisation_id: int, *, since: datetime
) -> tuple[list[TimeGiven], list[TimeGiven]]:
    """The shifts they came to that began since then, and all they gave, each moment
    once."""
    ids = list(volunteers.order_by().values_list("pk", flat=True))
    shifts = _came(organisation_id, ids, since)
    others = (
        one for times in registry.times for one in times(organisation_id, ids, since)
    )
    return shifts, counted_once(shifts, others)


def _came(
    organisation_id: int, volunteers: Collection[int], since: datetime
) -> list[TimeGiven]:
    """The shifts that they came to."""
    came = ShiftSignUp.objects.of(organisation_id).filter(
        volunteer__in=volunteers,
        came=True,
        withdrawn_at__isnull=True,
        shift__starts_at__gte=since,
    )
    told = came.values_list(
        "volunteer", "shift__campaign", "shift__starts_at", "shift__ends_at"
    )
    return [TimeGiven(*row) for row in told]


@dataclass(frozen=True)
class Work:
    """What one volunteer did for a campaign: hours, with a shift or without one,
    shifts, doors, and copies of leaflets."""

    volunteer: Volunteer
    hours: float
    shifts: int
    doors: int
    leaflets: int


MOST_SHOWN = 100
EVER = datetime(1970, 1, 1, tzinfo=UK)


def work_of_each(
    volunteers: QuerySet[Volunteer], *, campaign: Campaign, since: datetime
) -> list[Work]:
    """Whoever gave time since then, the most hours first, a hundred at most."""
    organisation_id = campaign.organisation_id
    given: dict[int, timedelta] = defaultdict(timedelta)
    came, counted = _given(volunteers, organisation_id, since=since)
    for one in counted:
        if one.campaign == campaign.pk:
            given[one.volunteer] += one.length
    busiest = sorted(given, key=lambda pk: -given[pk])[:MOST_SHOWN]
    shifts = Counter(one.volunteer for one in came if one.campaign == campaign.pk)
    doors = doors_of(busiest, campaign, since)
    leaflets = _counted(registry.leaflets, busiest, campaign, since)
    rows = [
        Work(
            one,
            hours=round(given[one.pk] / HOUR, 1),
            shifts=shifts[one.pk],
            doors=doors.get(one.pk, 0),
            leaflets=leaflets.get(one.pk, 0),
        )
        for one in volunteers.filter(pk__in=busiest)
    ]
    return sorted(rows, key=lambda row: (-given[row.volunteer.pk], row.volunteer.name))


def doors_of(
    volunteers: list[int], campaign: Campaign, since: datetime
) -> dict[int, int]:
    """Doors of each, as the apps above count them."""
    return _counted(registry.doors, volunteers, campaign, since)


def _counted(
    counts: Collection[Counts],
    volunteers: list[int],
    campaign: Campaign,
    since: datetime,
) -> dict[int, int]:
    found: dict[int, int] = {}
    for count in counts:
        found |= count(campaign, volunteers, since)
    return found
