"""Where the money comes from, and whether it lasts."""

from django.http import HttpResponse
from django.shortcuts import render

from campaigns.models import Campaign
from campaigns.reports.funding_position import funding_position, this_week
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page


@campaign_page(can=Capability.SEE_MONEY)
def funding(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    found = funding_position(campaign, at=request.business_now)
    return render(
        request,
        "campaigns/spending/funding.html",
        {"heading": "Does the money last?", "funding": found, "now": this_week(found)},
    )
