"""Shifts at risk, cover and no-shows, and where the hours go."""

from datetime import timedelta

from campaigns.models import Campaign
from tests.cast import NOW
from tests.volunteers.helpers import give_place, make_shift, make_volunteer
from volunteers.models import Shift, Volunteer
from volunteers.reports.hours import ELSEWHERE, hours_by_week, work_of_each
from volunteers.reports.shifts import cover_of_day, no_shows, shifts_at_risk

DAY = timedelta(days=1)


def test_shifts_of_the_coming_week_that_may_fall_through_are_found(
    campaign: Campaign,
) -> None:
    organisation = campaign.organisation
    fickle, leader = make_volunteer(organisation), make_volunteer(organisation)
    for days in (5, 10, 15):
        over = make_shift(campaign, starts_at=NOW - days * DAY)
        give_place(over, fickle, came=False)
    good = make_shift(campaign, places=2, leader=leader)
    give_place(good, leader)
    risky = make_shift(campaign, places=2, leader=leader)
    give_place(risky, fickle)
    make_shift(campaign, starts_at=NOW + 9 * DAY)
    make_shift(campaign, cancelled_at=NOW)

    (found,) = shifts_at_risk(Shift.objects.all(), at=NOW)

    assert found.shift == risky
    assert found.reasons == [
        "Its leader has not taken a place.",
        "1 of 1 often stay away.",
    ]
    assert no_shows(Shift.objects.all(), at=NOW) == [(fickle.name, fickle.pk, 3, 3)]


def test_the_cover_of_a_day_leaves_out_hours_in_which_nobody_is_wanted(
    campaign: Campaign,
) -> None:
    shift = make_shift(campaign, starts_at=NOW, places=3)
    give_place(shift, make_volunteer(campaign.organisation))
    midnight = NOW.replace(hour=0)

    cover = cover_of_day(
        Shift.objects.all(), begins_at=midnight, ends_at=midnight + DAY
    )

    told = [(one.begins_at.hour, one.wanted, one.coming) for one in cover]
    assert told == [(10, 3, 1), (11, 3, 1)]


def test_hours_are_told_by_campaign_and_week_and_others_as_one_sum(
    campaign: Campaign, other_campaign: Campaign
) -> None:
    vera = make_volunteer(campaign.organisation)
    for fight, days, hours in ((campaign, 8, 2), (other_campaign, 8, 3)):
        give_place(
            make_shift(fight, starts_at=NOW - days * DAY, hours=hours), vera, came=True
        )
    give_place(make_shift(campaign, starts_at=NOW - DAY, hours=4), vera, came=False)

    told = hours_by_week(
        Volunteer.objects.all(), campaign=campaign, named={campaign.pk}, at=NOW, weeks=3
    )

    assert told.campaigns == [campaign.name, ELSEWHERE]
    assert [week.hours for week in told.weeks] == [[0, 0], [2, 3], [0, 0]]
    assert [week.monday.day for week in told.weeks] == [8, 15, 22]


def test_campaigns_of_one_name_are_told_apart(
    campaign: Campaign, other_campaign: Campaign
) -> None:
    vera = make_volunteer(campaign.organisation)
    other_campaign.name = campaign.name
    other_campaign.save()
    for fight, hours in ((campaign, 2), (other_campaign, 3)):
        over = make_shift(fight, starts_at=NOW - DAY, hours=hours)
        give_place(over, vera, came=True)

    told = hours_by_week(
        Volunteer.objects.all(),
        campaign=campaign,
        named={campaign.pk, other_campaign.pk},
        at=NOW,
        weeks=1,
    )

    days = [f"{one.election.poll_on:%-d %B %Y}" for one in (campaign, other_campaign)]
    assert told.campaigns == [f"{campaign.name}, {day}" for day in days]
    assert told.weeks[0].hours == [2, 3]


def test_work_of_each_counts_shifts_and_hours_since_a_day(campaign: Campaign) -> None:
    vera, sam = (make_volunteer(campaign.organisation) for _ in range(2))
    for days in (3, 4, 40):
        give_place(make_shift(campaign, starts_at=NOW - days * DAY), vera, came=True)
    give_place(make_shift(campaign, starts_at=NOW - DAY), sam, came=True)

    work = work_of_each(
        Volunteer.objects.all(), campaign=campaign, since=NOW - 28 * DAY
    )

    assert [(one.volunteer, one.shifts, one.hours) for one in work] == [
        (vera, 2, 4.0),
        (sam, 1, 2.0),
    ]
