"""The REST API: who is let in, how far, and how often."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone
from rest_framework.test import APIClient

from campaigns.access import system
from campaigns.actions.tokens import (
    ALL_WARDS,
    AllWards,
    TokenRefused,
    issue_token,
    revoke_token,
)
from campaigns.models import ApiToken, AuditEntry, Campaign, Council, User, Ward
from campaigns.roles import IN_WARDS, PEOPLE_ALONE, Capability
from tests.cast import NOW, actor

# All that a token may hold.
WITHOUT_A_PERSON = tuple(one for one in Capability if one not in PEOPLE_ALONE)


def token_for(
    campaign: Campaign,
    *capabilities: Capability,
    wards: tuple[Ward, ...] | AllWards = ALL_WARDS,
    name: str = "A tool",
) -> tuple[ApiToken, str]:
    return issue_token(
        name=name,
        organisation=campaign.organisation,
        campaign=campaign,
        capabilities=capabilities
        or (WITHOUT_A_PERSON if isinstance(wards, AllWards) else tuple(IN_WARDS)),
        wards=wards,
        expires_at=timezone.now() + timedelta(days=30),
        by=system(campaign.organisation),
        at=NOW,
    )


def client_of(key: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    return client


def client_of_person(user: User) -> APIClient:
    client = APIClient()
    client.force_login(user)
    return client


@pytest.fixture(autouse=True)
def fresh_rates() -> None:
    cache.clear()


def test_a_token_reads_what_its_capability_allows_and_nothing_more(
    campaign: Campaign,
) -> None:
    _, key = token_for(campaign, Capability.SEE_CAMPAIGN)
    client = client_of(key)

    assert client.get("/api/v1/campaigns/").json()["results"][0]["slug"] == "mayor-2024"
    assert client.get("/api/v1/campaigns/mayor-2024/wards/").status_code == 200
    assert client.get("/api/v1/campaigns/mayor-2024/electors/").status_code == 403


def test_another_campaign_looks_like_one_that_does_not_exist(
    campaign: Campaign, foreign_campaign: Campaign
) -> None:
    client = client_of(token_for(campaign)[1])

    theirs = client.get(f"/api/v1/campaigns/{foreign_campaign.slug}/wards/")
    nobodys = client.get("/api/v1/campaigns/no-such/wards/")

    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.json() == nobodys.json()


@pytest.mark.parametrize("key", ["", "nonsense", "abc.def"])
def test_a_wrong_key_is_refused_in_the_one_error_shape(key: str, db: None) -> None:
    answer = client_of(key).get("/api/v1/councils/")

    assert answer.status_code == 401
    assert set(answer.json()["error"]) == {"code", "message"}


def test_a_token_stops_when_it_expires_or_is_revoked(campaign: Campaign) -> None:
    token, key = token_for(campaign)
    client = client_of(key)
    assert client.get("/api/v1/councils/").status_code == 200

    ApiToken.objects.filter(pk=token.pk).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )
    assert client.get("/api/v1/councils/").status_code == 401

    other, key = token_for(campaign)
    revoke_token(other, by=system(campaign.organisation), at=NOW)
    revoke_token(other, by=system(campaign.organisation), at=NOW)
    assert client_of(key).get("/api/v1/councils/").status_code == 401
    assert AuditEntry.objects.filter(verb="token.revoked").count() == 1


def test_a_token_bound_to_a_ward_sees_that_ward_alone(
    campaign: Campaign, ward: Ward, other_ward: Ward
) -> None:
    may = (Capability.SEE_CAMPAIGN, Capability.SEE_ELECTORS)
    client = client_of(token_for(campaign, *may, wards=(ward,))[1])

    wards = client.get("/api/v1/campaigns/mayor-2024/wards/").json()["results"]
    elsewhere = client.get(
        f"/api/v1/campaigns/mayor-2024/electors/?ward={other_ward.gss}"
    )

    assert [row["gss"] for row in wards] == [ward.gss]
    assert elsewhere.status_code == 404


def test_nobody_gives_a_token_what_they_may_not_do_themselves(
    campaign: Campaign, organiser: User
) -> None:
    with pytest.raises(TokenRefused) as refused:
        issue_token(
            name="Too much",
            organisation=campaign.organisation,
            campaign=campaign,
            capabilities=[Capability.COMMIT_EXPENSE],
            wards=ALL_WARDS,
            expires_at=timezone.now() + timedelta(days=1),
            by=actor(organiser),
            at=NOW,
        )

    assert refused.value.code == "beyond_yours"
    assert not ApiToken.objects.exists()


def test_no_token_holds_what_the_law_asks_of_a_person(campaign: Campaign) -> None:
    for alone in PEOPLE_ALONE:
        with pytest.raises(TokenRefused) as refused:
            token_for(campaign, Capability.SEE_MONEY, alone)
        assert refused.value.code == "not_a_person"
    token, key = token_for(campaign, Capability.SEE_MONEY)
    token.capabilities += list(PEOPLE_ALONE)
    token.save()

    mine = client_of(key).get("/api/v1/me/")

    assert mine.json()["grants"][0]["capabilities"] == ["see_money"]


@override_settings(API_RATE_PER_MINUTE=2)
def test_every_answer_says_how_many_calls_are_left(campaign: Campaign) -> None:
    client = client_of(token_for(campaign)[1])

    first = client.get("/api/v1/councils/")
    client.get("/api/v1/councils/")
    third = client.get("/api/v1/councils/")

    assert (first["RateLimit-Limit"], first["RateLimit-Remaining"]) == ("2", "1")
    assert third.status_code == 429
    assert int(third["Retry-After"]) <= 60


def test_only_the_hash_of_a_key_is_kept(campaign: Campaign) -> None:
    token, key = token_for(campaign)

    assert key not in str(ApiToken.objects.filter(pk=token.pk).values().get())


def test_a_token_whose_wards_are_gone_reaches_no_ward(
    campaign: Campaign, ward: Ward
) -> None:
    token, key = token_for(campaign, Capability.SEE_CAMPAIGN, wards=(ward,))
    token.wards.clear()

    answer = client_of(key).get("/api/v1/campaigns/mayor-2024/wards/")

    assert answer.json()["results"] == []


@pytest.mark.parametrize("name", ["", " ", "x" * 101])
def test_a_token_says_what_it_is_for(campaign: Campaign, name: str) -> None:
    with pytest.raises(TokenRefused) as refused:
        token_for(campaign, Capability.SEE_CAMPAIGN, name=name)

    assert refused.value.code == "name"


def test_a_token_names_wards_of_its_campaign_alone(
    campaign: Campaign, council: Council
) -> None:
    elsewhere = Ward.objects.create(gss="E05014003", name="Park", council=council)

    with pytest.raises(TokenRefused) as refused:
        token_for(campaign, Capability.SEE_CAMPAIGN, wards=(elsewhere,))

    assert refused.value.code == "not_a_ward_of_it"


@pytest.mark.parametrize(
    ("capability", "names_ward", "code"),
    [
        (Capability.SEE_ELECTORS, False, "no_wards"),
        (Capability.SEE_MONEY, True, "whole_campaign"),
    ],
)
def test_a_token_for_some_wards_names_them_and_does_only_what_is_done_in_wards(
    campaign: Campaign,
    ward: Ward,
    capability: Capability,
    names_ward: bool,
    code: str,
) -> None:
    with pytest.raises(TokenRefused) as refused:
        token_for(campaign, capability, wards=(ward,) if names_ward else ())

    assert refused.value.code == code


def run_command(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command("issue_token", *arguments, "--json", stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue().splitlines()[-1])
    return answer


def test_issue_token_gives_a_key_from_the_shell(campaign: Campaign, ward: Ward) -> None:
    last_day = (timezone.localdate() + timedelta(days=30)).isoformat()

    answer = run_command(
        "Our mailing tool",
        "--campaign=mayor-2024",
        "--can=see_campaign",
        f"--wards={ward.gss}",
        f"--last-day={last_day}",
    )

    wards = client_of(answer["key"]).get("/api/v1/campaigns/mayor-2024/wards/")
    assert [row["gss"] for row in wards.json()["results"]] == [ward.gss]


def test_issue_token_leaves_no_reach_unsaid(campaign: Campaign) -> None:
    with pytest.raises(CommandError, match="--all-wards --wards"):
        run_command(
            "A tool",
            "--campaign=mayor-2024",
            "--can=see_campaign",
            "--last-day=2030-01-01",
        )
