"""Volunteers loaded from a table, and taken out as one."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render

from campaigns.importers.register_jobs import upload_on_disk
from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from campaigns.views.decorators import CampaignRequest, campaign_page
from volunteers.access import volunteers_for
from volunteers.exporters.people import FILE_NAME, export_volunteers
from volunteers.forms.people import FileForm, ReasonForm
from volunteers.importers.volunteers_csv import VolunteersRead, import_volunteers


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def load(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """Whoever is new is added at once; doubtful lines are told and nothing else."""
    form = FileForm(request.POST or None, request.FILES or None)
    read: VolunteersRead | None = None
    if form.is_valid():
        try:
            read = _read(request, campaign, form.cleaned_data["file"])
        except Refusal as refusal:
            form.add_error("file", refusal.message)
    context = {"heading": "Load volunteers", "form": form, "read": read}
    return render(request, "volunteers/load.html", context)


def _read(
    request: CampaignRequest, campaign: Campaign, file: UploadedFile
) -> VolunteersRead:
    with upload_on_disk(file, name=file.name or "volunteers.csv") as path:
        return import_volunteers(
            path, campaign=campaign, by=request.actor, at=request.business_now
        )


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def export(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            table = export_volunteers(
                volunteers_for(request.actor, campaign=campaign),
                campaign=campaign,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=request.business_now,
            )
        except Refusal as refusal:
            form.add_error("reason", refusal.message)
        else:
            answer = HttpResponse(table, content_type="text/csv; charset=utf-8")
            answer["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
            return answer
    context = {"heading": "Take volunteers out", "form": form}
    return render(request, "volunteers/export.html", context)
