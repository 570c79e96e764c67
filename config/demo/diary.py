"""The diary of the demo: every outing as a shift with its sign-ups, and its session."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from django.db.models import F

from campaigns.models import Campaign, Organisation, Ward
from canvassing.models import CanvassSession, Channel
from config.demo.calendar import Outing, outings
from config.demo.helpers import REGULARS
from volunteers.models import Shift, ShiftKind, ShiftSignUp, Volunteer

# What these shifts do is one session, to which the contacts belong.
CHANNELS = {
    ShiftKind.DOORS: Channel.DOOR,
    ShiftKind.PHONES: Channel.PHONE,
    ShiftKind.STALL: Channel.STALL,
}
NO_SHOW = 11  # about one sign-up in so many does not come


def plan_outings(organisation: Organisation, *, now: datetime) -> None:
    """Put every outing into the diary once; tell who came to those that are over."""
    campaigns = {found.slug: found for found in Campaign.objects.of(organisation)}
    wards = {ward.gss: ward for ward in Ward.objects.all()}
    planned = set(
        Shift.objects.of(organisation).values_list("kind", "ward", "starts_at")
    )
    teams = Teams(organisation)
    for outing in outings():
        campaign, ward = campaigns[outing.campaign], wards[outing.ward]
        team = teams.pick(outing, now)
        if (outing.kind, ward.pk, outing.starts_at) not in planned:
            plan(outing, campaign, ward, team, now)
    over = ShiftSignUp.objects.of(organisation).filter(shift__ends_at__lte=now)
    over = over.filter(came__isnull=True).annotate(turn=F("pk") % NO_SHOW)
    over.filter(turn=0).update(came=False)
    over.exclude(turn=0).update(came=True)


class Teams:
    """Who goes out: everybody at most once a day, fewer for what is far ahead."""

    def __init__(self, organisation: Organisation) -> None:
        regulars = Volunteer.objects.of(organisation).filter(email__startswith=REGULARS)
        self.volunteers = list(regulars.order_by("pk"))
        self.day: date | None = None
        self.free: Iterator[Volunteer] = iter(())

    def pick(self, outing: Outing, now: datetime) -> list[Volunteer]:
        day = outing.starts_at.date()
        dice = Random(f"{outing.starts_at} {outing.ward}")  # noqa: S311 - must repeat
        if day != self.day:
            self.day = day
            self.free = iter(dice.sample(self.volunteers, len(self.volunteers)))
        ahead = max(timedelta(0), outing.starts_at - now).days
        filled = dice.uniform(0.7, 1.0) * max(0.5, 1 - ahead / 12)
        wanted = max(1, round(outing.places * filled))
        return [
            volunteer for _, volunteer in zip(range(wanted), self.free, strict=False)
        ]


def plan(
    outing: Outing,
    campaign: Campaign,
    ward: Ward,
    team: list[Volunteer],
    now: datetime,
) -> None:
    leader = team[0] if team else None
    asked = min(outing.starts_at - timedelta(days=3), now - timedelta(hours=2))
    shift = Shift.objects.create(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        kind=outing.kind,
        ward=ward,
        meeting_point=outing.meeting_point,
        leader=leader,
        starts_at=outing.starts_at,
        ends_at=outing.ends_at,
        places=outing.places,
    )
    ShiftSignUp.objects.bulk_create(
        ShiftSignUp(
            organisation_id=campaign.organisation_id,
            shift=shift,
            volunteer=volunteer,
            signed_up_at=asked - timedelta(hours=5 * nth),
        )
        for nth, volunteer in enumerate(team)
    )
    if outing.kind in CHANNELS:
        CanvassSession.objects.create(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            shift=shift,
            channel=CHANNELS[ShiftKind(outing.kind)],
            ward=ward,
            leader=leader,
            starts_at=outing.starts_at,
            ends_at=outing.ends_at,
        )
