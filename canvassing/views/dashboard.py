"""Today: what needs somebody, and how far the campaign has come."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render

from campaigns.access import jobs_for
from campaigns.clock import day_of
from campaigns.models import Campaign
from campaigns.reports.election_timetable import election_timetable
from campaigns.reports.kept_counts import Wards
from campaigns.reports.spending_position import spending_position
from campaigns.roles import Capability
from campaigns.rules.election_timetable import TimetableDay
from campaigns.views.decorators import CampaignRequest, campaign_page
from canvassing.reports.activity import activity_by_day, next_shifts, out_today
from canvassing.reports.needs import needs
from canvassing.reports.polling_day import voted_by_hour
from canvassing.reports.progress import (
    WardProgress,
    by_council,
    furthest_behind,
    most_still_to_vote,
    totals,
    ward_progress,
)
from canvassing.reports.second_preferences import second_preferences
from canvassing.reports.ward_page import district_progress
from canvassing.views.needs import link_to

JOBS_SHOWN = 4


@campaign_page(can=Capability.SEE_CAMPAIGN)
def today(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    by, at = request.actor, request.business_now
    wards = ward_progress(by=by, campaign=campaign)
    whole = totals(wards)
    theirs = by.ward_ids(Capability.SEE_CAMPAIGN, campaign=campaign)
    days = activity_by_day(campaign, theirs, at=at)
    waiting = needs(by=by, campaign=campaign, at=at, to_check=whole.to_check)
    sees_money = by.can(
        Capability.SEE_MONEY,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
    )
    has_opened = campaign.election.has_opened(at.date())
    places = _polling_day if has_opened else _before
    return render(
        request,
        "canvassing/today.html",
        {
            "heading": "Today",
            "totals": whole,
            "planned": (theirs is None and campaign.pledges_planned) or whole.target,
            "days": days,
            "yesterday": days[-2],
            "out": out_today(campaign, theirs, at=at),
            "needs": [(need, link_to(need, campaign)) for need in waiting],
            "councils": by_council(wards),
            "districts": _districts(wards, campaign),
            "second_preferences": second_preferences(
                campaign, theirs, electors=whole.electors
            ),
            "spending": spending_position(campaign, at=at) if sees_money else None,
            "jobs": jobs_for(by, Capability.SEE_CAMPAIGN, campaign=campaign)[
                :JOBS_SHOWN
            ],
            "has_opened": has_opened,
            "timetable": _timetable(campaign, at),
            **places(campaign, wards, theirs, at),
        },
    )


def _timetable(campaign: Campaign, at: datetime) -> list[tuple[TimetableDay, bool]]:
    """By when voters have to have done something, and whether each day is past."""
    today = day_of(at)
    return [(one, one.day < today) for one in election_timetable(campaign.election)]


def _before(
    campaign: Campaign, wards: Sequence[WardProgress], theirs: Wards, at: datetime
) -> dict[str, object]:
    behind = furthest_behind(wards)
    shifts = next_shifts(campaign, [row.ward.pk for row in behind], at=at)
    return {"behind": [(row, shifts.get(row.ward.pk)) for row in behind]}


def _polling_day(
    campaign: Campaign, wards: Sequence[WardProgress], theirs: Wards, at: datetime
) -> dict[str, object]:
    return {
        "hours": voted_by_hour(
            campaign, theirs, electors=totals(wards).electors, at=at
        ),
        "to_vote": most_still_to_vote(wards),
    }


def _districts(wards: Sequence[WardProgress], campaign: Campaign) -> object:
    """A campaign over one ward is looked at district by district."""
    if len(wards) != 1:
        return None
    return district_progress(wards[0].ward, campaign=campaign)
