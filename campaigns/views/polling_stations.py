"""Polling stations of the campaign's election: which are known, and a file of them."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render

from campaigns.forms.register import CouncilFileForm
from campaigns.importers.polling_stations import StationsRead, import_polling_stations
from campaigns.importers.register_jobs import upload_on_disk
from campaigns.models import Campaign, Council
from campaigns.reports.polling_stations import stations_of_councils
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from campaigns.views.decorators import CampaignRequest, campaign_page

CODES_NAMED = 10


@campaign_page(can=Capability.IMPORT_REGISTER)
def stations(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """Council by council, with the districts of which no station is known."""
    councils = campaign.councils.order_by("name")
    form = CouncilFileForm(
        request.POST or None, request.FILES or None, councils=councils
    )
    if form.is_valid():
        try:
            read = _read_file(request, campaign, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("file", refusal.message)
        else:
            messages.success(request, said_of(read))
            return redirect("polling-stations", campaign=campaign.slug)
    known = stations_of_councils(
        list(councils),
        organisation=campaign.organisation,
        election=campaign.election,
    )
    return render(
        request,
        "campaigns/polling_stations.html",
        {"heading": "Polling stations", "councils": known, "form": form},
    )


def _read_file(
    request: CampaignRequest,
    campaign: Campaign,
    *,
    file: UploadedFile,
    council: Council,
) -> StationsRead:
    with upload_on_disk(file, name=file.name or "stations.csv") as path:
        return import_polling_stations(
            path,
            organisation=campaign.organisation,
            election=campaign.election,
            council=council,
            by=request.actor,
            at=request.business_now,
        )


def said_of(read: StationsRead) -> str:
    told = (
        f"{read.layout} file. Stations: {read.stations:,}."
        f" Polling districts that have one: {read.districts:,}."
    )
    if read.split:
        codes = ", ".join(read.split[:CODES_NAMED])
        told += f" The homes of {codes} do not agree on one, so none was taken."
    return told
