"""Hours and doors of each knocker, from what was recorded on the rounds they joined."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from campaigns.clock import day_of
from campaigns.models import Campaign, Organisation, Ward
from canvassing.models import FieldPhone, KnockerPause, RoundIssue, RoundKnocker
from canvassing.reports.knocker_hours import KnockerHours, knocker_hours
from canvassing.reports.time_given import time_given
from tests.canvassing.field_helpers import (
    Phone,
    Street,
    contact,
    issue,
    item,
    make_street,
    stand_at_now,
)
from tests.cast import NOW, UK

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


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


def out_since(street: Street, *, joined: datetime) -> Phone:
    """A phone that has had the round since then."""
    phone = Phone()
    phone.join(issue(street.round))
    for model in (RoundKnocker, FieldPhone):
        model.objects.update(joined_at=joined)
    RoundIssue.objects.update(issued_at=joined)
    return phone


def knock(phone: Phone, street: Street, door: int, when: datetime) -> None:
    [told] = phone.send(contact(street.electors[door], said_at=when.isoformat()))
    assert told["answer"] == "filed", told


def only_hours() -> KnockerHours | None:
    knocker = RoundKnocker.objects.get()
    hours = knocker_hours([knocker.issue_id])
    return hours.get((knocker.issue_id, knocker.volunteer_id))


def test_a_round_over_two_evenings_counts_each_evening_and_no_night(
    campaign: Campaign, ward: Ward
) -> None:
    campaign.refresh_from_db()
    street = make_street(campaign, ward)
    phone = out_since(street, joined=NOW - 2 * DAY)
    knock(phone, street, 0, NOW - 2 * DAY + HOUR)
    knock(phone, street, 0, NOW - 40 * MINUTE)
    knock(phone, street, 1, NOW - 10 * MINUTE)

    told = only_hours()
    assert told
    assert (told.how_long, told.doors) == ("1.5 hours", 2)
    knocker = RoundKnocker.objects.get()
    given = time_given(campaign.organisation_id, [knocker.volunteer_id], NOW - 7 * DAY)
    assert sorted(round(one.length / MINUTE) for one in given) == [30, 60]


def test_a_phone_signed_out_the_next_morning_adds_no_night(
    campaign: Campaign, ward: Ward
) -> None:
    campaign.refresh_from_db()
    street = make_street(campaign, ward)
    phone = out_since(street, joined=NOW - DAY)
    knock(phone, street, 0, NOW - DAY + HOUR)
    RoundKnocker.objects.update(left_at=NOW - 5 * MINUTE)

    told = only_hours()
    assert told
    assert told.how_long == "1 hour"


def test_whoever_knocked_on_no_door_of_a_round_has_no_hours_of_it(
    campaign: Campaign, ward: Ward
) -> None:
    campaign.refresh_from_db()
    out_since(make_street(campaign, ward), joined=NOW - 5 * HOUR)
    RoundKnocker.objects.update(left_at=NOW - HOUR)

    assert only_hours() is None


def test_the_time_between_leaving_and_joining_again_is_not_counted(
    campaign: Campaign, ward: Ward
) -> None:
    campaign.refresh_from_db()
    street = make_street(campaign, ward)
    phone = out_since(street, joined=NOW - 5 * HOUR)
    knock(phone, street, 0, NOW - 4 * HOUR)
    RoundKnocker.objects.update(left_at=NOW - 4 * HOUR + MINUTE)
    again = Phone()
    again.join(RoundIssue.objects.get())
    KnockerPause.objects.update(back_at=NOW - HOUR)
    knock(again, street, 1, NOW - 30 * MINUTE)

    told = only_hours()
    assert told
    assert (told.how_long, told.doors) == ("1.5 hours", 2)


def test_whoever_was_added_with_no_signal_has_their_doors_since_then(
    campaign: Campaign, ward: Ward
) -> None:
    campaign.refresh_from_db()
    street = make_street(campaign, ward)
    phone = out_since(street, joined=NOW - 3 * HOUR)
    slow = HOUR / 2
    began = NOW - 2 * HOUR
    bo = item(
        "knocker",
        name="Bo Lane",
        mobile="07700 900456",
        promised=True,
        is_18=True,
        said_at=(began - slow).isoformat(),
    )
    knocked = contact(
        street.electors[0],
        spoke=bo["id"],
        said_at=(began + 45 * MINUTE - slow).isoformat(),
    )
    phone.send(bo, knocked, sent_at=NOW - slow)

    bo_lane = RoundKnocker.objects.latest("pk")
    assert abs(bo_lane.joined_at - began) < MINUTE
    told = knocker_hours([bo_lane.issue_id])[bo_lane.issue_id, bo_lane.volunteer_id]
    assert (told.how_long, told.doors) == ("45 minutes", 1)


def bo_joins(**said: object) -> dict[str, Any]:
    return item(
        "knocker",
        name="Bo Lane",
        mobile="07700 900456",
        promised=True,
        is_18=True,
        **said,
    )


def said(minutes: int) -> str:
    """So many minutes ago."""
    return (NOW - minutes * MINUTE).isoformat()


def hours_of_bo() -> KnockerHours:
    bo_lane = RoundKnocker.objects.get(volunteer__name="Bo Lane")
    return knocker_hours([bo_lane.issue_id])[bo_lane.issue_id, bo_lane.volunteer_id]


def test_who_leaves_a_board_runner_and_comes_back_has_no_time_between(
    campaign: Campaign, ward: Ward
) -> None:
    campaign.refresh_from_db()
    street = make_street(campaign, ward)
    phone = out_since(street, joined=NOW - 4 * HOUR)

    bo = bo_joins(said_at=said(180))
    phone.send(bo)
    phone.send(
        contact(street.electors[0], spoke=bo["id"], said_at=said(150)),
        item("left", knocker=bo["id"], said_at=said(140)),
    )
    back = bo_joins(said_at=said(30))
    phone.send(back)
    phone.send(
        contact(street.electors[1], spoke=bo["id"], said_at=said(90)),
        contact(street.electors[2], spoke=back["id"], said_at=said(10)),
    )

    told = hours_of_bo()
    assert (round(told.spent / MINUTE), told.doors) == (60, 2)


def test_joining_leaving_and_coming_back_may_all_come_in_one_batch(
    campaign: Campaign, ward: Ward
) -> None:
    campaign.refresh_from_db()
    street = make_street(campaign, ward)
    phone = out_since(street, joined=NOW - 4 * HOUR)
    bo, back = bo_joins(said_at=said(180)), bo_joins(said_at=said(30))

    phone.send(
        bo,
        contact(street.electors[0], spoke=bo["id"], said_at=said(150)),
        item("left", knocker=bo["id"], said_at=said(140)),
        back,
        contact(street.electors[1], spoke=back["id"], said_at=said(10)),
    )

    told = hours_of_bo()
    assert (round(told.spent / MINUTE), told.doors) == (60, 2)


def test_who_is_known_may_leave_and_come_back_twice_in_one_batch(
    campaign: Campaign, ward: Ward
) -> None:
    campaign.refresh_from_db()
    street = make_street(campaign, ward)
    phone = out_since(street, joined=NOW - 4 * HOUR)
    bo = bo_joins(said_at=said(120))
    phone.send(bo)
    back, again = bo_joins(said_at=said(60)), bo_joins(said_at=said(30))
    door = street.addresses[0].pk

    told = phone.send(
        contact(street.electors[0], spoke=bo["id"], said_at=said(110)),
        item("left", knocker=bo["id"], said_at=said(105)),
        back,
        contact(street.electors[1], spoke=back["id"], said_at=said(55)),
        item("left", knocker=back["id"], said_at=said(50)),
        again,
        item("sent_to", knocker=back["id"], address=door, said_at=said(28)),
        contact(street.electors[2], spoke=again["id"], said_at=said(20)),
        item("left", knocker=again["id"], said_at=said(10)),
    )

    assert {one["answer"] for one in told} == {"filed"}
    hours = hours_of_bo()
    assert (round(hours.spent / MINUTE), hours.doors) == (15 + 10 + 20, 3)
    knocker = RoundKnocker.objects.get(volunteer__name="Bo Lane")
    assert (knocker.address_id, knocker.pauses.count()) == (door, 2)
    assert knocker.left_at
    assert abs(knocker.left_at - (NOW - 10 * MINUTE)) < MINUTE


def test_a_round_past_midnight_is_one_stretch(campaign: Campaign, ward: Ward) -> None:
    campaign.refresh_from_db()
    street = make_street(campaign, ward)
    midnight = datetime.combine(day_of(NOW), time(), tzinfo=UK)
    phone = out_since(street, joined=midnight - HOUR)
    knock(phone, street, 0, midnight - 10 * MINUTE)
    knock(phone, street, 1, midnight + 20 * MINUTE)

    told = only_hours()
    assert told
    assert (round(told.spent / MINUTE), told.doors) == (80, 2)


@pytest.mark.parametrize(("pause", "minutes"), [(119, 179), (121, 60)])
def test_who_records_nothing_for_longer_than_two_hours_was_not_knocking(
    campaign: Campaign, ward: Ward, pause: int, minutes: int
) -> None:
    campaign.refresh_from_db()
    street = make_street(campaign, ward)
    phone = out_since(street, joined=NOW - 5 * HOUR)
    knock(phone, street, 0, NOW - 4 * HOUR)
    knock(phone, street, 1, NOW - 4 * HOUR + pause * MINUTE)

    told = only_hours()
    assert told
    assert round(told.spent / MINUTE) == minutes


def test_who_joined_with_a_phone_before_the_word_of_them_came_has_the_earlier_time(
    campaign: Campaign, ward: Ward
) -> None:
    campaign.refresh_from_db()
    street = make_street(campaign, ward)
    phone = out_since(street, joined=NOW - 3 * HOUR)
    RoundIssue.objects.update(most_phones=2)
    Phone().join(RoundIssue.objects.get(), name="Bo Lane", mobile="07700 900456")
    theirs = RoundKnocker.objects.filter(volunteer__name="Bo Lane")
    theirs.update(joined_at=NOW - HOUR, left_at=NOW - HOUR / 2)
    bo = bo_joins(said_at=(NOW - 2 * HOUR).isoformat())

    phone.send(
        bo,
        contact(
            street.electors[0],
            spoke=bo["id"],
            said_at=(NOW - 75 * MINUTE).isoformat(),
        ),
    )

    told = hours_of_bo()
    assert (round(told.spent / MINUTE), told.doors) == (45, 1)
    assert theirs.get().left_at == NOW - HOUR / 2


def test_nobody_was_added_to_a_round_before_it_went_out(
    campaign: Campaign, ward: Ward
) -> None:
    campaign.refresh_from_db()
    street = make_street(campaign, ward)
    phone = out_since(street, joined=NOW - HOUR)
    bo = item(
        "knocker",
        name="Bo Lane",
        mobile="07700 900456",
        promised=True,
        is_18=True,
        said_at=(NOW - DAY).isoformat(),
    )
    phone.send(bo)

    out = RoundIssue.objects.get()
    assert RoundKnocker.objects.latest("pk").joined_at == out.issued_at
