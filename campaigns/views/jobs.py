"""Long work: what runs, what is ready, and what went wrong."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from campaigns.access import files_for, jobs_for
from campaigns.actions.files import still_kept
from campaigns.actions.jobs import cancel_job, retry_job
from campaigns.models import Campaign, Job
from campaigns.roles import Capability
from campaigns.views import statements, supplier_invoices
from campaigns.views.decorators import CampaignRequest, campaign_page

PER_PAGE = 30
MONEY_FILES = {
    kind: pages.check_at
    for pages in (statements.PAGES, supplier_invoices.PAGES)
    for kind in pages.kinds
}


@campaign_page(can=Capability.SEE_CAMPAIGN)
def jobs(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    page = Paginator(_jobs(request), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "campaigns/jobs.html", {"heading": "Jobs", "page": page})


@campaign_page(can=Capability.SEE_CAMPAIGN)
def job(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    found = get_object_or_404(_jobs(request), pk=job)
    return render(
        request,
        "campaigns/job.html",
        {
            "heading": found.title,
            "job": found,
            "may_steer": _may_steer(request, found),
            "looked_at": _looked_at(request, found),
            "files": still_kept(
                files_for(request.actor).filter(job=found), at=request.business_now
            ),
            "troubles": found.parts.exclude(error="").order_by("pk")[:50],
        },
    )


@campaign_page(can=Capability.SEE_CAMPAIGN)
def progress(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    """The job's lines alone, for a page that follows it."""
    found = get_object_or_404(_jobs(request), pk=job)
    return render(request, "campaigns/parts/job.html", {"job": found})


@require_POST
@campaign_page(can=Capability.SEE_CAMPAIGN)
def cancel(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    return _steer(request, job, cancel_job, already="It had already ended.")


@require_POST
@campaign_page(can=Capability.SEE_CAMPAIGN)
def retry(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    return _steer(request, job, retry_job, already="There is nothing to try again.")


def _jobs(request: CampaignRequest) -> QuerySet[Job]:
    return jobs_for(request.actor, Capability.SEE_CAMPAIGN, campaign=request.campaign)


def _looked_at(request: CampaignRequest, job: Job) -> str:
    """The page of its own that a file about money has, for whoever may open that."""
    campaign = request.campaign
    may_pay = request.actor.can(
        Capability.RECORD_PAYMENTS,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
    )
    address = MONEY_FILES.get(job.kind)
    if not (may_pay and address):
        return ""
    return reverse(address, kwargs={"campaign": campaign.slug, "job": job.pk})


def _steer(
    request: CampaignRequest, job: int, act: Callable[..., bool], *, already: str
) -> HttpResponse:
    found = get_object_or_404(_jobs(request), pk=job)
    if not _may_steer(request, found):
        messages.error(request, "That is for who asked for it, and for organisers.")
    elif not act(found, by=request.actor, at=request.business_now):
        messages.info(request, already)
    return redirect("job", campaign=request.campaign.slug, job=job)


def _may_steer(request: CampaignRequest, job: Job) -> bool:
    """Who asked for it, and organisers."""
    asked_for_it = (job.by_kind, job.by_id) == (request.actor.kind, request.actor.id)
    return asked_for_it or request.actor.can(
        Capability.MANAGE_CAMPAIGN,
        organisation_id=job.organisation_id,
        campaign_id=request.campaign.pk,
    )
