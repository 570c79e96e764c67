"""Suppliers' files of invoices: looked at line by line, loaded, and what waits."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.actions.supplier_invoice_plan import Plan, PlannedRow
from campaigns.actions.supplier_invoices import settle_row
from campaigns.forms.money_files import MOST_BYTES
from campaigns.forms.supplier_invoices import (
    ChoicesForm,
    InvoiceFileForm,
    RowFilterForm,
    SettleForm,
    order_choices,
)
from campaigns.importers.supplier_invoice_jobs import (
    SUPPLIER_FILES,
    choose_lines,
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
    orders = orders_of(campaign)
    return render(
        request,
        "campaigns/spending/supplier_invoices.html",
        {
            "heading": "Invoices from suppliers’ files",
            "filters": filters,
            "page": page,
            "rows": [(row, order_choices(orders, row.supplier)) for row in page],
            "counts": rows_in_each_state(campaign),
            **rights(request, campaign),
        },
    )


@campaign_page(can=Capability.RECORD_PAYMENTS, most_bytes=MOST_BYTES)
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
        lines = _with_choices(request, found, planned.rows) if planned else []
        return {"plan": planned, "lines": lines, **rights(request, campaign)}

    return PAGES.check(request, found, "campaigns/spending/supplier_check.html", shown)


def _planned(request: CampaignRequest, found: Job) -> Plan | None:
    """The lines as they would be loaded now, where the whole file can be read."""
    if SUPPLIER_FILES.is_readable(found, at=request.business_now):
        return what_would_be_loaded(found)
    return None


def _choices_form(
    request: CampaignRequest, found: Job, planned: list[PlannedRow], *sent: Any
) -> ChoicesForm:
    campaign = request.campaign
    return ChoicesForm(
        *sent,
        rows=planned,
        orders=orders_of(campaign),
        supplier=SUPPLIER_FILES.source_of(found),
        chosen=found.parameters["choices"],
        may_propose=rights(request, campaign)["may_propose"],
    )


def _with_choices(
    request: CampaignRequest, found: Job, planned: list[PlannedRow]
) -> list[tuple[PlannedRow, Any]]:
    """Each line with the field in which another way is chosen, if there is one."""
    form = _choices_form(request, found, planned)
    names = [f"line-{row.read.line_number}" for row in planned]
    return [
        (row, form[name] if name in form.fields else None)
        for row, name in zip(planned, names, strict=True)
    ]


@require_POST
@campaign_page(can=Capability.RECORD_PAYMENTS)
def choose(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    """Look again, with an order or a way chosen for single lines."""
    found = PAGES.job(request, job)
    planned = _planned(request, found)
    rows = planned.rows if planned else []
    form = _choices_form(request, found, rows, request.POST)
    if not form.is_valid():
        messages.error(request, "What you chose is not there any more: choose again.")
        return PAGES.to_check(request, found)
    with refusals_shown(request):
        found = choose_lines(
            found, form.choices, by=request.actor, at=request.business_now
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
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return redirect("supplier-invoices", campaign=campaign.slug)
