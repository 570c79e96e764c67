"""Where volunteers' hours go: by campaign and week, and by person."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import DurationField, ExpressionWrapper, F, QuerySet, Sum
from django.db.models.functions import TruncWeek

from campaigns.clock import UK, day_of
from campaigns.models import Campaign
from volunteers.models import ShiftSignUp, Volunteer

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
    """The campaigns by name (ours first), and the weeks, of which none is left out."""

    campaigns: list[str]
    weeks: list[Week]


ELSEWHERE = "Other campaigns"


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
        .values_list(
            TruncWeek("shift__starts_at", tzinfo=UK),
            "shift__campaign",
            "shift__campaign__name",
        )
        .annotate(Sum(LENGTH))
    )
    sums: dict[tuple[date, str], timedelta] = defaultdict(timedelta)
    names = {campaign.name: None}
    for week, pk, name, length in given:
        said = name if pk in named else ELSEWHERE
        names.setdefault(said)
        sums[week.date(), said] += length
    return Hours(
        list(names),
        [
            Week(day, [round(sums[day, name] / HOUR) for name in names])
            for day in mondays
        ],
    )


def hours_of(volunteer: Volunteer) -> float:
    """What they gave so far, in hours."""
    came = volunteer.sign_ups.filter(came=True, withdrawn_at__isnull=True)
    given: timedelta | None = came.aggregate(sum=Sum(LENGTH))["sum"]
    return round((given or timedelta()) / HOUR, 1)


def hours_of_each(
    volunteers: Collection[int], *, campaign: Campaign
) -> dict[int, float]:
    """Hours that each of these gave to a campaign."""
    came = ShiftSignUp.objects.filter(
        volunteer__in=volunteers,
        shift__campaign=campaign,
        came=True,
        withdrawn_at__isnull=True,
    )
    sums = came.values_list("volunteer").annotate(Sum(LENGTH))
    return {pk: round(length / HOUR, 1) for pk, length in sums}
