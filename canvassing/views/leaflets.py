"""Leaflets: all of them with their stock, and one with its rounds by ward."""

from decimal import Decimal
from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.models import Campaign
from campaigns.reports.stock_costs import StockCost, stock_cost
from campaigns.roles import Capability
from campaigns.rules.money import pounds
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    carried_out,
    refusals_on,
)
from campaigns.views.spending import rights
from canvassing.access import leaflet_rounds_for
from canvassing.actions.leaflet_costs import propose_leaflet_cost
from canvassing.actions.leaflet_rounds import (
    add_leaflet,
    make_leaflet_rounds,
    write_imprint,
)
from canvassing.forms.leaflets import (
    ImprintForm,
    LeafletCostForm,
    LeafletForm,
    LeafletRoundsForm,
)
from canvassing.models import Leaflet
from canvassing.reports.leaflets import copies_by_day, stock_key, stocks, with_progress


@campaign_page(can=Capability.MAKE_LISTS)
def leaflets(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    today = request.business_now.date()
    form = LeafletForm(request.POST or None, initial={"ordered_on": today})
    if made := carried_out(request, form, add_leaflet, campaign=campaign):
        _say_what_was_proposed(request, made, price=form.cleaned_data["price"])
        return redirect("leaflet", campaign=campaign.slug, leaflet=made.pk)
    context = {"heading": "Leaflets", "form": form, "stocks": stocks(campaign)}
    return render(request, "canvassing/leaflets.html", context)


@campaign_page(can=Capability.MAKE_LISTS)
def one_leaflet(
    request: CampaignRequest, campaign: Campaign, leaflet: int
) -> HttpResponse:
    found = _found(campaign, leaflet)
    form = LeafletRoundsForm(
        request.POST or None, actor=request.actor, campaign=campaign
    )
    if carried_out(request, form, make_leaflet_rounds, leaflet=found):
        return redirect("leaflet", campaign=campaign.slug, leaflet=leaflet)
    return _page(request, campaign, found, form=form)


def _say_what_was_proposed(
    request: CampaignRequest, leaflet: Leaflet, *, price: Decimal | None
) -> None:
    if price is None:
        messages.warning(
            request,
            f"{leaflet} has no price yet, so nothing is proposed to the agent.",
        )
        return
    messages.success(
        request,
        f"{pounds(price)} for {leaflet.copies:,} copies is proposed. The agent commits "
        "it: until then it counts nothing.",
    )


def _page(
    request: CampaignRequest, campaign: Campaign, found: Leaflet, **forms: Form
) -> HttpResponse:
    [stock] = [one for one in stocks(campaign) if one.leaflet == found]
    rounds = leaflet_rounds_for(request.actor, campaign=campaign).filter(leaflet=found)
    return render(
        request,
        "canvassing/leaflet.html",
        {
            "heading": found.name,
            "leaflet": found,
            "stock": stock,
            "form": LeafletRoundsForm(actor=request.actor, campaign=campaign),
            "imprint_form": ImprintForm(initial={"imprint": found.imprint}),
            "cost_form": LeafletCostForm(
                initial={"ordered_on": request.business_now.date()}
            ),
            "rounds": with_progress(rounds).order_by("ward__name", "pk"),
            "days": copies_by_day(found),
            "cost": _cost(request, campaign, found),
            "stock_key": stock_key(found.pk),
            **rights(request, campaign),
            **forms,
        },
    )


def _cost(
    request: CampaignRequest, campaign: Campaign, leaflet: Leaflet
) -> StockCost | None:
    """What it costs and counts, for whoever sees money."""
    if not rights(request, campaign)["may_see_money"]:
        return None
    return stock_cost(campaign, stock_key(leaflet.pk))


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def imprint(request: CampaignRequest, campaign: Campaign, leaflet: int) -> HttpResponse:
    found = _found(campaign, leaflet)
    form = ImprintForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            write_imprint(
                found,
                imprint=form.cleaned_data["imprint"],
                by=request.actor,
                at=request.business_now,
            )
            messages.success(request, "The imprint is complete: copies may go out.")
            return redirect("leaflet", campaign=campaign.slug, leaflet=leaflet)
    return _page(request, campaign, found, imprint_form=form)


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def cost(request: CampaignRequest, campaign: Campaign, leaflet: int) -> HttpResponse:
    """The price came later: it is proposed now."""
    found = _found(campaign, leaflet)
    form = LeafletCostForm(request.POST)
    if made := carried_out(request, form, partial(propose_leaflet_cost, found)):
        _say_what_was_proposed(request, found, price=made.amount)
        return redirect("leaflet", campaign=campaign.slug, leaflet=leaflet)
    return _page(request, campaign, found, cost_form=form)


def _found(campaign: Campaign, leaflet: int) -> Leaflet:
    ours = Leaflet.objects.of(campaign.organisation_id).select_related("campaign")
    return get_object_or_404(ours, campaign=campaign, pk=leaflet)
