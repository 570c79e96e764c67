"""Reminders by e-mail: who gets them, what comes, what went out, and the switch."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.actions.deadline_reminders import (
    may_switch,
    switch_reminders,
    try_again,
)
from campaigns.models import Campaign, User
from campaigns.reports.deadlines_to_remind import (
    coming_notices,
    not_sent,
    readers,
    reminders_written,
)
from campaigns.roles import Capability
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    refusals_shown,
)
from campaigns.views.spending import rights

PER_PAGE = 30


@campaign_page(can=Capability.SEE_MONEY)
def reminders(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    written = Paginator(reminders_written(campaign), PER_PAGE)
    return render(
        request,
        "campaigns/spending/reminders.html",
        {
            "heading": "Reminders by e-mail",
            "people": [
                (reader, may_switch(request.actor, reader.user, campaign=campaign))
                for reader in readers(campaign, at=request.business_now)
            ],
            "coming": coming_notices(campaign, at=request.business_now),
            "page": written.get_page(request.GET.get("page")),
            "not_sent": not_sent(campaign),
            **rights(request, campaign),
        },
    )


@require_POST
@campaign_page(can=Capability.SEE_MONEY)
def switch(request: CampaignRequest, campaign: Campaign, user: int) -> HttpResponse:
    found = [one.user.pk for one in readers(campaign, at=request.business_now)]
    reader = get_object_or_404(User, pk__in={user}.intersection(found))
    is_on = "on" in request.POST
    with refusals_shown(request):
        switch_reminders(
            campaign,
            user=reader,
            on=is_on,
            by=request.actor,
            at=request.business_now,
        )
        what = "gets reminders again." if is_on else "gets no more reminders."
        messages.success(request, f"{reader} {what}")
    return redirect("deadline-reminders", campaign=campaign.slug)


@require_POST
@campaign_page(can=Capability.DECLARE_MONEY)
def again(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    count = try_again(campaign, by=request.actor, at=request.business_now)
    messages.success(request, f"{count} will be sent within minutes.")
    return redirect("deadline-reminders", campaign=campaign.slug)
