"""Load another tool's contacts: drop the file, see what it would do, then let it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.access import jobs_for
from campaigns.forms.register import MOST_BYTES
from campaigns.models import Campaign, Job, JobState
from campaigns.roles import Capability
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    refusals_on,
    refusals_shown,
)
from canvassing.forms.contact_files import ContactsFileForm, MappingForm
from canvassing.importers.contact_jobs import (
    CHECK,
    LOAD,
    check_with_mapping,
    load_contacts,
    start_contacts_check,
)


@campaign_page(can=Capability.MANAGE_CAMPAIGN, most_bytes=MOST_BYTES)
def upload(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = ContactsFileForm(
        request.POST or None, request.FILES or None, campaign=campaign
    )
    if form.is_valid():
        file = form.cleaned_data["file"]
        job = start_contacts_check(
            file.file,
            file_name=file.name,
            campaign=campaign,
            council=form.cleaned_data["council"],
            edition=form.cleaned_data["edition"],
            by=request.actor,
            at=request.business_now,
        )
        return redirect("contacts-check", campaign=campaign.slug, job=job.pk)
    context = {"heading": "Load contacts", "form": form}
    return render(request, "canvassing/contacts_upload.html", context)


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def check(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    """What the file would do, and what its columns and codes mean; or what it did."""
    found = _job(request, job)
    form = None
    if found.kind == CHECK and found.state == JobState.DONE:
        form = MappingForm(request.POST or None, check=found.result, campaign=campaign)
        if form.is_valid():
            with refusals_on(form):
                again = check_with_mapping(
                    found, form.told, by=request.actor, at=request.business_now
                )
                return redirect("contacts-check", campaign=campaign.slug, job=again.pk)
    context = {"heading": found.title, "job": found, "form": form}
    return render(request, "canvassing/contacts_check.html", context)


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def load(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    with refusals_shown(request):
        loading = load_contacts(
            _job(request, job), by=request.actor, at=request.business_now
        )
        job = loading.pk
    return redirect("contacts-check", campaign=campaign.slug, job=job)


def _job(request: CampaignRequest, job: int) -> Job:
    campaign = request.campaign
    jobs = jobs_for(request.actor, Capability.MANAGE_CAMPAIGN, campaign=campaign)
    kinds = [CHECK, LOAD]
    return get_object_or_404(jobs, pk=job, campaign=campaign, kind__in=kinds)
