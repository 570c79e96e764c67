"""The people of the demo: those who sign in, and the volunteers."""

from datetime import date, datetime, timedelta
from random import Random

from campaigns.clock import UK
from campaigns.models import Campaign, Membership, Organisation, User, Ward
from config.demo import cast
from config.demo.calendar import SHOWN
from config.demo.names import Names
from volunteers.models import Undertaking, Volunteer

VOLUNTEERS = 64
COMMUNITIES = (
    "english",
    "english",
    "indian",
    "pakistani",
    "caribbean",
    "polish",
    "irish",
)
JOINED = datetime(2024, 1, 8, 9, 0, tzinfo=UK)
PROMISE = (
    "I use what I am given about electors for this campaign only, show it to nobody, "
    "and hand it back or delete it when I am asked."
)


def sign_up_helpers(organisation: Organisation) -> None:
    """Everybody in the cast, with the role they hold; second runs change nothing."""
    campaigns = {
        campaign.slug: campaign for campaign in Campaign.objects.of(organisation)
    }
    for helper in cast.HELPERS:
        user = User.objects.filter(email=helper.email).first()
        if user is None:
            user = User.objects.create_user(
                helper.email, cast.PASSWORD, name=helper.name
            )
        membership, _ = Membership.objects.get_or_create(
            organisation=organisation,
            user=user,
            role=helper.role,
            campaign=campaigns.get(helper.campaign),
            defaults={"from_at": JOINED},
        )
        membership.wards.set(Ward.objects.filter(gss__in=helper.wards))


def sign_up_volunteers(organisation: Organisation, dice: Random) -> list[Volunteer]:
    names = Names(dice, "utf-8")
    wards = list(Ward.objects.filter(gss__in=SHOWN))
    for nth in range(VOLUNTEERS):
        community = dice.choice(COMMUNITIES)
        forename = names.forename(community, dice.choice("mf"))
        volunteer, made = Volunteer.objects.get_or_create(
            organisation=organisation,
            email=f"volunteer{nth + 1}@example.org",
            defaults={
                "name": f"{forename} {names.surname(community)}",
                "mobile": f"07700 900{nth + 100}",
                "home_ward": dice.choice(wards),
                "joined_on": date(2024, 1, 8) + timedelta(days=nth // 3),
            },
        )
        if made and nth % 16 != 15:  # a few have not given the promise yet
            Undertaking.objects.create(
                organisation=organisation,
                volunteer=volunteer,
                version="2024-1",
                text=PROMISE,
                given_at=JOINED + timedelta(days=nth // 3, hours=3),
            )
    return list(Volunteer.objects.of(organisation).order_by("pk"))
