"""Today: what needs somebody, and how far the campaign has come."""

from django.http import HttpResponse
from django.shortcuts import render

from campaigns.access import jobs_for
from campaigns.models import Campaign
from campaigns.reports.spending_position import spending_position
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page
from canvassing.reports.activity import activity_by_day, next_shifts, out_today
from canvassing.reports.needs import needs
from canvassing.reports.progress import furthest_behind, totals, ward_progress
from canvassing.views.needs import link_to

JOBS_SHOWN = 4


@campaign_page(can=Capability.SEE_CAMPAIGN)
def today(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    by, at = request.actor, request.business_now
    wards = ward_progress(by=by, campaign=campaign)
    whole = totals(wards)
    behind = furthest_behind(wards)
    shifts = next_shifts(campaign, [row.ward.pk for row in behind], at=at)
    theirs = by.ward_ids(Capability.SEE_CAMPAIGN, campaign=campaign)
    days = activity_by_day(campaign, theirs, at=at)
    waiting = needs(by=by, campaign=campaign, at=at, to_check=whole.to_check)
    sees_money = by.can(
        Capability.SEE_MONEY,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
    )
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
            "behind": [(row, shifts.get(row.ward.pk)) for row in behind],
            "spending": spending_position(campaign, at=at) if sees_money else None,
            "jobs": jobs_for(by, Capability.SEE_CAMPAIGN, campaign=campaign)[
                :JOBS_SHOWN
            ],
        },
    )
