"""A campaign's codes: what is typed for each answer, and what it counts as."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page
from canvassing.actions.codes import default_codes
from canvassing.models import IntentionCode, OutcomeCode


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def codes(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    intentions = IntentionCode.objects.filter(campaign=campaign)
    outcomes = OutcomeCode.objects.filter(campaign=campaign)
    return render(
        request,
        "canvassing/codes.html",
        {
            "heading": "Codes",
            "intentions": intentions.order_by("position", "code"),
            "outcomes": outcomes.order_by("position", "code"),
        },
    )


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def complete(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """Add what is missing of the usual set: a code for each new candidate."""
    number = default_codes(campaign=campaign, by=request.actor, at=request.business_now)
    messages.success(request, f"The campaign has {number} codes now.")
    return redirect("codes", campaign=campaign.slug)
