"""What phones are given to say."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from campaigns.models import Campaign
from canvassing.reports.door_words import say_of
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def say(campaign: Campaign, at: datetime = NOW) -> dict[str, Any]:
    return say_of(campaign, at=at)


def test_only_days_that_have_not_passed_are_told(campaign: Campaign) -> None:
    late = datetime(2024, 4, 25, 9, 0, tzinfo=UTC)
    assert [one["code"] for one in say(campaign, late)["timetable"]] == [
        "emergency_proxy"
    ]


def test_the_certificate_is_offered_while_there_is_time(campaign: Campaign) -> None:
    in_time = datetime(2024, 4, 24, 9, 0, tzinfo=UTC)
    too_late = datetime(2024, 4, 25, 9, 0, tzinfo=UTC)
    assert "5 pm, 24 April 2024" in say(campaign, in_time)["photo_id"]
    assert say(campaign, in_time)["photo_id_link"]
    assert "certificate" not in say(campaign, too_late)["photo_id"]
    assert not say(campaign, too_late)["photo_id_link"]


def test_nobody_is_reminded_of_photo_id_where_none_is_asked_for(
    campaign: Campaign,
) -> None:
    campaign.election.slug = "local.cardiff.2022-05-05"
    campaign.election.nation = "WLS"
    assert not say(campaign)["photo_id"]


def test_packs_are_out_from_their_day_on(campaign: Campaign) -> None:
    campaign.packs_go_out_on = date(2024, 4, 15)
    before = datetime(2024, 4, 14, 22, 30, tzinfo=UTC)
    assert not say(campaign, before)["packs_are_out"]
    after = datetime(2024, 4, 14, 23, 30, tzinfo=UTC)  # half past midnight in the UK
    assert say(campaign, after)["packs_are_out"]


def test_packs_are_not_out_while_nobody_has_said_so(campaign: Campaign) -> None:
    assert not say(campaign)["packs_are_out"]
