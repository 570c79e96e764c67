"""Places on shifts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from campaigns.models import Campaign, User
from tests.cast import NOW, actor
from tests.volunteers.helpers import give_place, make_shift, make_volunteer
from volunteers.access import actor_of_volunteer
from volunteers.actions.sign_ups import (
    SignUpRefused,
    confirm_place,
    give_back_place,
    mark_who_came,
    take_place,
)
from volunteers.models import MailKind, Shift, ShiftSignUp, Volunteer, VolunteerMail


def take(shift: Shift, volunteer: Volunteer) -> ShiftSignUp:
    by = actor_of_volunteer(volunteer)
    return take_place(shift, volunteer=volunteer, by=by, at=NOW)


def test_a_place_is_taken_once_and_the_next_one_waits(campaign: Campaign) -> None:
    shift = make_shift(campaign, places=1)
    first, second = (make_volunteer(campaign.organisation) for _ in range(2))

    assert not take(shift, first).waits
    assert take(shift, first) == ShiftSignUp.objects.get(volunteer=first)
    assert take(shift, second).waits
    assert ShiftSignUp.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_last_place_goes_to_one_of_many_at_once(campaign: Campaign) -> None:
    shift = make_shift(campaign, places=2)
    people = [make_volunteer(campaign.organisation) for _ in range(8)]

    def race(person: Volunteer) -> bool:
        try:
            return take(shift, person).waits
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(race, people))

    assert waits.count(False) == 2
    assert ShiftSignUp.objects.filter(waits=False).count() == 2


@pytest.mark.django_db(transaction=True)
def test_nobody_is_on_two_shifts_at_once_however_they_are_asked_for(
    campaign: Campaign,
) -> None:
    vera = make_volunteer(campaign.organisation)
    at_once = [make_shift(campaign) for _ in range(6)]

    def race(shift: Shift) -> str:
        try:
            take(shift, vera)
        except SignUpRefused as refusal:
            return refusal.code
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(6) as threads:
        told = sorted(threads.map(race, at_once))

    assert told == ["clash"] * 5 + ["taken"]
    assert ShiftSignUp.objects.count() == 1


def test_whoever_stood_down_a_moment_ago_takes_no_place(campaign: Campaign) -> None:
    vera = make_volunteer(campaign.organisation)
    Volunteer.objects.update(stood_down_at=NOW)

    with pytest.raises(SignUpRefused) as refused:
        take(make_shift(campaign), vera)
    assert refused.value.code == "stood_down"


def test_a_place_on_which_they_came_is_not_given_back(campaign: Campaign) -> None:
    vera = make_volunteer(campaign.organisation)
    begun = make_shift(campaign, starts_at=NOW - timedelta(hours=1))
    mine = give_place(begun, vera, came=True)

    with pytest.raises(SignUpRefused) as refused:
        give_back_place(mine, by=actor_of_volunteer(vera), at=NOW)

    assert refused.value.code == "came"
    mine.refresh_from_db()
    assert mine.withdrawn_at is None


def test_nobody_came_to_a_shift_that_was_called_off(
    campaign: Campaign, organiser: User
) -> None:
    off = make_shift(campaign, starts_at=NOW - timedelta(hours=1), cancelled_at=NOW)
    mine = give_place(off, make_volunteer(campaign.organisation))

    with pytest.raises(SignUpRefused) as refused:
        mark_who_came(off, {mine.pk: True}, by=actor(organiser), at=NOW)

    assert refused.value.code == "cancelled"
    mine.refresh_from_db()
    assert mine.came is None


def test_a_place_given_back_goes_to_whoever_waited_longest(campaign: Campaign) -> None:
    shift = make_shift(campaign, places=1)
    first, second, third = (make_volunteer(campaign.organisation) for _ in range(3))
    mine = give_place(shift, first)
    give_place(shift, third, waits=True, signed_up_at=NOW - timedelta(days=1))
    give_place(shift, second, waits=True, signed_up_at=NOW - timedelta(days=2))

    for _ in range(2):  # tapped twice
        give_back_place(mine, by=actor_of_volunteer(first), at=NOW)

    held = ShiftSignUp.objects.filter(withdrawn_at__isnull=True, waits=False)
    assert [one.volunteer for one in held] == [second]
    mail = VolunteerMail.objects.get()
    assert (mail.kind, mail.volunteer) == (MailKind.MOVED_UP, second)


def test_who_gave_a_place_back_may_take_one_again(campaign: Campaign) -> None:
    shift, vera = make_shift(campaign), make_volunteer(campaign.organisation)
    give_back_place(take(shift, vera), by=actor_of_volunteer(vera), at=NOW)

    assert take(shift, vera).withdrawn_at is None


def test_no_place_is_to_be_had_where_there_is_none(
    campaign: Campaign, other_campaign: Campaign
) -> None:
    organisation = campaign.organisation
    vera = make_volunteer(organisation)
    gone = make_volunteer(organisation, stood_down_at=NOW)
    give_place(make_shift(campaign), vera)
    open_shift = make_shift(campaign, starts_at=NOW + timedelta(days=2, hours=1))
    cancelled = make_shift(
        campaign, starts_at=NOW + timedelta(days=9), cancelled_at=NOW
    )
    over = make_shift(campaign, starts_at=NOW - timedelta(hours=3))
    closed = make_shift(other_campaign, starts_at=NOW + timedelta(days=12))
    other_campaign.closed_at = NOW
    other_campaign.save()

    for shift, person, code in (
        (open_shift, vera, "clash"),
        (open_shift, gone, "stood_down"),
        (cancelled, vera, "cancelled"),
        (over, vera, "over"),
        (closed, vera, "closed"),
    ):
        with pytest.raises(SignUpRefused) as refused:
            take(shift, person)
        assert refused.value.code == code
    assert ShiftSignUp.objects.count() == 1


def test_a_place_is_confirmed_once_and_only_by_who_has_one(campaign: Campaign) -> None:
    shift, vera = make_shift(campaign), make_volunteer(campaign.organisation)
    mine = give_place(shift, vera)

    confirm_place(mine, by=actor_of_volunteer(vera), at=NOW)
    confirm_place(mine, by=actor_of_volunteer(vera), at=NOW + timedelta(hours=1))

    mine.refresh_from_db()
    assert mine.confirmed_at == NOW
    give_back_place(mine, by=actor_of_volunteer(vera), at=NOW)
    with pytest.raises(SignUpRefused):
        confirm_place(mine, by=actor_of_volunteer(vera), at=NOW)


def test_who_came_is_said_once_the_shift_has_begun(
    campaign: Campaign, organiser: User
) -> None:
    shift = make_shift(campaign, starts_at=NOW - timedelta(hours=1))
    other = make_shift(campaign, starts_at=NOW - timedelta(hours=1))
    came, missed = (
        give_place(shift, make_volunteer(campaign.organisation)) for _ in range(2)
    )
    foreign = give_place(other, make_volunteer(campaign.organisation))
    marks = {came.pk: True, missed.pk: False, foreign.pk: True}

    assert mark_who_came(shift, marks, by=actor(organiser), at=NOW) == 2
    assert mark_who_came(shift, marks, by=actor(organiser), at=NOW) == 0

    said = dict(ShiftSignUp.objects.values_list("pk", "came"))
    assert said == {came.pk: True, missed.pk: False, foreign.pk: None}
    with pytest.raises(SignUpRefused):
        mark_who_came(make_shift(campaign), marks, by=actor(organiser), at=NOW)
