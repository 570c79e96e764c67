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
    hours = knocker_hours(
        [ada, bo_lane], campaign=campaign, since=began, until=NOW + timedelta(hours=1)
    )

    assert hours[ada].doors == 1
    assert abs(hours[ada].spent - timedelta(minutes=40)) < timedelta(minutes=1)
    assert hours[bo_lane].doors == 2
    assert abs(hours[bo_lane].spent - timedelta(minutes=118)) < timedelta(minutes=1)
