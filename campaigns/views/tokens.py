"""Tokens for external tools: issued once, revoked at any time."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.actions.tokens import issue_token, revoke_token
from campaigns.clock import today
from campaigns.forms.people import TokenForm
from campaigns.models import Campaign
from campaigns.reports.people import tokens_of
from campaigns.roles import PEOPLE_ALONE, Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, refusals_on


@campaign_page(can=Capability.MANAGE_PEOPLE)
def add(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """The key is in this answer and nowhere else, ever."""
    form = TokenForm(
        request.POST or None,
        wards=campaign.wards.defer("boundary").order_by("name"),
        theirs=_capabilities(request),
        today=today(),
    )
    if form.is_valid():
        given = form.cleaned_data
        with refusals_on(form):
            token, key = issue_token(
                name=given["name"],
                organisation=campaign.organisation,
                campaign=campaign,
                capabilities=given["capabilities"],
                wards=form.reached(),
                expires_at=form.expires_at(),
                created_by=request.user,
                by=request.actor,
                at=request.business_now,
            )
            context = {"heading": "Copy the key now", "token": token, "key": key}
            return render(request, "campaigns/token_issued.html", context)
    return render(
        request, "campaigns/token.html", {"heading": "New token", "form": form}
    )


def _capabilities(request: CampaignRequest) -> list[Capability]:
    return [
        one
        for one in Capability
        if one not in PEOPLE_ALONE
        and request.actor.can(
            one,
            organisation_id=request.campaign.organisation_id,
            campaign_id=request.campaign.pk,
        )
    ]


@require_POST
@campaign_page(can=Capability.MANAGE_PEOPLE)
def revoke(request: CampaignRequest, campaign: Campaign, token: int) -> HttpResponse:
    found = get_object_or_404(tokens_of(campaign), pk=token)
    revoke_token(found, by=request.actor, at=request.business_now)
    messages.success(request, f"The token for {found} no longer works.")
    return redirect("people", campaign=campaign.slug)
