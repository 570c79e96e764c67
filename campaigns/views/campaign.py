"""The campaign itself: what it is called, plans and prints, and its wards."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render

from campaigns.actions.campaign_settings import (
    change_campaign,
    may_move_the_limit,
    may_set_notice,
    set_notice,
    set_wards,
    wards_on_offer,
)
from campaigns.forms.campaign import CampaignForm, WardsForm
from campaigns.models import Campaign, Ward
from campaigns.reports.imprints import imprint_checks
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from campaigns.views.decorators import CampaignRequest, campaign_page, refusals_on


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def settings(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = CampaignForm(
        request.POST or None,
        instance=campaign,
        may_set_notice=may_set_notice(request.actor, campaign.organisation),
        may_move_the_limit=may_move_the_limit(request.actor, campaign),
    )
    if form.is_valid():
        with refusals_on(form):
            changed = _changed(request, campaign, form.retyped)
            messages.success(request, "Saved." if changed else "Nothing was changed.")
            return redirect("campaign-settings", campaign=campaign.slug)
    return render(
        request,
        "campaigns/campaign_settings.html",
        {
            "heading": "The campaign",
            "form": form,
            "imprints": imprint_checks(campaign),
            "candidates": campaign.candidates.order_by("-is_ours", "position", "pk"),
            "wards": campaign.wards.count(),
            "councils": campaign.councils.order_by("name"),
        },
    )


def _changed(
    request: CampaignRequest, campaign: Campaign, given: dict[str, Any]
) -> bool:
    """Write what was typed anew, the notice of the organisation too."""
    by, at = request.actor, request.business_now
    notice = given.pop("privacy_notice_url", None)
    changed = bool(change_campaign(campaign, given, by=by, at=at))
    if notice is not None:
        changed |= set_notice(campaign.organisation, notice, by=by, at=at)
    return changed


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def wards(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    offered = (
        wards_on_offer(campaign)
        .defer("boundary")
        .select_related("council")
        .order_by("council__name", "name")
    )
    sent = request.POST if request.method == "POST" else None  # perhaps no box at all
    form = WardsForm(sent, wards=offered)
    if form.is_valid():
        try:
            added, removed = set_wards(
                campaign,
                form.cleaned_data["wards"],
                by=request.actor,
                at=request.business_now,
            )
        except Refusal as refusal:
            form.add_error("wards", refusal.message)
        else:
            messages.success(request, f"{added} added, {removed} left out.")
            return redirect("campaign-settings", campaign=campaign.slug)
    return render(
        request,
        "campaigns/campaign_wards.html",
        {
            "heading": "Wards of the campaign",
            "form": form,
            "councils": _by_council(offered, _chosen(request, campaign)),
        },
    )


def _chosen(request: CampaignRequest, campaign: Campaign) -> set[str]:
    """What is ticked: as it was sent, else as it is."""
    if request.method == "POST":
        return set(request.POST.getlist("wards"))
    return {str(pk) for pk in campaign.wards.values_list("pk", flat=True)}


def _by_council(
    wards: QuerySet[Ward], chosen: set[str]
) -> list[tuple[str, list[tuple[Ward, bool]]]]:
    return [
        (council, [(ward, str(ward.pk) in chosen) for ward in rows])
        for council, rows in groupby(wards, key=lambda ward: ward.council.name)
    ]
