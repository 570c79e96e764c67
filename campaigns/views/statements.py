"""Statements of bank accounts and cards: their lines, and loading a file of them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from campaigns.forms.money_files import MOST_BYTES
from campaigns.forms.statements import LineFilterForm, StatementFileForm
from campaigns.importers.statement_jobs import (
    STATEMENT_FILES,
    start_statement_check,
    what_would_be_filed,
)
from campaigns.models import Campaign
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
from campaigns.views.decorators import CampaignRequest, campaign_page
from campaigns.views.money_files import MoneyFilePages
from campaigns.views.spending import rights

PER_PAGE = 50
PAYMENTS_SHOWN = 20
GAPS_SHOWN = 5
LINES_SHOWN = 8
SPLIT = (
    "Have your bank give you fewer days at once: files may overlap, and a line that is "
    "here already is not loaded again."
)
PAGES = MoneyFilePages(
    STATEMENT_FILES, "statements", "Statements", "statement-upload", "statement-check"
)


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


@campaign_page(
    can=Capability.RECORD_PAYMENTS, most_bytes=MOST_BYTES, when_too_large=SPLIT
)
def upload(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = StatementFileForm(
        request.POST or None,
        request.FILES or None,
        sources=STATEMENT_FILES.sources_in(campaign),
    )
    return PAGES.upload(
        request,
        form,
        start_statement_check,
        heading="Load a statement",
        lead="The statement of a bank account or a card, as CSV or Excel. You first "
        "see what would be loaded. A line that is here already is not loaded again, "
        "so files may overlap.",
        button="See what would be loaded",
    )


@campaign_page(can=Capability.RECORD_PAYMENTS)
def check(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    found = PAGES.job(request, job)

    def shown() -> dict[str, Any]:
        if not STATEMENT_FILES.is_readable(found, at=request.business_now):
            return {}
        return {"shown": what_would_be_filed(found, most=LINES_SHOWN)}

    return PAGES.check(request, found, "campaigns/spending/statement_check.html", shown)


@require_POST
@campaign_page(can=Capability.RECORD_PAYMENTS)
def load(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    return PAGES.load(request, job)
