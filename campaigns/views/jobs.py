"""Long work: what runs, what is ready, and what went wrong."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.access import files_for
from campaigns.actions.jobs import cancel_job, retry_job
from campaigns.models import Campaign, Job
from campaigns.reports.jobs import jobs_of
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page

PER_PAGE = 30


@campaign_page(can=Capability.SEE_CAMPAIGN)
def jobs(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    page = Paginator(jobs_of(campaign), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "campaigns/jobs.html", {"heading": "Jobs", "page": page})


@campaign_page(can=Capability.SEE_CAMPAIGN)
def job(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    found = get_object_or_404(jobs_of(campaign), pk=job)
    return render(
        request,
        "campaigns/job.html",
        {
            "heading": found.title,
            "job": found,
            "may_steer": _may_steer(request, found),
            "files": files_for(request.actor).filter(job=found).order_by("name"),
            "troubles": found.parts.exclude(error="").order_by("pk")[:50],
        },
    )


@campaign_page(can=Capability.SEE_CAMPAIGN)
def progress(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    """The job's lines alone, for a page that follows it."""
    found = get_object_or_404(jobs_of(campaign), pk=job)
    return render(request, "campaigns/parts/job.html", {"job": found})


@require_POST
@campaign_page(can=Capability.SEE_CAMPAIGN)
def cancel(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    found = _steered(request, campaign, job)
    if not cancel_job(found, by=request.actor, at=request.business_now):
        messages.info(request, "It had already ended.")
    return redirect("job", campaign=campaign.slug, job=job)


@require_POST
@campaign_page(can=Capability.SEE_CAMPAIGN)
def retry(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    found = _steered(request, campaign, job)
    if not retry_job(found, by=request.actor, at=request.business_now):
        messages.info(request, "There is nothing to try again.")
    return redirect("job", campaign=campaign.slug, job=job)


def _steered(request: CampaignRequest, campaign: Campaign, job: int) -> Job:
    """A job that they may stop or start again; any other does not exist."""
    found = get_object_or_404(jobs_of(campaign), pk=job)
    if not _may_steer(request, found):
        raise Http404
    return found


def _may_steer(request: CampaignRequest, job: Job) -> bool:
    """Who asked for it, and organisers."""
    asked_for_it = (job.by_kind, job.by_id) == (request.actor.kind, request.actor.id)
    return asked_for_it or request.actor.can(
        Capability.MANAGE_CAMPAIGN,
        organisation_id=job.organisation_id,
        campaign_id=request.campaign.pk,
    )
