"""Hours and doors of each knocker, from what was recorded on the rounds they joined."""

from datetime import timedelta

import pytest

from campaigns.models import Campaign, Organisation, Ward
from canvassing.models import RoundIssue, RoundKnocker
from canvassing.reports.knocker_hours import knocker_hours
from tests.canvassing.field_helpers import (
    Phone,
    contact,
    issue,
    item,
    make_street,
    stand_at_now,
)
from tests.cast import NOW


@pytest.fixture(autouse=True)
def on_the_day(organisation: Organisation) -> None:
    stand_at_now(organisation)


def test_a_board_runners_doors_are_shared_out(campaign: Campaign, ward: Ward) -> None:
    campaign.refresh_from_db()
    street = make_street(campaign, ward)
    phone = Phone()
    phone.join(issue(street.round))
    bo = item(
        "knocker", name="Bo Lane", mobile="07700 900456", promised=True, is_18=True
    )
    phone.send(bo)
    began = NOW - timedelta(hours=2)
    RoundKnocker.objects.update(joined_at=began)
    RoundIssue.objects.update(issued_at=began)
    first, second, third = street.electors
    phone.send(
        contact(first, said_at=(NOW - timedelta(minutes=80)).isoformat()),
        contact(second, spoke=bo["id"]),
        contact(third, spoke=bo["id"], said_at=(NOW - timedelta(hours=1)).isoformat()),
        item(
            "left", knocker=bo["id"], said_at=(NOW - timedelta(minutes=2)).isoformat()
        ),
    )

    ada, bo_lane = RoundKnocker.objects.order_by("pk").values_list(
        "volunteer_id", flat=True
    )
    out = RoundIssue.objects.get()
    hours = knocker_hours([out.pk])

    assert hours[out.pk, ada].doors == 1
    assert hours[out.pk, ada].how_long == "40 minutes"
    assert hours[out.pk, bo_lane].doors == 2
    assert hours[out.pk, bo_lane].how_long == "2 hours"
    assert hours[out.pk, bo_lane].spent < timedelta(minutes=119)


def test_each_rounds_doors_and_time_are_its_own(campaign: Campaign, ward: Ward) -> None:
    campaign.refresh_from_db()
    morning, evening = (make_street(campaign, ward) for _ in range(2))
    phone, other = Phone(), Phone()
    phone.join(issue(morning.round))
    other.join(issue(evening.round))
    RoundIssue.objects.update(issued_at=NOW - timedelta(hours=9))
    first, second = RoundKnocker.objects.order_by("pk")
    for knocker, hours in ((first, 8), (second, 2)):
        knocker.joined_at = NOW - timedelta(hours=hours)
        knocker.save()
    phone.send(
        contact(morning.electors[0], said_at=(NOW - timedelta(hours=7.5)).isoformat())
    )
    other.send(
        contact(evening.electors[0], said_at=(NOW - timedelta(hours=1)).isoformat()),
        contact(evening.electors[1], said_at=(NOW - timedelta(hours=1)).isoformat()),
    )

    hours = knocker_hours([first.issue_id, second.issue_id])

    ada = first.volunteer_id
    assert second.volunteer_id == ada
    assert hours[first.issue_id, ada].how_long == "30 minutes"
    assert hours[first.issue_id, ada].doors == 1
    assert hours[second.issue_id, ada].how_long == "1 hour"
    assert hours[second.issue_id, ada].doors == 2
