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
from campaigns.reports.deadlines_to_remind import coming_notices

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


@pytest.mark.django_db
def test_the_agent_is_reminded_of_the_appointment(
    campaign: Campaign, agent: User
) -> None:
    at = datetime(2024, 3, 20, 9, tzinfo=UK)

    [first, *_] = [
        notice
        for notice in coming_notices(campaign, at=at)
        if notice.due.code == "agent"
    ]

    assert [reader.user for reader in first.readers] == [agent]
    assert "Mark R" in first.due.basis
    assert "the candidate is their own agent" in first.due.task
