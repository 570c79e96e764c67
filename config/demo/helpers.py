"""The people of the demo: those who sign in, and the volunteers."""

from datetime import date, datetime, timedelta
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django_otp.plugins.otp_totp.models import TOTPDevice

from campaigns.access import Actor, actor_of_user, system
from campaigns.actions.memberships import give_role
from campaigns.clock import UK
from campaigns.models import Campaign, Membership, Organisation, User, Ward
from config.demo import cast
from config.demo.calendar import SHOWN
from config.demo.names import Names
from volunteers.models import Undertaking, Volunteer
from volunteers.rules.promises import promise_on

VOLUNTEERS = 64
REGULARS = "volunteer"  # how the addresses of those begin who go out week after week
COMMUNITIES = (
    "english",
    "english",
    "indian",
    "pakistani",
    "caribbean",
    "polish",
    "irish",
)
JOINED = datetime(2023, 11, 20, 9, 0, tzinfo=UK)
PROMISED = datetime(2024, 1, 8, 19, 0, tzinfo=UK)


def sign_up_helpers(organisation: Organisation) -> None:
    """Everybody in the cast, with the role they hold; second runs change nothing."""
    campaigns = {found.slug: found for found in Campaign.objects.of(organisation)}
    by, password = system(organisation), make_password(settings.DEMO_PASSWORD)
    for helper in cast.HELPERS:
        user, _ = User.objects.get_or_create(
            email=helper.email, defaults={"name": helper.name, "password": password}
        )
        give_role(
            helper.role,
            user=user,
            organisation=organisation,
            campaign=campaigns.get(helper.campaign),
            wards=Ward.objects.filter(gss__in=helper.wards),
            by=by,
            at=JOINED,
        )
        # Their app is set up: the sign-in page of the demo shows what it would show.
        TOTPDevice.objects.get_or_create(
            user=user, confirmed=True, defaults={"name": "Demo app"}
        )
    ours = Membership.objects.of(organisation)
    ours.filter(user__email__in=[helper.email for helper in cast.HELPERS]).update(
        from_at=JOINED
    )


def actor_of(helper: cast.Helper, *, at: datetime) -> Actor:
    return actor_of_user(User.objects.get(email=helper.email), at=at)


def sign_up_volunteers(organisation: Organisation, dice: Random) -> list[Volunteer]:
    names = Names(dice, "utf-8")
    wards = list(Ward.objects.filter(gss__in=SHOWN))
    promise = promise_on(PROMISED.date())
    for nth in range(VOLUNTEERS):
        community = dice.choice(COMMUNITIES)
        forename = names.forename(community, dice.choice("mf"))
        volunteer, made = Volunteer.objects.get_or_create(
            organisation=organisation,
            email=f"{REGULARS}{nth + 1}@example.org",
            defaults={
                "name": f"{forename} {names.surname(community)}",
                "mobile": f"+447700900{nth + 100}",
                "home_ward": dice.choice(wards),
                "joined_on": date(2024, 1, 8) + timedelta(days=nth // 3),
            },
        )
        if made and nth % 16 != 15:  # a few have not given the promise yet
            Undertaking.objects.create(
                organisation=organisation,
                volunteer=volunteer,
                version=promise.version,
                text=promise.worded_for(organisation.name),
                given_at=PROMISED + timedelta(days=nth // 3),
            )
    return list(Volunteer.objects.of(organisation).order_by("pk"))
