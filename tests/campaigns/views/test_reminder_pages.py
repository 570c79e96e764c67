"""The page of reminders: what comes, what went out, and the switch."""

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.actions.deadline_reminders import write_deadline_reminders
from campaigns.models import Campaign, DeadlineReminder, RemindersOff, User
from campaigns.roles import Role
from tests.campaigns.views.test_money_pages import as_, url
from tests.cast import NOW, member
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
LATER = NOW.replace(month=5, day=20)


@pytest.fixture(autouse=True)
def on_the_tests_day(campaign: Campaign) -> None:
    campaign.organisation.clock_offset = LATER - timezone.now()
    campaign.organisation.save(update_fields=["clock_offset"])


@pytest.fixture
def candidate(campaign: Campaign) -> User:
    return member("Rowan Ash", Role.CANDIDATE, campaign)


def page(browser: Client, campaign: Campaign) -> str:
    return browser.get(url(campaign, "reminders/")).content.decode()


def test_the_agent_sees_what_was_and_will_be_sent(
    campaign: Campaign, agent: User, candidate: User
) -> None:
    before = page(as_(agent), campaign)
    assert "None yet" in before
    assert "23 May 2024" in before

    write_deadline_reminders(organisation=campaign.organisation, at=LATER)
    DeadlineReminder.objects.filter(user=agent).update(attempts=3)
    after = page(as_(agent), campaign)

    assert "Bills received, 23 May 2024" in after
    assert "not sent, tried 3 times" in after
    assert "Try again now" in after
    assert "Try again now" not in page(as_(candidate), campaign)


def test_trying_again_sends_what_waited(campaign: Campaign, agent: User) -> None:
    write_deadline_reminders(organisation=campaign.organisation, at=LATER)
    DeadlineReminder.objects.update(attempts=10)

    as_(agent).post(url(campaign, "reminders/try-again/"))

    assert not DeadlineReminder.objects.filter(attempts__gt=0).exists()


def test_everybody_switches_their_own_and_the_agent_those_of_others(
    campaign: Campaign, agent: User, candidate: User
) -> None:
    def switch(who: User, whose: User, to: str) -> str:
        answer = as_(who).post(
            url(campaign, f"reminders/{whose.pk}/"), {to: "1"}, follow=True
        )
        return answer.content.decode()

    assert "Rowan Ash gets no more reminders." in switch(candidate, candidate, "off")
    assert "Rowan Ash gets reminders again." in switch(agent, candidate, "on")
    assert "Only the agent" in switch(candidate, agent, "off")
    assert not RemindersOff.objects.exists()


def test_somebody_whom_no_deadline_concerns_is_not_there(
    campaign: Campaign, agent: User, outsider: User
) -> None:
    answer = as_(agent).post(url(campaign, f"reminders/{outsider.pk}/"), {"off": "1"})

    assert answer.status_code == 404


def test_a_campaign_without_an_agent_says_that_nobody_is_reminded(
    campaign: Campaign, organiser: User
) -> None:
    assert "Nobody is reminded" in page(signed_in(organiser), campaign)
