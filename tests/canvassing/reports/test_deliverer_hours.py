"""A deliverer's hours, as they show in the streets that they ticked."""

from datetime import timedelta

import pytest

from campaigns.models import Campaign, Organisation, Ward
from canvassing.models import FieldPhone, LeafletRound
from canvassing.reports.time_given import time_given
from tests.canvassing.field_helpers import Phone, stand_at_now
from tests.canvassing.leaflet_helpers import (
    make_leaflet_round,
    make_streets,
    said_of,
    send_out,
)
from tests.cast import NOW
from volunteers.models import Volunteer
from volunteers.reports.hours import work_of_each

HOUR = timedelta(hours=1)


@pytest.fixture
def leaflets(
    organisation: Organisation, campaign: Campaign, ward: Ward
) -> LeafletRound:
    stand_at_now(organisation)
    campaign.refresh_from_db()
    return make_leaflet_round(campaign, ward)


@pytest.fixture
def phone(leaflets: LeafletRound) -> Phone:
    phone = Phone()
    assert phone.join(send_out(leaflets)).status_code == 200
    return phone


def test_delivering_is_in_a_volunteers_hours_until_the_last_street(
    phone: Phone, leaflets: LeafletRound
) -> None:
    first, second = leaflets.streets.order_by("position")
    phone.send(
        said_of(first, copies=5, said_at=(NOW - 2 * HOUR).isoformat()),
        said_of(second, copies=3, said_at=NOW.isoformat()),
    )
    ada = Volunteer.objects.get(name="Ada Finch")

    [work] = work_of_each(
        Volunteer.objects.all(),
        campaign=leaflets.campaign,
        since=NOW - timedelta(days=7),
    )

    assert hours(ada) == [2]
    assert (work.hours, work.leaflets) == (2, 8)


@pytest.mark.parametrize(
    ("joined", "ticked", "counted"),
    [
        (1, (0,), [1]),
        (6, (1, 0), [1]),
        (9, (8, 7.5, 1, 0), [1.5, 1]),
        (30, (26, 25, 1, 0.5), [1, 0.5]),
    ],
    ids=["from joining", "joined at home", "a long pause", "over two days"],
)
def test_time_with_leaflets_has_no_pause_of_more_than_two_hours_in_it(
    phone: Phone,
    leaflets: LeafletRound,
    joined: float,
    ticked: tuple[float, ...],
    counted: list[float],
) -> None:
    FieldPhone.objects.update(joined_at=NOW - joined * HOUR)
    make_streets(leaflets, len(ticked))
    streets = leaflets.streets.order_by("-position")
    phone.send(
        *(
            said_of(street, copies=1, said_at=(NOW - ago * HOUR).isoformat())
            for street, ago in zip(streets, ticked, strict=False)
        )
    )

    assert hours(Volunteer.objects.get(name="Ada Finch")) == counted


def test_a_correction_is_no_work_and_a_tick_taken_back_none_either(
    phone: Phone, leaflets: LeafletRound
) -> None:
    first, second = leaflets.streets.order_by("position")
    FieldPhone.objects.update(joined_at=NOW - 3 * HOUR)
    for street, copies, ago in (
        (first, 5, 2),
        (first, 4, 0.5),
        (second, 3, 1),
        (second, None, 0.75),
    ):
        phone.send(
            said_of(street, copies=copies, said_at=(NOW - ago * HOUR).isoformat())
        )

    assert hours(Volunteer.objects.get(name="Ada Finch")) == [1]


def hours(volunteer: Volunteer) -> list[float]:
    """Of each stretch, the earliest first; a phone's clock is some of a second out."""
    since = NOW - timedelta(days=7)
    given = time_given(volunteer.organisation_id, [volunteer.pk], since)
    return [
        round(one.length / HOUR, 2)
        for one in sorted(given, key=lambda one: one.began_at)
    ]
