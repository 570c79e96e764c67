"""Who was asked, came, and has not for three weeks, by ward and branch."""

from datetime import timedelta

from campaigns.models import Campaign, User, Ward
from tests.cast import NOW, actor
from tests.volunteers.helpers import give_place, make_shift, make_volunteer
from volunteers.actions.asking import ask
from volunteers.models import AskedBy, Volunteer
from volunteers.reports.presence import (
    Presence,
    presence_by_branch,
    presence_by_ward,
)


def test_each_ward_and_branch_says_who_was_asked_and_who_came(
    campaign: Campaign, ward: Ward, organiser: User
) -> None:
    organisation = campaign.organisation
    came, quiet = (
        make_volunteer(organisation, home_ward=ward, branch="Penn") for _ in range(2)
    )
    long_ago = make_volunteer(organisation)
    make_volunteer(organisation, home_ward=ward, stood_down_at=NOW)
    for days, who in ((3, came), (4, came), (30, long_ago)):
        over = make_shift(campaign, starts_at=NOW - timedelta(days=days))
        give_place(over, who, came=True)
    for at in (NOW - timedelta(days=30), NOW):
        ask(quiet, how=AskedBy.PHONE, campaign=campaign, by=actor(organiser), at=at)

    everybody = Volunteer.objects.all()

    assert presence_by_ward(everybody, at=NOW) == [
        Presence(ward.name, ward.gss, 2, 1, 1),
        Presence("", "", 1, 0, 0),
    ]
    assert presence_by_branch(everybody, at=NOW) == [
        Presence("", "", 1, 0, 0),
        Presence("Penn", "Penn", 2, 1, 1),
    ]
