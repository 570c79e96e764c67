"""Suppliers' files of invoices: looked at line by line, loaded, and what waits."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.access import jobs_for
from campaigns.actions.supplier_invoice_plan import Plan, PlannedRow
from campaigns.actions.supplier_invoices import settle_row
from campaigns.forms.statements import MOST_BYTES, ColumnsForm
from campaigns.forms.supplier_invoices import (
    ChoicesForm,
    InvoiceFileForm,
    RowFilterForm,
    SettleForm,
    order_choices,
)
from campaigns.importers.money_uploads import is_kept
from campaigns.importers.supplier_invoice_jobs import (
    CHECK,
    LOAD,
    check_invoices_again,
    load_invoices,
    start_invoices_check,
    supplier_of,
    what_would_be_loaded,
)
from campaigns.importers.supplier_invoices import COLUMNS
from campaigns.models import Campaign, Job, JobState
from campaigns.reports.open_orders import orders_of
from campaigns.reports.supplier_invoices import invoice_rows, rows_in_each_state
from campaigns.roles import Capability
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    carried_out,
    refusals_on,
    refusals_shown,
)
from campaigns.views.spending import rights

PER_PAGE = 50


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
        campaign=campaign,
        today=request.business_now.date(),
    )
    if form.is_valid():
        file = form.cleaned_data["file"]
        with refusals_on(form):
            job = start_invoices_check(
                file.file,
                file_name=file.name,
                campaign=campaign,
                by=request.actor,
                at=request.business_now,
                **form.told,
            )
            return _to_check(campaign, job)
    context = {"heading": "Load a supplier’s invoices", "form": form}
    return render(request, "campaigns/spending/supplier_upload.html", context)


@campaign_page(can=Capability.RECORD_PAYMENTS)
def check(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    """What the file would do line by line, and what its columns hold."""
    found = _job(request, job)
    form = _columns_form(request, found)
    if form is not None and form.is_valid():
        with refusals_on(form):
            again = check_invoices_again(
                found, told=form.told, by=request.actor, at=request.business_now
            )
            return _to_check(campaign, again)
    planned = _planned(request, found)
    return render(
        request,
        "campaigns/spending/supplier_check.html",
        {
            "heading": found.title,
            "job": found,
            "form": form,
            "plan": planned,
            "lines": _with_choices(request, found, planned.rows) if planned else [],
            "supplier": supplier_of(found),
            **rights(request, campaign),
        },
    )


def _columns_form(request: CampaignRequest, found: Job) -> ColumnsForm | None:
    if found.kind != CHECK or found.state != JobState.DONE:
        return None
    return ColumnsForm(
        request.POST or None,
        columns=COLUMNS,
        header=found.result["header"],
        found=found.result["columns"],
    )


def _planned(request: CampaignRequest, found: Job) -> Plan | None:
    """The lines as they would be loaded now, where the whole file can be read."""
    readable = found.kind == CHECK and "counts" in (found.result or {})
    if readable and is_kept(found, at=request.business_now):
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
        supplier=supplier_of(found),
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
    found = _job(request, job)
    planned = _planned(request, found)
    rows = planned.rows if planned else []
    form = _choices_form(request, found, rows, request.POST)
    if not form.is_valid():
        messages.error(request, "What you chose is not there any more: choose again.")
        return _to_check(campaign, found)
    with refusals_shown(request):
        found = check_invoices_again(
            found, choices=form.choices, by=request.actor, at=request.business_now
        )
    return _to_check(campaign, found)


@require_POST
@campaign_page(can=Capability.RECORD_PAYMENTS)
def load(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    found = _job(request, job)
    with refusals_shown(request):
        found = load_invoices(found, by=request.actor, at=request.business_now)
    return _to_check(campaign, found)


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


def _to_check(campaign: Campaign, job: Job) -> HttpResponse:
    return redirect("supplier-invoices-check", campaign=campaign.slug, job=job.pk)


def _job(request: CampaignRequest, job: int) -> Job:
    campaign = request.campaign
    jobs = jobs_for(request.actor, Capability.RECORD_PAYMENTS, campaign=campaign)
    return get_object_or_404(
        jobs.select_related("organisation", "campaign__organisation"),
        pk=job,
        campaign=campaign,
        kind__in=[CHECK, LOAD],
    )
