"""The plan: read as a whole, typed in by head or by week."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from campaigns.actions.budgets import plan_budget
from campaigns.forms.budgets import BudgetForm
from campaigns.models import Campaign, ExpenseCategory
from campaigns.reports.budget import BudgetCell, budget, budget_cells
from campaigns.reports.campaign_periods import campaign_periods
from campaigns.reports.spending_position import spending_position
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, carried_out
from campaigns.views.spending import rights


@campaign_page(can=Capability.SEE_MONEY)
def plan(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    position = spending_position(campaign, at=request.business_now)
    return render(
        request,
        "campaigns/spending/budget.html",
        {
            "heading": "The plan",
            "budget": budget(position),
            "cautions": [
                warning.message
                for warning in position.warnings
                if warning.code == "period"
            ],
            **rights(request, campaign),
        },
    )


@campaign_page(can=Capability.PROPOSE_EXPENSE)
def head(request: CampaignRequest, campaign: Campaign, category: str) -> HttpResponse:
    if category not in ExpenseCategory:
        raise Http404
    return _part(
        request,
        campaign,
        lambda cell: cell.category == category,
        heading=f"Plan: {ExpenseCategory(category).label}",
        by_week=False,
    )


@campaign_page(can=Capability.PROPOSE_EXPENSE)
def week(request: CampaignRequest, campaign: Campaign, week: str) -> HttpResponse:
    try:
        week_on = date.fromisoformat(week)
    except ValueError as fault:
        raise Http404 from fault
    return _part(
        request,
        campaign,
        lambda cell: cell.week_on == week_on,
        heading=f"Plan: week of {week_on:%-d %B %Y}",
        by_week=True,
    )


def _part(
    request: CampaignRequest,
    campaign: Campaign,
    wanted: Callable[[BudgetCell], bool],
    *,
    heading: str,
    by_week: bool,
) -> HttpResponse:
    """One head of all weeks, or (`by_week`) one week of all heads, as a form."""
    cells = list(filter(wanted, budget_cells(campaign, campaign_periods(campaign))))
    if not cells:
        raise Http404
    form = BudgetForm(request.POST or None, cells=cells, by_week=by_week)
    if carried_out(request, form, plan_budget, campaign=campaign):
        messages.success(request, "The plan is kept.")
        return redirect("budget", campaign=campaign.slug)
    return render(
        request,
        "campaigns/spending/budget_part.html",
        {
            "heading": heading,
            "form": form,
            "rows_are": "Head" if by_week else "Week of",
        },
        status=400 if form.is_bound else 200,
    )
