"""Load a register file: drop it, see what it would do, then let it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.access import jobs_for
from campaigns.forms.register import (
    MOST_BYTES,
    AbsentVotersForm,
    ColumnsForm,
    RegisterFileForm,
)
from campaigns.importers.register_checks import (
    check_with_columns,
    load_checked,
    unknown_header,
)
from campaigns.importers.register_jobs import (
    CHECK,
    start_absent_voters_import,
    start_register_import,
)
from campaigns.models import Campaign, Job, JobState
from campaigns.reports.register_copies import absent_lists_of
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, refusals_shown

SPLIT = "Where it covers several councils, send one file for each."


@campaign_page(
    can=Capability.IMPORT_REGISTER, most_bytes=MOST_BYTES, when_too_large=SPLIT
)
def upload(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = RegisterFileForm(
        request.POST or None, request.FILES or None, councils=campaign.councils.all()
    )
    if form.is_valid():
        file = form.cleaned_data["file"]
        job = start_register_import(
            file.file,
            file_name=file.name,
            organisation=campaign.organisation,
            council=form.cleaned_data["council"],
            kind=form.cleaned_data["kind"] or None,
            published_on=form.cleaned_data["published_on"],
            supply=form.supply(campaign),
            dry_run=True,
            by=request.actor,
            at=request.business_now,
        )
        return redirect("register-check", campaign=campaign.slug, job=job.pk)
    context = {"heading": "Load a register", "form": form}
    return render(request, "campaigns/register_upload.html", context)


@campaign_page(
    can=Capability.IMPORT_REGISTER, most_bytes=MOST_BYTES, when_too_large=SPLIT
)
def absent_voters(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = AbsentVotersForm(
        request.POST or None, request.FILES or None, councils=campaign.councils.all()
    )
    if form.is_valid():
        file = form.cleaned_data["file"]
        job = start_absent_voters_import(
            file.file,
            file_name=file.name,
            campaign=campaign,
            council=form.cleaned_data["council"],
            kind=form.cleaned_data["kind"],
            dated_on=form.cleaned_data["dated_on"],
            by=request.actor,
            at=request.business_now,
        )
        return redirect("job", campaign=campaign.slug, job=job.pk)
    context = {
        "heading": "Load absent voters",
        "form": form,
        "lists": absent_lists_of(campaign),
    }
    return render(request, "campaigns/absent_voters_upload.html", context)


@campaign_page(can=Capability.IMPORT_REGISTER)
def check(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    """What the file would do; or, of an unknown layout, which column is what."""
    found = _check(request, job)
    header = unknown_header(found) if found.state == JobState.FAILED else None
    form = ColumnsForm(request.POST or None, header=header) if header else None
    if form and form.is_valid():
        again = check_with_columns(
            found, form.columns(), by=request.actor, at=request.business_now
        )
        return redirect("register-check", campaign=campaign.slug, job=again.pk)
    return render(
        request,
        "campaigns/register_check.html",
        {"heading": found.title, "job": found, "form": form},
    )


@require_POST
@campaign_page(can=Capability.IMPORT_REGISTER)
def load(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    with refusals_shown(request):
        loading = load_checked(
            _check(request, job), by=request.actor, at=request.business_now
        )
        job = loading.pk
    return redirect("job", campaign=campaign.slug, job=job)


def _check(request: CampaignRequest, job: int) -> Job:
    jobs = jobs_for(
        request.actor, Capability.IMPORT_REGISTER, campaign=request.campaign
    )
    return get_object_or_404(jobs.filter(kind=CHECK), pk=job)
