"""Uncertain matches: the same person, or not. Somebody decides, and can undo it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.actions.matching import accept_match, reject_match, undo_match
from campaigns.models import Campaign
from campaigns.reports.matches import (
    merges_made,
    proposals_of,
    proposals_waiting,
    side_by_side,
)
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, refusals_shown

PER_PAGE = 10
UNDO_SHOWN = 10


@campaign_page(can=Capability.IMPORT_REGISTER)
def matches(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    waiting = Paginator(proposals_waiting(campaign, by=request.actor), PER_PAGE)
    page = waiting.get_page(request.GET.get("page"))
    return render(
        request,
        "campaigns/matches.html",
        {
            "heading": "Uncertain matches",
            "page": page,
            "proposals": [(one, side_by_side(one)) for one in page],
            "merges": merges_made(campaign, by=request.actor)[:UNDO_SHOWN],
        },
    )


@require_POST
@campaign_page(can=Capability.IMPORT_REGISTER)
def decide(request: CampaignRequest, campaign: Campaign, proposal: int) -> HttpResponse:
    by, at = request.actor, request.business_now
    found = get_object_or_404(proposals_of(campaign, by=by), pk=proposal)
    with refusals_shown(request):
        if request.POST.get("decision") == "same":
            accept_match(found, by=by, at=at)
            messages.success(request, f"{found.newer.full_name}: kept as one person.")
        else:
            reject_match(found, by=by, at=at)
            messages.success(request, f"{found.newer.full_name}: two people.")
    return redirect("matches", campaign=campaign.slug)


@require_POST
@campaign_page(can=Capability.IMPORT_REGISTER)
def undo(request: CampaignRequest, campaign: Campaign, merge: int) -> HttpResponse:
    found = get_object_or_404(merges_made(campaign, by=request.actor), pk=merge)
    with refusals_shown(request):
        undo_match(found, by=request.actor, at=request.business_now)
        messages.success(request, "They are two people again, and wait for you.")
    return redirect("matches", campaign=campaign.slug)
