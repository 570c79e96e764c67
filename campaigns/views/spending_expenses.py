"""Expenses: the table, proposing one, and the page on which one is committed."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from campaigns.actions.expense_commitments import commit_expense
from campaigns.actions.expense_payments import record_invoice
from campaigns.actions.expenses import (
    may_void,
    propose_expense,
    state_personal_expense,
    void_expense,
)
from campaigns.actions.favours import enter_favour
from campaigns.actions.stock import take_back_write_off, write_off_stock
from campaigns.actions.suppliers import complete_supplier
from campaigns.forms.expense_parts import proposal
from campaigns.forms.expenses import (
    CommitForm,
    ExpenseFilterForm,
    ExpenseForm,
    PersonalExpenseForm,
    ReasonForm,
    SupplierForm,
    TakeBackForm,
    WriteOffForm,
)
from campaigns.forms.gifts import FavourForm
from campaigns.forms.invoices import InvoiceForm
from campaigns.models import Campaign, Expense
from campaigns.reports.campaign_deadlines import campaign_deadlines
from campaigns.reports.campaign_periods import campaign_periods
from campaigns.reports.cautions import awaits_declaration, cautions_of
from campaigns.reports.counted_expenses import (
    CountedExpense,
    expenses_of,
    favours_of,
    given_in,
    given_on,
    lines_of,
    market_value_of,
    valued_by,
)
from campaigns.reports.expense_table import expense_table, invoices_of
from campaigns.reports.late_claims import claim_standing
from campaigns.reports.purchase_orders import order_reference, orders_of
from campaigns.reports.spending_authorities import authority_to_commit
from campaigns.reports.spending_position import spending_position
from campaigns.reports.what_if import Afterwards, afterwards
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, carried_out
from campaigns.views.files import order_answer
from campaigns.views.receipts import receipts_of_expense
from campaigns.views.settling import settle
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
    periods = campaign_periods(campaign)
    return render(
        request,
        "campaigns/spending/expenses.html",
        {
            "heading": "Expenses",
            "filters": filters,
            "page": page,
            "lines": lines_of(page, campaign, periods),
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
    asked = proposal(ExpenseForm, request.POST, first=first, campaign=campaign)
    if asked.is_valid():
        named = {"campaign": campaign, **asked.parts}
        if made := carried_out(request, asked.form, propose_expense, **named):
            messages.success(request, "It is before the agent.")
            return redirect("expense", campaign=campaign.slug, expense=made.pk)
    return render(
        request,
        "campaigns/spending/propose.html",
        {"heading": "Propose an expense", "asked": asked},
    )


@campaign_page(can=Capability.STATE_PERSONAL_EXPENSES)
def state_personal(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """The candidate's own travel and living: reported by the agent, never counted."""
    form = PersonalExpenseForm(
        request.POST or None, initial={"incurred_on": request.business_now.date()}
    )
    if made := carried_out(request, form, state_personal_expense, campaign=campaign):
        messages.success(request, "It is before the agent, for the return.")
        return redirect("expense", campaign=campaign.slug, expense=made.pk)
    return render(
        request,
        "campaigns/spending/state_personal.html",
        {"heading": "State a personal expense", "form": form},
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
    [line] = lines_of([found], campaign, campaign_periods(campaign))
    day = {"dated_on": today, "received_on": today}
    papers = invoices_of(found)
    deadlines = campaign_deadlines(found.campaign)
    context: dict[str, Any] = {
        "heading": found.description,
        "line": line,
        "then": _then(request, campaign, line),
        "awaits_declaration": awaits_declaration(line),
        "worth": market_value_of(found),
        "valued_by": valued_by(found) if market_value_of(found) else "",
        "favours": favours_of(found),
        "given": given_in(found),
        "given_on": given_on(found),
        "favour_form": FavourForm(
            auto_id="favour_%s", initial={"donor_address": found.supplier_address}
        ),
        "cautions": cautions_of(line, campaign.election),
        "invoices": [
            (one, claim_standing(one.invoice, deadlines, paid_on=today))
            for one in papers
        ],
        "all_invoiced": any(paper.is_last for paper in papers),
        "reference": order_reference(found.campaign, found.order_number),
        "authority": authority_to_commit(request.user, found, on=today),
        "commit_form": CommitForm(),
        "void_form": ReasonForm(),
        "may_void": may_void(found, request.actor),
        "invoice_form": InvoiceForm(initial=day),
        "supplier_form": SupplierForm(
            auto_id="supplier_%s",
            initial={
                "supplier": found.supplier,
                "supplier_address": found.supplier_address,
            },
        ),
        **receipts_of_expense(found, campaign, request.actor),
        "stock_form": WriteOffForm(),
        "back_form": TakeBackForm(auto_id="back_%s"),
        "sent": next(iter(bound.values()), None),
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
    return afterwards(position, line.at_most, line.long.at_most if line.long else None)


def _settle(
    request: CampaignRequest,
    found: Expense,
    action: Callable[..., object],
    *,
    done: str,
    **sent: forms.Form,
) -> HttpResponse:
    """Do one thing with an expense of the campaign."""
    campaign = request.campaign

    def page(**bound: forms.Form) -> HttpResponse:
        expense = expenses_of(campaign).get(pk=found.pk)
        return _page(request, campaign, expense, **bound)

    return settle(
        request,
        partial(action, expense=found),
        done=done,
        back=reverse("expense", args=[campaign.slug, found.pk]),
        page=page,
        **sent,
    )


@require_POST
@campaign_page(can=Capability.SEE_MONEY)
def commit(request: CampaignRequest, campaign: Campaign, expense: int) -> HttpResponse:
    """The action decides who may: the agent, or somebody with a written authority."""
    found = _own(campaign, expense)
    held = authority_to_commit(request.user, found, on=request.business_now.date())
    return _settle(
        request,
        found,
        partial(commit_expense, authority=held.authority if held else None),
        commit_form=CommitForm(request.POST),
        done="It is committed and counts.",
    )


@require_POST
@campaign_page(can=Capability.SEE_MONEY)
def void(request: CampaignRequest, campaign: Campaign, expense: int) -> HttpResponse:
    """The action says who: also the candidate, of what they stated."""
    return _settle(
        request,
        _own(campaign, expense),
        void_expense,
        void_form=ReasonForm(request.POST),
        done="It is voided; the row and its reason stay.",
    )


@require_POST
@campaign_page(can=Capability.COMMIT_EXPENSE)
def write_off(
    request: CampaignRequest, campaign: Campaign, expense: int
) -> HttpResponse:
    return _settle(
        request,
        _own(campaign, expense),
        write_off_stock,
        stock_form=WriteOffForm(request.POST),
        done="They are written off: no room is kept for them.",
    )


@require_POST
@campaign_page(can=Capability.COMMIT_EXPENSE)
def take_back(
    request: CampaignRequest, campaign: Campaign, expense: int
) -> HttpResponse:
    return _settle(
        request,
        _own(campaign, expense),
        take_back_write_off,
        back_form=TakeBackForm(request.POST, auto_id="back_%s"),
        done="They are in hand again: room is kept for them.",
    )


@require_POST
@campaign_page(can=Capability.RECORD_DONATIONS)
def favour(request: CampaignRequest, campaign: Campaign, expense: int) -> HttpResponse:
    return _settle(
        request,
        _own(campaign, expense),
        enter_favour,
        favour_form=FavourForm(request.POST, auto_id="favour_%s"),
        done="It is among the donations, to be decided on.",
    )


@require_POST
@campaign_page(can=Capability.RECORD_PAYMENTS)
def invoice(request: CampaignRequest, campaign: Campaign, expense: int) -> HttpResponse:
    return _settle(
        request,
        _own(campaign, expense),
        record_invoice,
        invoice_form=InvoiceForm(request.POST),
        done="The invoice is filed.",
    )


@require_POST
@campaign_page(can=Capability.RECORD_PAYMENTS)
def supplier(
    request: CampaignRequest, campaign: Campaign, expense: int
) -> HttpResponse:
    """Whoever files the bills reads there where they come from."""
    return _settle(
        request,
        _own(campaign, expense),
        complete_supplier,
        supplier_form=SupplierForm(request.POST, auto_id="supplier_%s"),
        done="The supplier is kept with the address.",
    )


@campaign_page(can=Capability.SEE_MONEY)
def order(request: CampaignRequest, campaign: Campaign, expense: int) -> HttpResponse:
    return order_answer(get_object_or_404(orders_of(campaign), pk=expense))


def _own(campaign: Campaign, expense: int) -> Expense:
    """Settled in its own campaign, not where a share of it is borne."""
    return get_object_or_404(expenses_of(campaign), campaign=campaign, pk=expense)
