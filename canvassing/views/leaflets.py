"""Leaflets: all of them with their stock, and one with its rounds by ward."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from campaigns.models import Campaign
from campaigns.reports.stock_costs import StockCost, stock_cost
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, carried_out
from campaigns.views.spending import rights
from canvassing.access import leaflet_rounds_for
from canvassing.actions.leaflet_rounds import add_leaflet, make_leaflet_rounds
from canvassing.forms.leaflets import LeafletForm, LeafletRoundsForm
from canvassing.models import Leaflet
from canvassing.reports.leaflets import copies_by_day, stock_key, stocks, with_progress


@campaign_page(can=Capability.MAKE_LISTS)
def leaflets(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = LeafletForm(request.POST or None)
    if made := carried_out(request, form, add_leaflet, campaign=campaign):
        return redirect("leaflet", campaign=campaign.slug, leaflet=made.pk)
    context = {"heading": "Leaflets", "form": form, "stocks": stocks(campaign)}
    return render(request, "canvassing/leaflets.html", context)


@campaign_page(can=Capability.MAKE_LISTS)
def one_leaflet(
    request: CampaignRequest, campaign: Campaign, leaflet: int
) -> HttpResponse:
    ours = Leaflet.objects.of(campaign.organisation_id).select_related("campaign")
    found = get_object_or_404(ours, campaign=campaign, pk=leaflet)
    form = LeafletRoundsForm(
        request.POST or None, actor=request.actor, campaign=campaign
    )
    if carried_out(request, form, make_leaflet_rounds, leaflet=found):
        return redirect("leaflet", campaign=campaign.slug, leaflet=leaflet)
    [stock] = [one for one in stocks(campaign) if one.leaflet == found]
    rounds = leaflet_rounds_for(request.actor, campaign=campaign).filter(leaflet=found)
    return render(
        request,
        "canvassing/leaflet.html",
        {
            "heading": found.name,
            "leaflet": found,
            "stock": stock,
            "form": form,
            "rounds": with_progress(rounds).order_by("ward__name", "pk"),
            "days": copies_by_day(found),
            "cost": _cost(request, campaign, found),
            "stock_key": stock_key(found.pk),
            **rights(request, campaign),
        },
    )


def _cost(
    request: CampaignRequest, campaign: Campaign, leaflet: Leaflet
) -> StockCost | None:
    """What it costs and counts, for whoever sees money."""
    if not rights(request, campaign)["may_see_money"]:
        return None
    return stock_cost(campaign, stock_key(leaflet.pk))
