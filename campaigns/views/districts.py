"""Polling districts and the wards they lie in: told by a file, or put right by hand."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.actions.districts import set_ward_of_district
from campaigns.forms.register import CouncilFileForm
from campaigns.importers.districts import DistrictsRead, import_districts
from campaigns.importers.register_jobs import upload_on_disk
from campaigns.models import Campaign, Council, Ward
from campaigns.reports.district_wards import (
    districts_in_doubt,
    districts_named,
    districts_of,
)
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from campaigns.views.decorators import CampaignRequest, campaign_page, refusals_shown


@campaign_page(can=Capability.IMPORT_REGISTER)
def districts(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """Those in doubt, or those whose code was asked for; and a file that tells all."""
    form = CouncilFileForm(
        request.POST or None, request.FILES or None, councils=campaign.councils.all()
    )
    if form.is_valid():
        try:
            read = _read_file(request, campaign, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("file", refusal.message)
        else:
            messages.success(request, said_of(read))
            return redirect("districts", campaign=campaign.slug)
    code = request.GET.get("code", "").strip()
    found = districts_named(campaign, code) if code else districts_in_doubt(campaign)
    return render(
        request,
        "campaigns/districts.html",
        {
            "heading": "Districts and wards",
            "districts": found,
            "code": code,
            "form": form,
        },
    )


@require_POST
@campaign_page(can=Capability.IMPORT_REGISTER)
def settle(request: CampaignRequest, campaign: Campaign, district: int) -> HttpResponse:
    found = get_object_or_404(districts_of(campaign), pk=district)
    ward = Ward.objects.filter(gss=request.POST.get("ward", "")).first()
    if ward is None:
        messages.error(request, f"Choose the ward in which {found} lies.")
        return redirect("districts", campaign=campaign.slug)
    with refusals_shown(request):
        set_ward_of_district(
            found, ward=ward, by=request.actor, at=request.business_now
        )
        messages.success(request, f"{found} now lies in {ward}.")
    return redirect("districts", campaign=campaign.slug)


def _read_file(
    request: CampaignRequest,
    campaign: Campaign,
    *,
    file: UploadedFile,
    council: Council,
) -> DistrictsRead:
    with upload_on_disk(file, name=file.name or "districts.csv") as path:
        return import_districts(
            path,
            organisation=campaign.organisation,
            council=council,
            by=request.actor,
            at=request.business_now,
        )


def said_of(read: DistrictsRead) -> str:
    told = f"Districts read: {read.read:,}. Put into another ward: {read.changed:,}."
    if read.unknown:
        codes = ", ".join(sorted(read.unknown)[:10])
        told += f" The ward of {codes} has a name that nobody knows."
    return told
