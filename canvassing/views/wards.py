"""The wards of a campaign, on a map and in a table, and each by itself."""

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from campaigns.access import wards_for
from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page
from canvassing.reports.activity import next_shifts
from canvassing.reports.progress import WardProgress, totals, ward_progress
from canvassing.reports.ward_page import district_progress

# The words of the table's heads, and the order each one asks for.
ORDERS = {
    "name": lambda row: (row.ward.name,),
    "council": lambda row: (row.ward.council.name, row.ward.name),
    "electors": lambda row: (-row.electors, row.ward.name),
    "spoken": lambda row: (-(row.spoken_to / (row.electors or 1)), row.ward.name),
    "pledges": lambda row: (-row.pledges, row.ward.name),
    "behind": lambda row: (-row.behind, row.ward.name),
    "to-vote": lambda row: (-row.pledges_open, row.ward.name),
}


SUMMED = (
    "electors",
    "households",
    "postal",
    "spoken_to",
    "pledges",
    "pledges_voted",
    "pledges_open",
)


@campaign_page(can=Capability.SEE_CAMPAIGN)
def wards(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    order = request.GET.get("order", "council")
    rows = ward_progress(by=request.actor, campaign=campaign, with_boundaries=True)
    return render(
        request,
        "canvassing/wards.html",
        {
            "heading": "Wards",
            "wards": sorted(rows, key=ORDERS.get(order, ORDERS["council"])),
            "order": order,
            "totals": totals(rows),
            "has_opened": campaign.election.has_opened(request.business_now.date()),
            "shapes": [_shape(row, campaign) for row in rows],
        },
    )


def _shape(row: WardProgress, campaign: Campaign) -> dict[str, object]:
    target = f" of {row.target:,}" if row.target else ""
    return {
        "boundary": row.ward.boundary,
        "share": row.share,
        "words": f"{row.ward}: {row.pledges:,}{target} {campaign.pledge_word}s",
        "url": _address(campaign, row.ward.gss),
    }


def _address(campaign: Campaign, gss: str) -> str:
    return reverse("ward", kwargs={"campaign": campaign.slug, "gss": gss})


@campaign_page(can=Capability.SEE_CAMPAIGN)
def ward(request: CampaignRequest, campaign: Campaign, gss: str) -> HttpResponse:
    theirs = wards_for(request.actor, Capability.SEE_CAMPAIGN, campaign=campaign)
    found = get_object_or_404(
        theirs.select_related("council", "constituency").defer("boundary"), gss=gss
    )
    districts = district_progress(found, campaign=campaign)
    target = campaign.ward_targets.filter(ward=found).first()
    return render(
        request,
        "canvassing/ward.html",
        {
            "heading": found.name,
            "ward": found,
            "districts": districts,
            "totals": {
                name: sum(getattr(row, name) for row in districts) for name in SUMMED
            },
            "target": target.pledges if target else None,
            "opens_lists": request.actor.can(
                Capability.MAKE_LISTS,
                organisation_id=campaign.organisation_id,
                campaign_id=campaign.pk,
            ),
            "has_opened": campaign.election.has_opened(request.business_now.date()),
            "shift": next_shifts(campaign, [found.pk], at=request.business_now).get(
                found.pk
            ),
            "lists": campaign.gotv_lists.filter(wards__ward=found)
            .annotate(listed=F("wards__listed"))
            .order_by("-pk")[:5],
        },
    )
