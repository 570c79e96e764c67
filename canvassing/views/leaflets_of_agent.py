"""The agent's own pages of leaflets: a delivery that passes the limit, with its reason.

The agent may reach no list of electors; rounds of leaflets name streets and nobody.
"""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.models import Campaign
from campaigns.reports.stock_costs import stock_cost
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, refusals_on
from campaigns.views.spending import rights
from canvassing.actions.leaflet_stock import mark_street_done, withdraw_delivery
from canvassing.forms.leaflets import StreetDoneForm, StreetNotDoneForm
from canvassing.models import LeafletRound
from canvassing.reports.leaflets import (
    rounds_handed_out,
    stock_key,
    streets_with_deliveries,
    with_deliverer,
)

PER_PAGE = 50


@campaign_page(can=Capability.COMMIT_EXPENSE)
def rounds(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """The rounds that were handed out; `?q=` words of leaflet, round or ward."""
    text = request.GET.get("q", "")
    found = rounds_handed_out(campaign, text=text)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"heading": "Leaflets delivered", "page": page, "text": text}
    return render(request, "canvassing/agent/leaflet_rounds.html", context)


@campaign_page(can=Capability.COMMIT_EXPENSE)
def one_round(request: CampaignRequest, campaign: Campaign, round: int) -> HttpResponse:
    return _page(request, _round(campaign, round))


@require_POST
@campaign_page(can=Capability.COMMIT_EXPENSE)
def done(request: CampaignRequest, campaign: Campaign, round: int) -> HttpResponse:
    found = _round(campaign, round)
    form = StreetDoneForm(request.POST, leaflet_round=found)
    return _write(request, found, mark_street_done, form, "done_form")


@require_POST
@campaign_page(can=Capability.COMMIT_EXPENSE)
def not_done(request: CampaignRequest, campaign: Campaign, round: int) -> HttpResponse:
    found = _round(campaign, round)
    form = StreetNotDoneForm(request.POST, leaflet_round=found)
    return _write(request, found, withdraw_delivery, form, "not_done_form")


def _write(
    request: CampaignRequest,
    found: LeafletRound,
    action: Callable[..., None],
    form: Form,
    name: str,
) -> HttpResponse:
    if form.is_valid():
        written = partial(action, by=request.actor, at=request.business_now)
        with refusals_on(form):
            written(**form.cleaned_data)
            messages.success(request, "It is written down.")
            slug = request.campaign.slug
            return redirect("leaflet-spending-round", campaign=slug, round=found.pk)
    return _page(request, found, **{name: form})


def _page(request: CampaignRequest, found: LeafletRound, **bound: Form) -> HttpResponse:
    """`bound` is the one form that was sent and has mistakes."""
    context = {
        "heading": f"{found.leaflet}: {found}",
        "round": found,
        "streets": streets_with_deliveries(found.pk),
        "left": with_deliverer(found),
        "cost": stock_cost(request.campaign, stock_key(found.leaflet_id)),
        "stock_key": stock_key(found.leaflet_id),
        "done_form": StreetDoneForm(
            leaflet_round=found, initial={"delivered_on": request.business_now.date()}
        ),
        "not_done_form": StreetNotDoneForm(leaflet_round=found),
        **rights(request, request.campaign),
        **bound,
    }
    status = 400 if bound else 200
    template = "canvassing/agent/leaflet_round.html"
    return render(request, template, context, status=status)


def _round(campaign: Campaign, round: int) -> LeafletRound:
    ours = LeafletRound.objects.of(campaign.organisation_id).filter(campaign=campaign)
    found = ours.select_related("leaflet", "ward", "deliverer", "campaign")
    return get_object_or_404(found.defer("ward__boundary"), pk=round)
