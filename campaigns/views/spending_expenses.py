"""Expenses: the table, proposing one, and the page on which one is settled."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.actions.expense_commitments import commit_expense
from campaigns.actions.expense_payments import (
    record_invoice,
    record_payment,
    void_invoice,
    void_payment,
)
from campaigns.actions.expenses import propose_expense, void_expense
from campaigns.forms.expenses import (
    CommitForm,
    ExpenseFilterForm,
    ExpenseForm,
    ExpensePartsForm,
    InvoiceForm,
    PaymentForm,
    ReasonForm,
)
from campaigns.models import Campaign, Expense, Invoice, Payment
from campaigns.reports.campaign_period import campaign_period
from campaigns.reports.counted_expenses import CountedExpense, expenses_of, line_of
from campaigns.reports.expense_table import expense_table, invoices_of
from campaigns.reports.spending_authorities import authorities_of
from campaigns.reports.spending_position import spending_position
from campaigns.reports.what_if import Afterwards, afterwards
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from campaigns.views.decorators import CampaignRequest, campaign_page
from campaigns.views.spending import rights

PER_PAGE = 40


@campaign_page(can=Capability.SEE_MONEY)
def expenses(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    filters = ExpenseFilterForm(request.GET or None)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    found = expense_table(
        campaign,
        text=chosen.get("q", ""),
        state=chosen.get("state", ""),
        category=chosen.get("category", ""),
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    period = campaign_period(campaign).period
    return render(
        request,
        "campaigns/spending/expenses.html",
        {
            "heading": "Expenses",
            "filters": filters,
            "page": page,
            "lines": [line_of(expense, campaign, period) for expense in page],
            **rights(request, campaign),
        },
    )


@campaign_page(can=Capability.PROPOSE_EXPENSE)
def propose(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    today = request.business_now.date()
    first = {
        "incurred_on": today,
        "used_from": today,
        "used_until": campaign.election.poll_on,
        **request.GET.dict(),
    }
    form = ExpenseForm(request.POST or None, initial=first)
    parts = ExpensePartsForm(request.POST or None, campaign=campaign)
    if request.method == "POST" and form.is_valid() and parts.is_valid():
        try:
            made = propose_expense(
                campaign=campaign,
                inside=parts.inside,
                shares=parts.shares,
                by=request.actor,
                at=request.business_now,
                **form.cleaned_data,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "It is before the agent.")
            return redirect("expense", campaign=campaign.slug, expense=made.pk)
    return render(
        request,
        "campaigns/spending/propose.html",
        {"heading": "Propose an expense", "form": form, "parts": parts},
    )


@campaign_page(can=Capability.SEE_MONEY)
def expense(request: CampaignRequest, campaign: Campaign, expense: int) -> HttpResponse:
    found = get_object_or_404(expenses_of(campaign), pk=expense)
    return _page(request, campaign, found)


def _page(
    request: CampaignRequest, campaign: Campaign, found: Expense, **bound: forms.Form
) -> HttpResponse:
    """The expense with a form for each thing this person may do with it.

    `bound` holds the one form that was sent and has mistakes.
    """
    today = request.business_now.date()
    line = line_of(found, campaign, campaign_period(campaign).period)
    held = authorities_of(request.user, campaign, on=today)
    day = {"dated_on": today, "received_on": today}
    context: dict[str, Any] = {
        "heading": found.description,
        "line": line,
        "then": _then(request, campaign, line),
        "invoices": (papers := invoices_of(found)),
        "all_invoiced": any(paper.is_last for paper in papers),
        "authority": held[0] if held else None,
        "commit_form": CommitForm(),
        "void_form": ReasonForm(),
        "invoice_form": InvoiceForm(initial=day),
        "payment_form": PaymentForm(initial={"paid_on": today}),
        **rights(request, campaign),
        **bound,
    }
    status = 400 if bound else 200
    return render(request, "campaigns/spending/expense.html", context, status=status)


def _then(
    request: CampaignRequest, campaign: Campaign, line: CountedExpense
) -> Afterwards | None:
    """What committing it would do, while it is only proposed."""
    if not line.is_proposed:
        return None
    position = spending_position(campaign, at=request.business_now)
    return afterwards(position, line.counted, was_proposed=True)


def _do(
    request: CampaignRequest,
    campaign: Campaign,
    found: Expense,
    *,
    form: forms.Form,
    name: str,
    action: Callable[..., object],
    done: str,
) -> HttpResponse:
    """Do one thing with an expense, or show the page again with what is wrong."""
    if form.is_valid():
        try:
            action(by=request.actor, at=request.business_now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, done)
            return redirect("expense", campaign=campaign.slug, expense=found.pk)
    return _page(request, campaign, found, **{name: form})


@require_POST
@campaign_page(can=Capability.SEE_MONEY)
def commit(request: CampaignRequest, campaign: Campaign, expense: int) -> HttpResponse:
    """The action decides who may: the agent, or somebody with a written authority."""
    found = get_object_or_404(expenses_of(campaign), campaign=campaign, pk=expense)
    held = authorities_of(request.user, campaign, on=request.business_now.date())
    authority = held[0].authority if held else None

    def action(**named: Any) -> object:
        return commit_expense(found, authority=authority, **named)

    return _do(
        request,
        campaign,
        found,
        form=CommitForm(request.POST),
        name="commit_form",
        action=action,
        done="It is committed and counts.",
    )


@require_POST
@campaign_page(can=Capability.PROPOSE_EXPENSE)
def void(request: CampaignRequest, campaign: Campaign, expense: int) -> HttpResponse:
    found = get_object_or_404(expenses_of(campaign), campaign=campaign, pk=expense)
    return _do(
        request,
        campaign,
        found,
        form=ReasonForm(request.POST),
        name="void_form",
        action=lambda **named: void_expense(found, **named),
        done="It is voided; the row and its reason stay.",
    )


@require_POST
@campaign_page(can=Capability.RECORD_PAYMENTS)
def invoice(request: CampaignRequest, campaign: Campaign, expense: int) -> HttpResponse:
    found = get_object_or_404(expenses_of(campaign), campaign=campaign, pk=expense)
    return _do(
        request,
        campaign,
        found,
        form=InvoiceForm(request.POST),
        name="invoice_form",
        action=lambda **named: record_invoice(expense=found, **named),
        done="The invoice is filed.",
    )


@require_POST
@campaign_page(can=Capability.RECORD_PAYMENTS)
def invoice_void(
    request: CampaignRequest, campaign: Campaign, invoice: int
) -> HttpResponse:
    bill = _bill(campaign, invoice)
    return _do(
        request,
        campaign,
        expenses_of(campaign).get(pk=bill.expense_id),
        form=ReasonForm(request.POST),
        name="void_form",
        action=lambda **named: void_invoice(bill, **named),
        done="The invoice is voided.",
    )


@require_POST
@campaign_page(can=Capability.RECORD_PAYMENTS)
def payment(request: CampaignRequest, campaign: Campaign, invoice: int) -> HttpResponse:
    bill = _bill(campaign, invoice)
    return _do(
        request,
        campaign,
        expenses_of(campaign).get(pk=bill.expense_id),
        form=PaymentForm(request.POST),
        name="payment_form",
        action=lambda **named: record_payment(invoice=bill, **named),
        done="The payment is filed.",
    )


@require_POST
@campaign_page(can=Capability.RECORD_PAYMENTS)
def payment_void(
    request: CampaignRequest, campaign: Campaign, payment: int
) -> HttpResponse:
    paid = get_object_or_404(
        Payment.objects.select_related("invoice__expense"),
        organisation_id=campaign.organisation_id,
        invoice__expense__campaign=campaign,
        pk=payment,
    )
    return _do(
        request,
        campaign,
        expenses_of(campaign).get(pk=paid.invoice.expense_id),
        form=ReasonForm(request.POST),
        name="void_form",
        action=lambda **named: void_payment(paid, **named),
        done="The payment is voided.",
    )


def _bill(campaign: Campaign, invoice: int) -> Invoice:
    return get_object_or_404(
        Invoice.objects.select_related("expense__campaign"),
        organisation_id=campaign.organisation_id,
        expense__campaign=campaign,
        pk=invoice,
    )
