"""Volunteers loaded from a table or asked by a worker, and taken out as a table."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from campaigns.access import jobs_for
from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from campaigns.views.decorators import CampaignRequest, campaign_page
from volunteers.access import CAN, volunteers_for
from volunteers.actions import asking
from volunteers.exporters.people import FILE_NAME, export_volunteers
from volunteers.forms.people import FileForm, ReasonForm
from volunteers.importers import volunteer_jobs
from volunteers.importers.volunteer_jobs import start_loading
from volunteers.views.people import runs_campaign


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def load(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """Whoever is new is added by a worker; the page of its job says how far it is."""
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        job = start_loading(
            file.file,
            file_name=file.name,
            campaign=campaign,
            by=request.actor,
            at=request.business_now,
        )
        return redirect("volunteers-job", campaign=campaign.slug, job=job.pk)
    context = {"heading": "Load volunteers", "form": form}
    return render(request, "volunteers/load.html", context)


@campaign_page(can=CAN)
def job(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    """How far the asking or the loading is, and what came of it."""
    theirs = jobs_for(request.actor, CAN, campaign=campaign)
    kinds = [asking.JOB_KIND, volunteer_jobs.JOB_KIND]
    found = get_object_or_404(theirs, pk=job, campaign=campaign, kind__in=kinds)
    context = {
        "heading": found.title,
        "job": found,
        "is_load": found.kind == volunteer_jobs.JOB_KIND,
        "runs_campaign": runs_campaign(request),
    }
    return render(request, "volunteers/job.html", context)


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
