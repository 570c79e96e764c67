"""What is due by when, and which of it presses on a day."""

from datetime import date, datetime

import pytest

from campaigns.clock import UK
from campaigns.models import Campaign, User
from campaigns.reports.campaign_deadlines import (
    CampaignDeadlines,
    Deadline,
    campaign_deadlines,
)
from campaigns.reports.deadlines_to_remind import Notice, coming_notices
from campaigns.roles import Role
from tests.cast import member

BILLS = Deadline("bills_received", "Bills received", date(2024, 5, 23))
RETURN = Deadline("return", "Return", date(2024, 6, 6))
FILED = Deadline("return", "Return", date(2024, 6, 6), "Filed on 5 June 2024")
SIGNED_BY = Deadline("declaration", "Candidate’s declaration", date(2024, 6, 17))


@pytest.mark.parametrize(
    ("days", "on", "pressing"),
    [
        ((BILLS, RETURN, SIGNED_BY), date(2024, 5, 1), (BILLS,)),
        ((BILLS, RETURN, SIGNED_BY), date(2024, 5, 23), (BILLS,)),
        # That bills came is known to nobody: their day only passes.
        ((BILLS, RETURN, SIGNED_BY), date(2024, 5, 24), (RETURN,)),
        ((BILLS, RETURN, SIGNED_BY), date(2024, 6, 7), (RETURN, SIGNED_BY)),
        ((BILLS, FILED, SIGNED_BY), date(2024, 6, 5), (SIGNED_BY,)),
        ((BILLS, FILED), date(2024, 6, 20), ()),
    ],
)
def test_what_is_overdue_presses_and_what_comes_next(
    days: tuple[Deadline, ...], on: date, pressing: tuple[Deadline, ...]
) -> None:
    assert CampaignDeadlines(days, "", "").pressing(on=on) == pressing


@pytest.mark.django_db
def test_the_agents_appointment_is_due_before_the_poll_with_its_mark(
    campaign: Campaign, other_campaign: Campaign
) -> None:
    first = campaign_deadlines(campaign).days[0]

    assert (first.code, first.day) == ("agent", date(2024, 4, 5))
    assert first.how == (
        "Until 4 pm on that day, before the poll. Mark R: read in the law or in "
        "official guidance."
    )
    assert campaign_deadlines(campaign).pressing(on=date(2024, 4, 5)) == (first,)
    assert first not in campaign_deadlines(campaign).pressing(on=date(2024, 4, 6))
    # Of a ward it was not read.
    assert campaign_deadlines(other_campaign).days[0].code == "bills_received"


def of_the_appointment(campaign: Campaign) -> list[Notice]:
    at = datetime(2024, 3, 20, 9, tzinfo=UK)
    coming = coming_notices(campaign, at=at)
    return [notice for notice in coming if notice.due.code == "agent"]


@pytest.mark.django_db
def test_an_agent_who_is_appointed_is_asked_for_no_more(
    campaign: Campaign, agent: User
) -> None:
    assert of_the_appointment(campaign)
    campaign.agent_appointed_on = date(2024, 3, 18)
    campaign.save(update_fields=["agent_appointed_on"])

    deadlines = campaign_deadlines(campaign)

    assert deadlines.days[0].done == "Appointed on 18 March 2024"
    assert deadlines.days[0] not in deadlines.pressing(on=date(2024, 4, 5))
    assert of_the_appointment(campaign) == []


@pytest.mark.django_db
def test_agent_and_candidate_are_reminded_of_the_appointment(
    campaign: Campaign, agent: User
) -> None:
    """Who appoints is the candidate; the treasurer has no part in it."""
    candidate = member("Rowan Ash", Role.CANDIDATE, campaign)
    member("Trudy", Role.TREASURER, campaign)

    [first, *_] = of_the_appointment(campaign)

    assert {reader.user for reader in first.readers} == {agent, candidate}
    assert "Mark R" in first.due.basis
    assert "the candidate is their own agent" in first.due.task
