"""Two records of one volunteer become one, who is on one shift at a time."""

from datetime import timedelta
from typing import Any

import pytest

from campaigns.access import system
from campaigns.models import AuditEntry, Campaign
from tests.cast import NOW
from tests.volunteers.helpers import give_place, make_shift, make_volunteer
from volunteers.actions.namesakes import settle_namesake
from volunteers.models import Shift, ShiftSignUp, Volunteer

LATER = NOW + timedelta(days=2)
FIRST, SECOND = NOW - timedelta(days=4), NOW - timedelta(days=3)


@pytest.fixture
def older(campaign: Campaign) -> Volunteer:
    return make_volunteer(campaign.organisation, "Sam Wren")


@pytest.fixture
def newer(campaign: Campaign, older: Volunteer) -> Volunteer:
    return make_volunteer(campaign.organisation, "Sam Wren", maybe_same_as=older)


def settle(newer: Volunteer) -> list[Shift]:
    by = system(newer.organisation)
    _kept, given_back = settle_namesake(newer, is_same=True, by=by, at=NOW)
    return given_back


def places(older: Volunteer) -> list[Shift]:
    live = ShiftSignUp.objects.filter(volunteer=older, withdrawn_at=None)
    return [one.shift for one in live.order_by("shift")]


@pytest.mark.parametrize("earlier", ["older", "newer"])
def test_of_two_places_at_one_time_that_which_was_taken_first_stays(
    earlier: str, campaign: Campaign, older: Volunteer, newer: Volunteer
) -> None:
    doors = make_shift(campaign, starts_at=LATER)
    phones = make_shift(campaign, starts_at=LATER + timedelta(hours=1), kind="phones")
    of_older, of_newer = (FIRST, SECOND) if earlier == "older" else (SECOND, FIRST)
    give_place(doors, older, signed_up_at=of_older)
    give_place(phones, newer, signed_up_at=of_newer)

    given_back = settle(newer)

    stays, goes = (doors, phones) if earlier == "older" else (phones, doors)
    assert places(older) == [stays]
    assert given_back == [goes]
    assert AuditEntry.objects.filter(verb="shift.given_back").count() == 1


def test_a_place_goes_before_a_wait_for_one(
    campaign: Campaign, older: Volunteer, newer: Volunteer
) -> None:
    doors, phones = (make_shift(campaign, starts_at=LATER) for _ in range(2))
    give_place(doors, older, signed_up_at=FIRST, waits=True)
    give_place(phones, newer, signed_up_at=SECOND)

    assert settle(newer) == [doors]
    assert places(older) == [phones]


@pytest.mark.parametrize("both", ["the same shift", "two at one time"])
def test_the_place_that_is_free_goes_to_whoever_waits_for_it(
    both: str, campaign: Campaign, older: Volunteer, newer: Volunteer
) -> None:
    full = make_shift(campaign, starts_at=LATER, places=2)
    other = make_shift(campaign, starts_at=LATER)
    ada, bo = (make_volunteer(campaign.organisation, n) for n in ("Ada Finch", "Bo"))
    give_place(full if both == "the same shift" else other, older, signed_up_at=FIRST)
    give_place(full, newer, signed_up_at=SECOND)
    if both != "the same shift":
        give_place(full, bo)
    waiting = give_place(full, ada, waits=True)

    settle(newer)

    waiting.refresh_from_db()
    assert not waiting.waits


def test_shifts_one_after_the_other_all_stay(
    campaign: Campaign, older: Volunteer, newer: Volunteer
) -> None:
    doors = make_shift(campaign, starts_at=LATER)
    phones = make_shift(campaign, starts_at=doors.ends_at)
    give_place(doors, older)
    give_place(phones, newer)

    assert settle(newer) == []
    assert places(older) == [doors, phones]


@pytest.mark.parametrize(
    "fields",
    [{"starts_at": NOW - timedelta(days=3)}, {"cancelled_at": NOW}],
    ids=["over", "cancelled"],
)
def test_what_is_over_or_called_off_stays_as_it_was(
    fields: dict[str, Any], campaign: Campaign, older: Volunteer, newer: Volunteer
) -> None:
    shifts = [make_shift(campaign, **fields) for _ in range(2)]
    for shift, volunteer in zip(shifts, (older, newer), strict=True):
        give_place(shift, volunteer)

    assert settle(newer) == []
    assert places(older) == shifts


def test_who_came_to_one_shift_as_two_came_once(
    campaign: Campaign, older: Volunteer, newer: Volunteer
) -> None:
    over = make_shift(campaign, starts_at=NOW - timedelta(days=3))
    give_place(over, older, signed_up_at=FIRST, came=False)
    give_place(over, newer, signed_up_at=SECOND, came=True)

    assert settle(newer) == []
    assert ShiftSignUp.objects.get().came is True
