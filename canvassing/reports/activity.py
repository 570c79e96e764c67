"""What was done day by day, and who goes out next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from campaigns.clock import UK
from campaigns.models import Campaign
from campaigns.reports.kept_counts import Wards
from canvassing.models import Contact, ElectorStanding
from canvassing.reports.progress import within
from volunteers.models import Shift


@dataclass(frozen=True)
class Day:
    """Conversations had and pledges given on one day, corrections applied."""

    on: date
    conversations: int = 0
    pledges: int = 0


def activity_by_day(
    campaign: Campaign, wards: Wards, *, at: datetime, days: int = 28
) -> list[Day]:
    """The last `days` days with today, in order and without a gap. One query."""
    today = at.astimezone(UK).date()
    first = today - timedelta(days=days - 1)
    corrected = Contact.objects.of(campaign.organisation_id).filter(
        corrects=OuterRef("uuid")
    )
    spoken = Q(outcome__counts_as_spoken=True) | Q(intention__counts_as_spoken=True)
    by_its_code = Q(pledge__isnull=True, intention__counts_as_pledge=True)
    found = (
        Contact.objects.of(campaign.organisation_id)
        .filter(campaign=campaign, erased_at__isnull=True)
        .filter(effective_at__gte=_midnight(first), effective_at__lte=at)
        .filter(~Exists(corrected), _of_electors_in(wards))
        .values(on=TruncDate("effective_at", tzinfo=UK))
        .annotate(
            conversations=Count("pk", filter=spoken),
            pledges=Count("pk", filter=Q(pledge=True) | by_its_code),
        )
        .order_by()
    )
    seen = {row["on"]: Day(**row) for row in found}
    every = (first + timedelta(days=n) for n in range(days))
    return [seen.get(on, Day(on)) for on in every]


def _of_electors_in(wards: Wards) -> Q:
    if wards is None:
        return Q()
    here = ElectorStanding.objects.filter(
        organisation=OuterRef("organisation"),
        campaign=OuterRef("campaign"),
        elector=OuterRef("elector"),
        ward__in=wards,
    )
    return Q(Exists(here))


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, tzinfo=UK)


@dataclass(frozen=True)
class OutToday:
    """Today's shifts and the volunteers who said they would come."""

    shifts: int
    volunteers: int


def out_today(campaign: Campaign, wards: Wards, *, at: datetime) -> OutToday:
    begins = _midnight(at.astimezone(UK).date())
    shifts = _shifts(campaign).filter(within(wards))
    counts = shifts.filter(
        starts_at__gte=begins, starts_at__lt=begins + timedelta(days=1)
    ).aggregate(
        shifts=Count("pk", distinct=True),
        volunteers=Count(
            "sign_ups", filter=Q(sign_ups__withdrawn_at__isnull=True), distinct=True
        ),
    )
    return OutToday(**counts)


def next_shifts(
    campaign: Campaign, ward_ids: Iterable[int], *, at: datetime
) -> dict[int, Shift]:
    """The next shift in each of these wards that has one."""
    coming = (
        _shifts(campaign)
        .filter(ward_id__in=list(ward_ids), starts_at__gte=at)
        .order_by("ward_id", "starts_at")
        .distinct("ward_id")
    )
    return {shift.ward_id: shift for shift in coming if shift.ward_id}


def shifts_short_of_people(
    campaign: Campaign, *, at: datetime, within: timedelta = timedelta(days=4)
) -> list[tuple[Shift, int]]:
    """Shifts to come soon with a place left, and how many are taken; soonest first."""
    taken = Count("sign_ups", filter=Q(sign_ups__withdrawn_at__isnull=True))
    short = (
        _shifts(campaign)
        .filter(starts_at__gte=at, starts_at__lt=at + within)
        .annotate(taken=taken)
        .filter(taken__lt=F("places"))
        .select_related("ward")
        .order_by("starts_at")
    )
    return [(shift, shift.taken) for shift in short]


def _shifts(campaign: Campaign) -> QuerySet[Shift]:
    return Shift.objects.of(campaign.organisation_id).filter(
        campaign=campaign, cancelled_at__isnull=True
    )
