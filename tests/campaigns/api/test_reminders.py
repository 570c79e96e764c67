"""Who is reminded of deadlines, switched by REST."""

import pytest
from django.core.cache import cache

from campaigns.models import Campaign, DeadlineReminder, RemindersOff, User
from campaigns.roles import Capability, Role
from tests.campaigns.api.test_tokens import client_of, client_of_person, token_for
from tests.cast import NOW, member

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/campaigns/mayor-2024/spending/reminders/"


@pytest.fixture(autouse=True)
def fresh_rates() -> None:
    cache.clear()


def test_one_switches_ones_own_reminders_and_the_agent_anybodys(
    campaign: Campaign, agent: User
) -> None:
    treasurer = member("Tess Treasurer", Role.TREASURER, campaign)
    hers, agents = client_of_person(treasurer), client_of_person(agent)

    off = hers.patch(ADDRESS, {"user": treasurer.pk, "on": False}, format="json")
    refused = hers.patch(ADDRESS, {"user": agent.pk, "on": False}, format="json")
    told = {one["user"]: one["is_off"] for one in off.json()["people"]}

    assert told == {treasurer.pk: True, agent.pk: False}
    assert refused.json()["error"]["code"] == "not_yours"
    agents.patch(ADDRESS, {"user": treasurer.pk, "on": True}, format="json")
    assert not RemindersOff.objects.exists()


def test_a_token_switches_nobodys_reminders(campaign: Campaign, agent: User) -> None:
    token = client_of(token_for(campaign, Capability.SEE_MONEY)[1])

    refused = token.patch(ADDRESS, {"user": agent.pk, "on": False}, format="json")

    assert refused.json()["error"]["code"] == "not_yours"
    assert token.post(f"{ADDRESS}try-again/").status_code == 403


def test_the_agent_tries_again_what_was_not_sent(
    campaign: Campaign, agent: User
) -> None:
    DeadlineReminder.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        user=agent,
        code="return",
        label="The return",
        due_on=NOW.date(),
        days_before=7,
        asked_at=NOW,
        fault="The server is full",
    )

    again = client_of_person(agent).post(f"{ADDRESS}try-again/")

    assert again.json() == {"reminders": 1}
