"""How far the campaign has come: counted once, the same at any size."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from campaigns.models import Campaign, User, VotingSystem, Ward, WardTarget
from canvassing.models import Contact, OutcomeCode
from canvassing.reports import progress
from canvassing.reports.activity import activity_by_day
from canvassing.reports.polling_day import voted_by_hour
from canvassing.reports.progress import (
    by_council,
    furthest_behind,
    most_still_to_vote,
    totals,
    ward_progress,
)
from canvassing.reports.second_preferences import second_preferences
from canvassing.reports.ward_page import district_progress
from tests.canvassing.list_helpers import make_code, stand
from tests.cast import NOW, actor

pytestmark = pytest.mark.django_db

POLLING = NOW + timedelta(days=9)


def test_each_ward_counts_its_own_electors(
    campaign: Campaign, organiser: User, ward: Ward, other_ward: Ward
) -> None:
    stand(campaign, ward, last_spoken_at=NOW)
    stand(campaign, ward, pledged=False)
    stand(campaign, other_ward, is_current=False)

    rows = {
        row.ward: row for row in ward_progress(by=actor(organiser), campaign=campaign)
    }

    assert (rows[ward].electors, rows[ward].spoken_to, rows[ward].pledges) == (2, 1, 1)
    assert rows[other_ward].electors == 0


def test_a_ward_lead_sees_only_their_ward(
    campaign: Campaign, ward_lead: User, ward: Ward
) -> None:
    rows = ward_progress(by=actor(ward_lead), campaign=campaign)

    assert [row.ward for row in rows] == [ward]


def test_two_campaigns_over_the_same_people_are_counted_apart(
    campaign: Campaign, other_campaign: Campaign, organiser: User, ward: Ward
) -> None:
    stand(campaign, ward)

    rows = ward_progress(by=actor(organiser), campaign=campaign)

    assert totals(rows).pledges == 1
    assert (
        totals(ward_progress(by=actor(organiser), campaign=other_campaign)).pledges == 0
    )


def test_the_wards_that_lack_the_most_pledges_come_first(
    campaign: Campaign, organiser: User, ward: Ward, other_ward: Ward
) -> None:
    for place, wanted in ((ward, 2), (other_ward, 10)):
        WardTarget.objects.create(
            organisation=campaign.organisation,
            campaign=campaign,
            ward=place,
            pledges=wanted,
        )
        stand(campaign, place)

    behind = furthest_behind(ward_progress(by=actor(organiser), campaign=campaign))

    assert [(row.ward, row.behind) for row in behind] == [(other_ward, 9), (ward, 1)]


def test_pledges_still_to_vote_are_those_not_marked(
    campaign: Campaign, organiser: User, ward: Ward, other_ward: Ward
) -> None:
    stand(campaign, ward, voted_at=NOW)
    stand(campaign, ward, voted_at=NOW, pledged=False)
    stand(campaign, other_ward)
    stand(campaign, other_ward)

    rows = ward_progress(by=actor(organiser), campaign=campaign)
    whole = totals(rows)

    assert (whole.voted, whole.pledges_voted, whole.pledges_open) == (2, 1, 2)
    assert [row.ward for row in most_still_to_vote(rows)] == [other_ward]


def test_a_councils_wards_are_added_up(
    campaign: Campaign, organiser: User, ward: Ward, other_ward: Ward
) -> None:
    stand(campaign, ward)
    stand(campaign, other_ward)

    rows = by_council(ward_progress(by=actor(organiser), campaign=campaign))

    assert {council: whole.electors for council, whole in rows} == dict(
        Counter([ward.council, other_ward.council])
    )


def test_votes_are_told_by_the_hour_without_a_gap(
    campaign: Campaign, ward: Ward
) -> None:
    stand(campaign, ward, voted_at=POLLING - timedelta(hours=2))
    stand(campaign, ward, voted_at=POLLING, pledged=False)
    stand(campaign, ward)

    hours = voted_by_hour(campaign, None, electors=3, at=POLLING)

    assert [(hour.voted, hour.pledges) for hour in hours] == [(1, 1), (0, 0), (1, 0)]


def test_the_hours_are_those_of_polling_day(campaign: Campaign, ward: Ward) -> None:
    stand(campaign, ward, voted_at=POLLING - timedelta(days=1))
    stand(campaign, ward, voted_at=POLLING)
    stand(campaign, ward, voted_at=POLLING + timedelta(days=1))

    hours = voted_by_hour(
        campaign, None, electors=3, at=POLLING + timedelta(days=30, hours=3)
    )

    assert [hour.begins.hour for hour in hours] == list(range(10, 24))
    assert sum(hour.voted for hour in hours) == 1


def test_of_some_wards_votes_and_second_preferences_are_those_of_their_electors(
    campaign: Campaign, ward: Ward, other_ward: Ward
) -> None:
    campaign.election.voting_system = VotingSystem.SV
    ours = campaign.candidates.get(is_ours=True)
    for place in (ward, other_ward):
        stand(campaign, place, voted_at=POLLING, second_preference=ours)
    theirs = frozenset({ward.pk})

    [hour] = voted_by_hour(campaign, theirs, electors=1, at=POLLING)
    counted = second_preferences(campaign, theirs, electors=1)

    assert hour.voted == 1
    assert counted is not None
    assert counted[0] == (ours, 1)


def test_second_preferences_are_counted_by_candidate_where_they_are_asked(
    campaign: Campaign, ward: Ward
) -> None:
    ours = campaign.candidates.get(is_ours=True)
    stand(campaign, ward, second_preference=ours)
    stand(campaign, ward, second_preference=ours, is_current=False)
    assert second_preferences(campaign, None, electors=1) is None

    campaign.election.voting_system = VotingSystem.SV

    counted = second_preferences(campaign, None, electors=1)
    assert counted is not None
    assert counted[0] == (ours, 1)
    assert sum(count for _, count in counted) == 1


def test_before_the_first_vote_there_are_no_hours(
    campaign: Campaign, ward: Ward
) -> None:
    stand(campaign, ward)

    assert voted_by_hour(campaign, None, electors=3, at=POLLING) == []


def test_the_queries_do_not_grow_with_the_wards(
    campaign: Campaign,
    organiser: User,
    ward: Ward,
    other_ward: Ward,
    django_assert_num_queries: Any,
) -> None:
    by = actor(organiser)
    stand(campaign, ward)
    stand(campaign, other_ward)

    with django_assert_num_queries(3):  # standings, targets, wards with councils
        ward_progress(by=by, campaign=campaign)


def test_a_districts_homes_are_counted_once(campaign: Campaign, ward: Ward) -> None:
    first = stand(campaign, ward)
    stand(campaign, ward, address=first.address, votes_by=1)

    (row,) = district_progress(ward, campaign=campaign)

    assert (row.electors, row.households, row.postal) == (2, 1, 1)


@pytest.fixture
def spoken(campaign: Campaign) -> OutcomeCode:
    return OutcomeCode.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        code="spoken",
        label="Spoken to",
        kind="spoken",
        counts_as_spoken=True,
    )


def contact(
    campaign: Campaign, ward: Ward, outcome: OutcomeCode, **fields: Any
) -> Contact:
    elector = stand(campaign, ward)
    at = fields.pop("at", NOW)
    return Contact.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        elector=elector,
        uuid=fields.pop("uuid", f"00000000-0000-4000-8000-{elector.pk:012d}"),
        content_hash="0" * 64,
        channel="door",
        outcome=outcome,
        said_at=at,
        effective_at=at,
        by_kind="system",
        by_label="Committee Room",
        **fields,
    )


def test_days_without_a_gap_end_with_today(
    campaign: Campaign, ward: Ward, spoken: OutcomeCode
) -> None:
    contact(campaign, ward, spoken, at=NOW - timedelta(days=1), pledge=True)
    contact(campaign, ward, spoken, intention=make_code(campaign, "U"))

    days = activity_by_day(campaign, None, at=NOW, days=3)

    assert [(day.conversations, day.pledges) for day in days] == [
        (0, 0),
        (1, 1),
        (1, 0),
    ]
    assert days[-1].on == NOW.date()


def test_a_conversation_late_in_the_evening_is_of_that_day_in_summer_time(
    campaign: Campaign, ward: Ward, spoken: OutcomeCode
) -> None:
    contact(campaign, ward, spoken, at=NOW.replace(day=22, hour=0, minute=30))

    days = activity_by_day(campaign, None, at=NOW, days=3)

    assert [day.conversations for day in days] == [0, 1, 0]


def test_a_corrected_contact_is_not_counted_twice(
    campaign: Campaign, ward: Ward, spoken: OutcomeCode
) -> None:
    wrong = contact(campaign, ward, spoken, pledge=True)
    contact(campaign, ward, spoken, corrects=wrong.uuid)

    (today,) = activity_by_day(campaign, None, at=NOW, days=1)

    assert (today.conversations, today.pledges) == (1, 0)


def test_a_large_campaigns_counts_are_kept_for_half_a_minute(
    campaign: Campaign,
    organiser: User,
    ward: Ward,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Any,
) -> None:
    monkeypatch.setattr(progress, "LARGE", 1)
    by = actor(organiser)
    stand(campaign, ward)
    ward_progress(by=by, campaign=campaign)

    with django_assert_num_queries(2):  # targets, wards with councils
        assert totals(ward_progress(by=by, campaign=campaign)).electors == 1
