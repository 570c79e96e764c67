"""Uncertain matches: the same person, or not. Somebody decides, and can undo it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from campaigns.models import Campaign
from campaigns.reports.matches import merges_made, proposals_waiting, side_by_side
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page

PER_PAGE = 10
UNDO_SHOWN = 10


@campaign_page(can=Capability.IMPORT_REGISTER)
def matches(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    waiting = Paginator(proposals_waiting(campaign), PER_PAGE)
    page = waiting.get_page(request.GET.get("page"))
    return render(
        request,
        "campaigns/matches.html",
        {
            "heading": "Uncertain matches",
            "page": page,
            "proposals": [(one, side_by_side(one)) for one in page],
            "merges": merges_made(campaign)[:UNDO_SHOWN],
        },
    )
