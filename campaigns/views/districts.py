"""Polling districts whose ward is not known, or doubtful."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.actions.districts import set_ward_of_district
from campaigns.models import Campaign, Ward
from campaigns.reports.district_wards import districts_in_doubt
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, refusals_shown


@campaign_page(can=Capability.IMPORT_REGISTER)
def districts(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    return render(
        request,
        "campaigns/districts.html",
        {"heading": "Districts and wards", "doubts": districts_in_doubt(campaign)},
    )


@require_POST
@campaign_page(can=Capability.IMPORT_REGISTER)
def settle(request: CampaignRequest, campaign: Campaign, district: int) -> HttpResponse:
    doubt = next(
        (d for d in districts_in_doubt(campaign) if d.district.pk == district), None
    )
    if doubt is None:
        messages.info(request, "That district was settled already.")
        return redirect("districts", campaign=campaign.slug)
    ward = get_object_or_404(Ward, gss=request.POST.get("ward"))
    with refusals_shown(request):
        set_ward_of_district(
            doubt.district, ward=ward, by=request.actor, at=request.business_now
        )
        messages.success(request, f"{doubt.district} now lies in {ward}.")
    return redirect("districts", campaign=campaign.slug)
