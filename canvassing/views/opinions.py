"""On an elector's page: whether we may keep what they think."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, refusals_shown
from canvassing.actions.opinions import (
    Objection,
    allow_views,
    note_consent,
    object_to_views,
    withdraw_consents,
)
from canvassing.models import Channel
from canvassing.reports.opinions import consent_of, objections_of
from canvassing.views.electors import standing_or_404


@require_POST
@campaign_page(can=Capability.SEE_ELECTORS)
def views(request: CampaignRequest, campaign: Campaign, elector: int) -> HttpResponse:
    """They do not want their views recorded, or no longer mind."""
    found = standing_or_404(request, campaign, elector).elector
    by, at = request.actor, request.business_now
    with refusals_shown(request):
        if objections_of(found).exists():
            allow_views(found, reason=request.POST.get("reason", ""), by=by, at=at)
            messages.success(request, "Their views may be recorded again.")
        else:
            object_to_views(
                [Objection(found.pk, at)],
                organisation_id=campaign.organisation_id,
                by=by,
                at=at,
            )
            messages.success(request, "Noted: nothing of their views is kept or shown.")
    return redirect("elector", campaign=campaign.slug, elector=elector)


@require_POST
@campaign_page(can=Capability.SEE_ELECTORS)
def consent(request: CampaignRequest, campaign: Campaign, elector: int) -> HttpResponse:
    """They agree that we keep what they think, or take it back."""
    found = standing_or_404(request, campaign, elector).elector
    by, at = request.actor, request.business_now
    with refusals_shown(request):
        if consent_of(found):
            withdraw_consents(found, by=by, at=at)
            messages.success(request, "What was kept of their views is erased.")
        else:
            note_consent(found, channel=Channel.DOOR, by=by, at=at, campaign=campaign)
            messages.success(request, "Their consent is kept with its wording.")
    return redirect("elector", campaign=campaign.slug, elector=elector)
