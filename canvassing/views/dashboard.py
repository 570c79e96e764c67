"""Today: what needs somebody, and how far the campaign has come."""

from django.http import HttpResponse
from django.shortcuts import render

from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page
from canvassing.reports.progress import furthest_behind, totals, ward_progress


@campaign_page(can=Capability.SEE_CAMPAIGN)
def today(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    wards = ward_progress(by=request.actor, campaign=campaign)
    return render(
        request,
        "canvassing/today.html",
        {
            "heading": "Today",
            "totals": totals(wards),
            "behind": furthest_behind(wards),
        },
    )
