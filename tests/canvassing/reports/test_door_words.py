"""What phones are given to say."""

from datetime import UTC, datetime
from typing import Any

import pytest

from campaigns.models import Campaign
from canvassing.reports.door_words import say_of
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def say(campaign: Campaign, at: datetime = NOW) -> dict[str, Any]:
    return say_of(campaign, at=at)


def ways(campaign: Campaign, at: datetime) -> list[tuple[str, str]]:
    return [(one["what"], one["until"]) for one in say(campaign, at)["ways_to_vote"]]


def test_what_can_still_be_applied_for_is_told_with_its_day_and_its_page(
    campaign: Campaign,
) -> None:
    early = datetime(2024, 4, 16, 9, 0, tzinfo=UTC)
    assert ways(campaign, early) == [
        ("Register to vote", "midnight, 16 April 2024"),
        ("Apply for a postal vote", "5 pm, 17 April 2024"),
        ("Free photo ID to vote with", "5 pm, 24 April 2024"),
        ("Vote by proxy (somebody votes for you)", "5 pm, 24 April 2024"),
    ]
    told = say(campaign, early)["ways_to_vote"]
    assert all(one["link"].startswith("https://www.gov.uk/") for one in told)
    assert all(one["is_sure"] for one in told)
    late = datetime(2024, 4, 25, 9, 0, tzinfo=UTC)
    assert ways(campaign, late) == []


def test_a_day_that_nobody_read_is_told_as_one_to_check(campaign: Campaign) -> None:
    campaign.election.slug = "local.cardiff.2024-05-02"
    campaign.election.nation = "WLS"
    early = datetime(2024, 4, 16, 9, 0, tzinfo=UTC)
    assert not any(one["is_sure"] for one in say(campaign, early)["ways_to_vote"])


def test_the_certificate_is_offered_while_there_is_time(campaign: Campaign) -> None:
    in_time = datetime(2024, 4, 24, 9, 0, tzinfo=UTC)
    too_late = datetime(2024, 4, 25, 9, 0, tzinfo=UTC)
    assert "5 pm, 24 April 2024" in say(campaign, in_time)["photo_id"]
    assert "certificate" not in say(campaign, too_late)["photo_id"]


def test_nobody_is_reminded_of_photo_id_where_none_is_asked_for(
    campaign: Campaign,
) -> None:
    campaign.election.slug = "local.cardiff.2022-05-05"
    campaign.election.nation = "WLS"
    assert not say(campaign)["photo_id"]
