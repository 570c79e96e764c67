"""Something given in kind, and the agent's declaration of its value."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.actions.gifts_in_kind import declare_value, record_gift_in_kind
from campaigns.forms.expense_parts import proposal
from campaigns.forms.gifts import GiftForm
from campaigns.models import Campaign, Expense
from campaigns.roles import Capability
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    carried_out,
    refusals_shown,
)
from campaigns.views.spending import rights


@campaign_page(can=Capability.PROPOSE_EXPENSE)
def add(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """Sent as one: notional spending and a donation in kind."""
    allowed = rights(request, campaign)
    today = request.business_now.date()
    asked = proposal(
        GiftForm,
        request.POST,
        first={
            "received_on": today,
            "used_from": today,
            "used_until": campaign.election.poll_on,
        },
        campaign=campaign,
        may_declare=allowed["may_declare"],
    )
    if asked.is_valid():
        named = {"campaign": campaign, **asked.parts}
        if made := carried_out(request, asked.form, record_gift_in_kind, **named):
            messages.success(
                request, "It is before the agent, and among the donations."
            )
            return redirect("expense", campaign=campaign.slug, expense=made.pk)
    return render(
        request,
        "campaigns/spending/gift_add.html",
        {"heading": "Something given in kind", "asked": asked, **allowed},
    )


@require_POST
@campaign_page(can=Capability.DECLARE_MONEY)
def declare(request: CampaignRequest, campaign: Campaign, expense: int) -> HttpResponse:
    ours = Expense.objects.of(campaign.organisation_id).select_related("campaign")
    found = get_object_or_404(ours, campaign=campaign, pk=expense)
    with refusals_shown(request):
        declare_value(found, by=request.actor, at=request.business_now)
        messages.success(request, "You declared its value.")
    return redirect("expense", campaign=campaign.slug, expense=expense)
