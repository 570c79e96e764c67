"""Roles are given and ended, and the first organiser gets in from the shell."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from campaigns.access import actor_of_user, campaigns_for, system, wards_for
from campaigns.actions.memberships import (
    MembershipRefused,
    end_role,
    give_role,
    invite,
)
from campaigns.models import AuditEntry, Campaign, Membership, Organisation, User, Ward
from campaigns.roles import Capability, Role
from tests.cast import NOW, actor, make_user


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
    theirs = actor_of_user(user, at=membership.from_at)

    reach = wards_for(theirs, Capability.SEE_ELECTORS, campaign=campaign)

    assert list(reach) == [ward]


def test_a_ward_lead_without_a_ward_is_refused(campaign: Campaign) -> None:
    with pytest.raises(MembershipRefused) as refused:
        give(make_user("Wil Ward"), Role.WARD_LEAD, campaign)

    assert refused.value.code == "no_wards"
    assert not Membership.objects.exists()


def test_the_same_role_given_twice_is_one_membership(campaign: Campaign) -> None:
    user = make_user("Nia New")

    assert give(user, Role.AGENT, campaign) == give(user, Role.AGENT, campaign)


@pytest.mark.parametrize(
    ("address", "role", "code"),
    [
        ("nobody", Role.AGENT, "not_an_email"),
        ("nia@example.org", Role.WARD_LEAD, "no_wards"),
    ],
)
def test_a_refused_invitation_makes_no_user(
    campaign: Campaign, address: str, role: Role, code: str
) -> None:
    with pytest.raises(MembershipRefused) as refused:
        invite(
            address,
            name="Nia New",
            password="long enough",
            role=role,
            organisation=campaign.organisation,
            campaign=campaign,
            by=system(campaign.organisation),
            at=NOW,
        )

    assert refused.value.code == code
    assert not User.objects.exists()


@pytest.mark.parametrize("role", [Role.AGENT, Role.DATA_OFFICER, Role.TREASURER])
def test_a_role_of_the_whole_campaign_takes_no_wards(
    campaign: Campaign, ward: Ward, role: Role
) -> None:
    with pytest.raises(MembershipRefused) as refused:
        give(make_user("Nia New"), role, campaign, ward)

    assert refused.value.code == "whole_campaign"


def test_an_organiser_of_some_wards_does_nothing_to_the_whole_campaign(
    campaign: Campaign, ward: Ward
) -> None:
    user = make_user("Wil Ward")
    membership = give(user, Role.ORGANISER, campaign, ward)
    theirs = actor_of_user(user, at=membership.from_at)

    assert list(wards_for(theirs, Capability.MAKE_LISTS, campaign=campaign)) == [ward]
    for capability in (Capability.IMPORT_REGISTER, Capability.MANAGE_PEOPLE):
        assert not campaigns_for(theirs, capability)


def test_nobody_gives_themselves_a_role_with_more_than_they_have(
    campaign: Campaign, organiser: User
) -> None:
    terms = {
        "organisation": campaign.organisation,
        "campaign": campaign,
        "by": actor(organiser),
        "at": NOW,
    }

    with pytest.raises(MembershipRefused) as refused:
        give_role(Role.AGENT, user=organiser, **terms)

    assert refused.value.code == "yourself"
    assert give_role(Role.AGENT, user=make_user("Nia New"), **terms)


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


def test_add_member_refuses_a_ward_that_is_not_there(
    organisation: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("nia@example.org", "--organisation", "alder", "--role", "organiser")

    with pytest.raises(SystemExit):
        run(*arguments, "--wards", "E05999999")

    assert not User.objects.exists()
