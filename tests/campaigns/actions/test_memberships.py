"""Roles are given and ended, and the first organiser gets in from the shell."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from campaigns.access import actor_of_user, campaigns_for, system, wards_for
from campaigns.actions.memberships import (
    MembershipRefused,
    end_role,
    find_or_make_user,
    give_role,
)
from campaigns.models import AuditEntry, Campaign, Membership, Organisation, User, Ward
from campaigns.roles import Capability, Role
from tests.cast import NOW, make_user


def give(user: User, role: Role, campaign: Campaign, *wards: Ward) -> Membership:
    return give_role(
        role,
        user=user,
        organisation=campaign.organisation,
        campaign=campaign,
        wards=wards,
        by=system(campaign.organisation),
        at=NOW,
    )


def test_a_role_reaches_its_campaign_until_it_ends(
    campaign: Campaign, other_campaign: Campaign
) -> None:
    user = make_user("Nia New")
    membership = give(user, Role.ORGANISER, campaign)
    at = membership.from_at

    seen = campaigns_for(actor_of_user(user, at=at), Capability.SEE_ELECTORS)
    assert list(seen) == [campaign]

    end_role(membership, by=system(campaign.organisation), at=NOW)
    end_role(membership, by=system(campaign.organisation), at=NOW)
    membership.refresh_from_db()
    after = actor_of_user(user, at=membership.until_at)
    assert not campaigns_for(after, Capability.SEE_ELECTORS)
    assert AuditEntry.objects.filter(verb="membership.ended").count() == 1


def test_a_ward_lead_reaches_the_wards_they_were_given_and_no_other(
    campaign: Campaign, ward: Ward
) -> None:
    user = make_user("Wil Ward")
    membership = give(user, Role.WARD_LEAD, campaign, ward)
    actor = actor_of_user(user, at=membership.from_at)

    reach = wards_for(actor, Capability.SEE_ELECTORS, campaign=campaign)

    assert list(reach) == [ward]


def test_a_ward_lead_without_a_ward_is_refused(campaign: Campaign) -> None:
    with pytest.raises(MembershipRefused) as refused:
        give(make_user("Wil Ward"), Role.WARD_LEAD, campaign)

    assert refused.value.code == "no_wards"
    assert not Membership.objects.exists()


def test_the_same_role_given_twice_is_one_membership(campaign: Campaign) -> None:
    user = make_user("Nia New")

    assert give(user, Role.AGENT, campaign) == give(user, Role.AGENT, campaign)


def test_something_that_is_no_address_makes_no_user(db: None) -> None:
    with pytest.raises(MembershipRefused):
        find_or_make_user("nobody", name="", password="long enough")

    assert not User.objects.exists()


def run(*arguments: str) -> dict[str, object]:
    out = StringIO()
    call_command("add_member", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue().splitlines()[-1])


def test_add_member_shows_a_new_users_password_once(
    organisation: Organisation,
) -> None:
    arguments = ("Nia@example.org", "--organisation", "alder", "--role", "organiser")

    first, second = run(*arguments), run(*arguments)

    user = User.objects.get(email="nia@example.org")
    assert user.check_password(first["password"])
    assert second["password"] is None
    assert Membership.objects.filter(user=user).count() == 1
