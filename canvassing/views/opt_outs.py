"""Who asked not to be contacted: the list, loaded from a file and taken away as one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.access import jobs_for
from campaigns.models import Campaign, Job
from campaigns.roles import Capability
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    carried_out,
    refusals_shown,
)
from canvassing.actions.exports import ask_for_opt_outs
from canvassing.forms.opt_outs import OptOutsFileForm, OptOutsForm
from canvassing.forms.phone_banks import MOST_BYTES
from canvassing.importers.checked_files import OPT_OUTS, load_checked, start_check
from canvassing.importers.opt_outs_csv import Terms
from canvassing.reports.opt_outs import opt_outs_within

PER_PAGE = 100


@campaign_page(can=Capability.SEE_ELECTORS)
def opt_outs(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    found = opt_outs_within(by=request.actor, campaign=campaign)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "canvassing/opt_outs.html",
        {
            "heading": "Do not contact",
            "rows": page,
            "page": page,
            "form": OptOutsFileForm(),
            "may_manage": _may(request, Capability.MANAGE_CAMPAIGN),
            "may_export": _may(request, Capability.EXPORT_ELECTORS),
        },
    )


@require_POST
@campaign_page(can=Capability.EXPORT_ELECTORS)
def opt_outs_file(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """Start making the table; the job's page then has it."""
    form = OptOutsFileForm(request.POST)
    if job := carried_out(request, form, ask_for_opt_outs, campaign=campaign):
        return redirect("job", campaign=campaign.slug, job=job.pk)
    for sentences in form.errors.values():
        messages.error(request, " ".join(map(str, sentences)))
    return redirect("opt-outs", campaign=campaign.slug)


@campaign_page(can=Capability.MANAGE_CAMPAIGN, most_bytes=MOST_BYTES)
def upload(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = OptOutsForm(request.POST or None, request.FILES or None, campaign=campaign)
    if form.is_valid():
        typed = form.cleaned_data
        job = start_check(
            OPT_OUTS,
            typed["file"].file,
            file_name=typed["file"].name,
            campaign=campaign,
            council=typed["council"],
            terms=Terms(typed["source"], for_good=typed["for_good"]),
            by=request.actor,
            at=request.business_now,
        )
        return redirect("opt-outs-check", campaign=campaign.slug, job=job.pk)
    context = {"heading": "Load a do-not-contact list", "form": form}
    return render(request, "canvassing/opt_outs_upload.html", context)


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def check(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    """What the file would do, or what it did."""
    found = _job(request, job)
    context = {
        "heading": found.title,
        "job": found,
        "is_check": found.kind == OPT_OUTS.check,
    }
    return render(request, "canvassing/opt_outs_check.html", context)


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def load(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    with refusals_shown(request):
        loading = load_checked(
            OPT_OUTS, _job(request, job), by=request.actor, at=request.business_now
        )
        job = loading.pk
    return redirect("opt-outs-check", campaign=campaign.slug, job=job)


def _job(request: CampaignRequest, job: int) -> Job:
    campaign = request.campaign
    jobs = jobs_for(request.actor, Capability.MANAGE_CAMPAIGN, campaign=campaign)
    return get_object_or_404(jobs, pk=job, campaign=campaign, kind__in=OPT_OUTS.kinds)


def _may(request: CampaignRequest, capability: Capability) -> bool:
    return request.actor.can(
        capability,
        organisation_id=request.campaign.organisation_id,
        campaign_id=request.campaign.pk,
    )
