"""E-mails that could not be sent: what they were, why, and tried again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from campaigns.models import Campaign
from campaigns.views.decorators import CampaignRequest, campaign_page
from volunteers.access import CAN
from volunteers.actions.mails import try_again
from volunteers.reports.mails import mails_not_sent

PER_PAGE = 50


@campaign_page(can=CAN)
def not_sent(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    rows = mails_not_sent(request.actor, campaign=campaign)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"heading": "E-mails that were not sent", "page": page}
    return render(request, "volunteers/not_sent.html", context)


@require_POST
@campaign_page(can=CAN)
def send_again(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    count = try_again(
        mails_not_sent(request.actor, campaign=campaign),
        campaign=campaign,
        by=request.actor,
        at=request.business_now,
    )
    messages.success(
        request, f"Trying {count} again: what is not sent is here in a minute."
    )
    return redirect("mails-not-sent", campaign=campaign.slug)
