"""The return: as the books stand, and its versions to sign and to file."""

from django.http import HttpResponse
from django.shortcuts import render

from campaigns.models import Campaign
from campaigns.reports.campaign_deadlines import campaign_deadlines
from campaigns.reports.return_checks import return_checks
from campaigns.reports.spending_return import spending_return
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page


@campaign_page(can=Capability.SEE_MONEY)
def books(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """The return as it would be if it were made now."""
    made = spending_return(campaign, at=request.business_now)
    return render(
        request,
        "campaigns/spending/return.html",
        {
            "heading": "The return",
            "made": made,
            "checks": return_checks(campaign, made, at=request.business_now),
            "deadlines": campaign_deadlines(campaign),
        },
    )
