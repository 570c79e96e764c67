"""Roles given and ended, tokens issued and revoked, by pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.models import ApiToken, Campaign, Membership, User, Ward
from campaigns.roles import Role
from tests.cast import member
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


def test_somebody_new_gets_a_role_and_a_link_to_choose_a_password(
    campaign: Campaign, organiser: User
) -> None:
    page = signed_in(organiser).post(
        f"/{campaign.slug}/people/add/",
        {"email": "Nia@example.org", "name": "Nia New", "role": Role.AGENT},
    )

    membership = Membership.objects.get(user__email="nia@example.org")
    assert (membership.role, membership.campaign) == (Role.AGENT, campaign)
    link = page.context["link"]
    assert signed_in(organiser).get(link, follow=True).context["validlink"]


def test_a_ward_role_without_wards_is_refused_in_a_sentence(
    campaign: Campaign, organiser: User
) -> None:
    page = signed_in(organiser).post(
        f"/{campaign.slug}/people/add/",
        {"email": "nia@example.org", "name": "Nia New", "role": Role.WARD_LEAD},
    )

    assert "Say which wards this ward lead works in." in page.content.decode()
    assert not Membership.objects.filter(user__email="nia@example.org").exists()


def test_a_role_is_ended_at_once(campaign: Campaign, organiser: User) -> None:
    colleague = member("Colin Colleague", Role.AGENT, campaign)
    membership = Membership.objects.get(user=colleague)

    signed_in(organiser).post(f"/{campaign.slug}/people/{membership.pk}/end/")

    assert signed_in(colleague).get(f"/{campaign.slug}/").status_code == 404


def test_a_role_in_another_campaign_is_not_theirs_to_end(
    campaign: Campaign, other_campaign: Campaign, organiser: User
) -> None:
    colleague = member("Colin Colleague", Role.AGENT, other_campaign)
    membership = Membership.objects.get(user=colleague)

    response = signed_in(organiser).post(
        f"/{campaign.slug}/people/{membership.pk}/end/"
    )

    assert response.status_code == 404


def test_a_token_is_shown_once_and_kept_as_a_fingerprint(
    campaign: Campaign, organiser: User, ward: Ward
) -> None:
    client = signed_in(organiser)
    asked = {
        "name": "Our mailing tool",
        "capabilities": ["see_electors"],
        "reach": "some",
        "wards": [ward.pk],
        "last_day": timezone.localdate() + timedelta(days=30),
    }

    page = client.post(f"/{campaign.slug}/people/tokens/add/", asked)

    token = ApiToken.objects.get()
    key = page.context["key"]
    assert key in page.content.decode()
    assert key not in client.get(f"/{campaign.slug}/people/").content.decode()
    assert (token.campaign, list(token.wards.all())) == (campaign, [ward])


def test_nobody_gives_a_token_what_they_may_not_do(
    campaign: Campaign, organiser: User
) -> None:
    asked = {
        "name": "A tool",
        "capabilities": ["commit_expense"],
        "reach": "all",
        "last_day": timezone.localdate() + timedelta(days=30),
    }

    signed_in(organiser).post(f"/{campaign.slug}/people/tokens/add/", asked)

    assert not ApiToken.objects.exists()


def test_a_token_for_ever_is_refused_in_a_sentence(
    campaign: Campaign, organiser: User
) -> None:
    asked = {
        "name": "A tool",
        "capabilities": ["see_electors"],
        "reach": "all",
        "last_day": "9999-12-31",
    }

    page = signed_in(organiser).post(f"/{campaign.slug}/people/tokens/add/", asked)

    assert "within 366 days" in page.content.decode()


@pytest.mark.parametrize(
    ("reach", "names_wards", "said"),
    [
        ("", False, "This is missing"),
        ("some", False, "Choose the wards, or say that it is all of them."),
        ("all", True, "All wards, or only those chosen below: not both."),
    ],
)
def test_which_wards_a_token_reaches_is_said_and_never_left_out(
    campaign: Campaign,
    organiser: User,
    ward: Ward,
    reach: str,
    names_wards: bool,
    said: str,
) -> None:
    asked = {
        "name": "A tool",
        "capabilities": ["see_electors"],
        "reach": reach,
        "wards": [ward.pk] if names_wards else [],
        "last_day": timezone.localdate() + timedelta(days=30),
    }

    page = signed_in(organiser).post(f"/{campaign.slug}/people/tokens/add/", asked)

    assert said in page.content.decode()
    assert not ApiToken.objects.exists()


def test_a_token_for_all_wards_says_so_among_the_tokens(
    campaign: Campaign, organiser: User
) -> None:
    client = signed_in(organiser)
    asked = {
        "name": "A tool",
        "capabilities": ["see_electors"],
        "reach": "all",
        "last_day": timezone.localdate() + timedelta(days=30),
    }

    client.post(f"/{campaign.slug}/people/tokens/add/", asked)

    page = client.get(f"/{campaign.slug}/people/").content.decode()
    assert "see_electors; all wards" in page


def test_a_second_try_after_a_refusal_still_brings_the_link(
    campaign: Campaign, organiser: User, ward: Ward
) -> None:
    client, address = signed_in(organiser), f"/{campaign.slug}/people/add/"
    asked = {"email": "nia@example.org", "name": "Nia New", "role": Role.WARD_LEAD}
    client.post(address, asked)

    page = client.post(address, {**asked, "wards": [ward.pk]})

    assert page.context["link"]
