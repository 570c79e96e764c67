"""The demo's volunteers as people: kinds, branches, teams, lenders, who was asked."""

from datetime import date, datetime, time, timedelta

from campaigns.access import Actor
from campaigns.clock import UK
from campaigns.models import Campaign, Organisation, Ward
from config.demo import cast
from config.demo.helpers import actor_of
from volunteers.models import (
    Affiliate,
    AffiliateKind,
    AskedBy,
    Consent,
    ConsentChannel,
    Invitation,
    Shift,
    ShiftKind,
    ShiftSignUp,
    Team,
    Volunteer,
    VolunteerKind,
)

BODIES = (
    ("Amalgamated Lockworkers", AffiliateKind.UNION),
    ("Union of Canal and Tram Workers", AffiliateKind.UNION),
    ("Dudley Road branch", AffiliateKind.LOCAL_PARTY),
)
BRANCHES = ("Friar Park", "Shard End", "Blakenall", "Tipton")
TEAMS = (
    ("The early birds", cast.FRIAR_PARK),
    ("Shard End doors", cast.SHARD_END),
    ("Blakenall walkers", cast.BLAKENALL),
)
# By the volunteer's place in the list; everybody else is a member or a supporter.
COUNCILLORS, MPS, UNDER_18 = (3, 21, 40), (12,), (18, 47)
LENT = 9  # one volunteer in so many
NEWCOMERS = ("Marlon Whitby", "Sunita Dhar", "Piotr Lis", "Oona Keane", "Terry Vale")
GONE = ("Terry Vale",)
JOINED = date(2024, 3, 11)
STOOD_DOWN = datetime(2024, 4, 15, 19, 0, tzinfo=UK)
SAID_AGAIN = timedelta(hours=1)
NOON = time(12)


def introduce_volunteers(organisation: Organisation, *, now: datetime) -> None:
    """Say of each who they are; second runs change nothing."""
    welcome_newcomers(organisation)
    people = list(Volunteer.objects.of(organisation).order_by("pk"))
    bodies = [
        Affiliate.objects.get_or_create(
            organisation=organisation, name=name, defaults={"kind": kind}
        )[0]
        for name, kind in BODIES
    ]
    for nth, person in enumerate(people):
        describe(person, nth, bodies)
    Volunteer.objects.bulk_update(
        people, ["kind", "branch", "affiliate", "is_under_18", "would_do"]
    )
    agree(people)
    make_teams(organisation, people)
    ask_them(organisation, people, now)
    confirm_tomorrow(organisation, now)


def welcome_newcomers(organisation: Organisation) -> None:
    """They signed up and have not come yet; one of them perhaps for a second time."""
    namesake = Volunteer.objects.of(organisation).order_by("pk")[0]
    wards = list(Ward.objects.filter(gss__in=[gss for _, gss in TEAMS]).order_by("gss"))
    for nth, name in enumerate((*NEWCOMERS, namesake.name)):
        is_namesake = name == namesake.name
        Volunteer.objects.get_or_create(
            organisation=organisation,
            email=f"newcomer{nth + 1}@example.org",
            defaults={
                "name": name,
                "mobile": namesake.mobile if is_namesake else f"+447700900{nth + 900}",
                "home_ward": wards[nth % len(wards)],
                "joined_on": JOINED + timedelta(days=nth),
                "maybe_same_as": namesake if is_namesake else None,
                "stood_down_at": STOOD_DOWN if name in GONE else None,
            },
        )


def describe(person: Volunteer, nth: int, bodies: list[Affiliate]) -> None:
    person.kind = VolunteerKind.MEMBER if nth % 3 else VolunteerKind.SUPPORTER
    person.branch = BRANCHES[nth % len(BRANCHES)] if nth % 3 else ""
    person.is_under_18 = nth in UNDER_18
    person.would_do = [ShiftKind.DOORS] if nth % 2 else [ShiftKind.PHONES]
    if nth % LENT == LENT - 1:
        person.kind = VolunteerKind.AFFILIATE
        person.affiliate = bodies[nth // LENT % len(bodies)]
    if nth in COUNCILLORS:
        person.kind = VolunteerKind.COUNCILLOR
    if nth in MPS:
        person.kind = VolunteerKind.MP


def agree(people: list[Volunteer]) -> None:
    """Most may be asked by e-mail, half by text as well."""
    Consent.objects.bulk_create(
        (
            Consent(
                organisation_id=person.organisation_id,
                volunteer=person,
                channel=channel,
                source="Sign-up page",
                given_at=datetime.combine(person.joined_on, NOON, UK),
            )
            for nth, person in enumerate(people)
            for channel in channels_of(nth)
        ),
        ignore_conflicts=True,
    )


def channels_of(nth: int) -> list[str]:
    channels = [ConsentChannel.EMAIL.value] if nth % 5 else []
    return channels + ([ConsentChannel.TEXT.value] if nth % 2 else [])


def make_teams(organisation: Organisation, people: list[Volunteer]) -> None:
    for nth, (name, gss) in enumerate(TEAMS):
        team, _ = Team.objects.get_or_create(
            organisation=organisation,
            name=name,
            defaults={"ward": Ward.objects.get(gss=gss), "leader": people[nth]},
        )
        team.members.set(people[nth::12])


def ask_them(
    organisation: Organisation, people: list[Volunteer], now: datetime
) -> None:
    """An organiser asked every third of them in the last month, once."""
    if Invitation.objects.of(organisation).exists():
        return
    campaign = Campaign.objects.get(slug=cast.MAYOR)
    by: Actor = actor_of(cast.ORGANISER, at=now)
    for nth, person in enumerate(people[::3]):
        asked = Invitation(
            organisation=organisation,
            campaign=campaign,
            volunteer=person,
            how=AskedBy.values[nth % len(AskedBy.values)],
            asked_at=now - timedelta(days=1 + nth * 2, hours=nth % 5),
        )
        asked.recorded_by(by)
        asked.save()


def confirm_tomorrow(organisation: Organisation, now: datetime) -> None:
    """Many say again that they come to what is soon; the rest is at risk."""
    soon = Shift.objects.of(organisation).filter(
        starts_at__gt=now, starts_at__lte=now + timedelta(days=1)
    )
    places = ShiftSignUp.objects.filter(
        shift__in=soon, confirmed_at__isnull=True, withdrawn_at__isnull=True
    )
    sure = [one.pk for one in places if one.pk % 3 and one.shift_id % 2]
    ShiftSignUp.objects.filter(pk__in=sure).update(confirmed_at=now - SAID_AGAIN)
