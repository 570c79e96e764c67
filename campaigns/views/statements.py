"""Statements of bank accounts and cards: their lines, and loading a file of them."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.access import jobs_for
from campaigns.forms.statements import (
    MOST_BYTES,
    ColumnsForm,
    LineFilterForm,
    StatementFileForm,
)
from campaigns.importers.money_uploads import is_kept
from campaigns.importers.statement_jobs import (
    CHECK,
    LOAD,
    check_statement_again,
    load_statement,
    start_statement_check,
    what_would_be_filed,
)
from campaigns.importers.statements import COLUMNS
from campaigns.models import Campaign, Job, JobState, StatementAccount
from campaigns.reports.statement_proposals import OpenThings, with_proposals
from campaigns.reports.statements import (
    SAID,
    accounts_of,
    balance_gaps,
    payments_left,
    statement_lines,
    waiting,
)
from campaigns.roles import Capability
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    refusals_on,
    refusals_shown,
)
from campaigns.views.spending import rights

PER_PAGE = 50
PAYMENTS_SHOWN = 20
GAPS_SHOWN = 5
LINES_SHOWN = 8


@campaign_page(can=Capability.SEE_MONEY)
def statements(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """What the banks say happened, and what of it is still to be said."""
    filters = LineFilterForm(request.GET or None, campaign=campaign)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    lines = statement_lines(
        campaign,
        account=chosen.get("account"),
        state=chosen.get("state", ""),
        text=chosen.get("q", ""),
    ).prefetch_related(*SAID)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    payments = payments_left(campaign)
    return render(
        request,
        "campaigns/spending/statements.html",
        {
            "heading": "Bank and card statements",
            "filters": filters,
            "page": page,
            "lines": with_proposals(page, OpenThings(campaign)),
            "accounts": accounts_of(campaign),
            "waiting": waiting(campaign),
            "gaps": balance_gaps(campaign, most=GAPS_SHOWN),
            "unshown": payments[:PAYMENTS_SHOWN],
            "unshown_count": payments.count(),
            **rights(request, campaign),
        },
    )


@campaign_page(can=Capability.RECORD_PAYMENTS, most_bytes=MOST_BYTES)
def upload(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = StatementFileForm(
        request.POST or None, request.FILES or None, campaign=campaign
    )
    if form.is_valid():
        file = form.cleaned_data["file"]
        with refusals_on(form):
            job = start_statement_check(
                file.file,
                file_name=file.name,
                campaign=campaign,
                by=request.actor,
                at=request.business_now,
                **form.of_account,
            )
            return redirect("statement-check", campaign=campaign.slug, job=job.pk)
    context = {"heading": "Load a statement", "form": form}
    return render(request, "campaigns/spending/statement_upload.html", context)


@campaign_page(can=Capability.RECORD_PAYMENTS)
def check(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    """What the file would do, and what its columns hold; or what it did."""
    found = _job(request, job)
    form, shown = None, None
    if found.kind == CHECK and found.state == JobState.DONE:
        form = ColumnsForm(
            request.POST or None,
            columns=COLUMNS,
            header=found.result["header"],
            found=found.result["columns"],
            is_reversed=found.result["is_reversed"],
        )
        if form.is_valid():
            with refusals_on(form):
                again = check_statement_again(
                    found, form.told, by=request.actor, at=request.business_now
                )
                return redirect("statement-check", campaign=campaign.slug, job=again.pk)
        if "new" in found.result and is_kept(found, at=request.business_now):
            shown = what_would_be_filed(found, most=LINES_SHOWN)
    account = StatementAccount.objects.get(pk=found.parameters["account"])
    return render(
        request,
        "campaigns/spending/statement_check.html",
        {
            "heading": found.title,
            "job": found,
            "form": form,
            "shown": shown,
            "account": account,
        },
    )


@require_POST
@campaign_page(can=Capability.RECORD_PAYMENTS)
def load(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    with refusals_shown(request):
        loading = load_statement(
            _job(request, job), by=request.actor, at=request.business_now
        )
        job = loading.pk
    return redirect("statement-check", campaign=campaign.slug, job=job)


def _job(request: CampaignRequest, job: int) -> Job:
    campaign = request.campaign
    jobs = jobs_for(request.actor, Capability.RECORD_PAYMENTS, campaign=campaign)
    return get_object_or_404(
        jobs.select_related("organisation", "campaign__organisation"),
        pk=job,
        campaign=campaign,
        kind__in=[CHECK, LOAD],
    )
