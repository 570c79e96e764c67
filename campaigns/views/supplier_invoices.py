"""Suppliers' files of invoices: looked at line by line, loaded, and what waits."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.actions.supplier_invoice_plan import Outcome, Plan, PlannedRow
from campaigns.actions.supplier_invoices import settle_row
from campaigns.forms.money_files import MOST_BYTES
from campaigns.forms.supplier_invoices import (
    ChoicesForm,
    InvoiceFileForm,
    RowFilterForm,
    SettleForm,
)
from campaigns.importers.supplier_invoice_jobs import (
    SUPPLIER_FILES,
    look_at_invoices_again,
    start_invoices_check,
    what_would_be_loaded,
)
from campaigns.models import Campaign, Job
from campaigns.reports.open_orders import orders_of
from campaigns.reports.supplier_invoices import invoice_rows, rows_in_each_state
from campaigns.roles import Capability
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    carried_out,
    refusals_shown,
)
from campaigns.views.money_files import MoneyFilePages
from campaigns.views.spending import rights

PER_PAGE = 50
LINES_PER_PAGE = 100
SPLIT = (
    "Send the invoices in several files: one that is here already is not loaded again."
)
PAGES = MoneyFilePages(
    SUPPLIER_FILES,
    "supplier-invoices",
    "Suppliers’ invoices",
    "supplier-invoices-upload",
    "supplier-invoices-check",
)


@campaign_page(can=Capability.SEE_MONEY)
def rows(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """What suppliers' files brought, and what of it is not filed yet."""
    filters = RowFilterForm(request.GET or None, campaign=campaign)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    found = invoice_rows(
        campaign,
        supplier=chosen.get("supplier"),
        state=chosen.get("state", ""),
        text=chosen.get("q", ""),
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "campaigns/spending/supplier_invoices.html",
        {
            "heading": "Invoices from suppliers’ files",
            "filters": filters,
            "page": page,
            "orders": [order for order in orders_of(campaign) if order.is_open],
            "counts": rows_in_each_state(campaign),
            **rights(request, campaign),
        },
    )


@campaign_page(
    can=Capability.RECORD_PAYMENTS, most_bytes=MOST_BYTES, when_too_large=SPLIT
)
def upload(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = InvoiceFileForm(
        request.POST or None,
        request.FILES or None,
        sources=SUPPLIER_FILES.sources_in(campaign),
        initial={"received_on": request.business_now.date()},
    )
    return PAGES.upload(
        request,
        form,
        start_invoices_check,
        heading="Load a supplier’s invoices",
        lead="The invoices of one supplier as a table, CSV or Excel, with one row for "
        "each invoice. You first see line by line what would happen. An invoice that "
        "is here already is not loaded again, so files may overlap.",
        button="See what would happen",
    )


@campaign_page(can=Capability.RECORD_PAYMENTS)
def check(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    """What the file would do line by line, and what its columns hold."""
    found = PAGES.job(request, job)

    def shown() -> dict[str, Any]:
        planned = _planned(request, found)
        page = Paginator(_undecided_first(planned), LINES_PER_PAGE).get_page(
            request.GET.get("page")
        )
        return {
            "plan": planned,
            "page": page,
            "choices": _choices_form(request, found, list(page)) if planned else None,
            **rights(request, campaign),
        }

    return PAGES.check(request, found, "campaigns/spending/supplier_check.html", shown)


def _undecided_first(planned: Plan | None) -> list[PlannedRow]:
    """What keeps the file from being loaded, then the others as they stand in it."""
    rows = planned.rows if planned else []
    return sorted(rows, key=lambda row: row.outcome is not Outcome.CHOOSE)


def _planned(request: CampaignRequest, found: Job) -> Plan | None:
    """The lines as they would be loaded now, where the whole file can be read."""
    if SUPPLIER_FILES.is_readable(found, at=request.business_now):
        return what_would_be_loaded(found)
    return None


def _choices_form(
    request: CampaignRequest, found: Job, planned: Sequence[PlannedRow], *sent: Any
) -> ChoicesForm:
    supplier = SUPPLIER_FILES.source_of(found)
    return ChoicesForm(
        *sent,
        rows=planned,
        orders=orders_of(supplier.campaign),
        supplier=supplier,
        told=found.parameters,
        may_propose=rights(request, request.campaign)["may_propose"],
    )


@require_POST
@campaign_page(can=Capability.RECORD_PAYMENTS)
def choose(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    """Look again, with what was chosen for single lines and the days of use."""
    found = PAGES.job(request, job)
    planned = _planned(request, found)
    rows = [
        row
        for row in (planned.rows if planned else [])
        if f"line-{row.read.line_number}" in request.POST
    ]
    form = _choices_form(request, found, rows, request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return PAGES.to_check(request, found)
    with refusals_shown(request):
        found = look_at_invoices_again(
            found,
            choices=form.choices,
            days=form.days if "used_from" in request.POST else None,
            by=request.actor,
            at=request.business_now,
        )
    return PAGES.to_check(request, found)


@require_POST
@campaign_page(can=Capability.RECORD_PAYMENTS)
def load(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    return PAGES.load(request, job)


@require_POST
@campaign_page(can=Capability.RECORD_PAYMENTS)
def settle(request: CampaignRequest, campaign: Campaign, row: int) -> HttpResponse:
    """File what waited."""
    found = get_object_or_404(invoice_rows(campaign), pk=row)
    form = SettleForm(request.POST, campaign=campaign)
    if carried_out(request, form, settle_row, row=found):
        messages.success(request, f"{found.number} is filed.")
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    return redirect("supplier-invoices", campaign=campaign.slug)
