"""The postal wave: whom to remind of their postal vote, ticked off as they say so."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateformat import format as written
from django.views.decorators.http import require_POST

from campaigns.access import wards_for
from campaigns.actions.campaign_settings import change_campaign
from campaigns.forms.money_fields import DayField
from campaigns.models import Campaign
from campaigns.reports.election_timetable import earliest_packs
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, refusals_shown
from canvassing.actions.postal_votes import tick_off
from canvassing.models import Channel
from canvassing.reports.postal_wave import to_remind, ward_waves
from canvassing.views.electors import standing_or_404

PER_PAGE = 100
TOLD_BY = (
    Channel.PHONE,
    Channel.DOOR,
    Channel.STALL,
    Channel.EMAIL,
    Channel.LETTER,
)


class PacksForm(forms.Form):
    """The day as the council says it, between the nominations and the poll."""

    day = DayField(label="When do postal packs go out?")

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.earliest = earliest_packs(campaign.election)
        self.poll_on = campaign.election.poll_on
        self.fields["day"].help_text = (
            "As the council says it. From then on volunteers ask postal voters whether"
            " theirs is sent, and nothing else. It cannot be before"
            f" {_words(self.earliest)}, when it is known who stands."
        )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not self.earliest <= day < self.poll_on:
            raise forms.ValidationError(
                f"Packs go out between {_words(self.earliest)} and polling day,"
                f" {_words(self.poll_on)}."
            )
        return day


@campaign_page(can=Capability.SEE_ELECTORS)
def postal_wave(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """Ward by ward, or whom to remind in one ward."""
    context: dict[str, object] = {
        "heading": "Postal wave",
        "packs_on": campaign.packs_go_out_on,
        "packs_are_out": _are_out(campaign, request.business_now.date()),
        "form": PacksForm(initial={"day": campaign.packs_go_out_on}, campaign=campaign),
    }
    if gss := request.GET.get("ward", ""):
        theirs = wards_for(request.actor, Capability.SEE_ELECTORS, campaign=campaign)
        ward = get_object_or_404(theirs.defer("boundary"), gss=gss)
        found = to_remind(by=request.actor, campaign=campaign, ward=ward)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        context |= {
            "ward": ward,
            "rows": page,
            "page": page,
            "told_by": [(one.value, one.label) for one in TOLD_BY],
            "by": request.GET.get("by", ""),
        }
    else:
        context["waves"] = ward_waves(by=request.actor, campaign=campaign)
    return render(request, "canvassing/postal_wave.html", context)


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def packs(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = PacksForm(request.POST, campaign=campaign)
    if form.is_valid():
        day = form.cleaned_data["day"]
        change_campaign(
            campaign,
            {"packs_go_out_on": day},
            by=request.actor,
            at=request.business_now,
        )
        messages.success(request, f"Packs go out on {_words(day)}.")
    else:
        messages.error(request, str(form.errors["day"][0]))
    return redirect("postal-wave", campaign=campaign.slug)


@require_POST
@campaign_page(can=Capability.SEE_ELECTORS)
def sent(request: CampaignRequest, campaign: Campaign, elector: int) -> HttpResponse:
    """They say that it is sent. Tapped twice, it is said once."""
    standing = standing_or_404(request, campaign, elector)
    channel = request.POST.get("channel")
    if channel not in TOLD_BY:
        channel = Channel.PHONE
    with refusals_shown(request):
        if tick_off(
            standing.elector_id,
            campaign=campaign,
            channel=channel,
            by=request.actor,
            at=request.business_now,
        ):
            messages.success(request, f"{standing.elector.full_name} is ticked off.")
    page = reverse("postal-wave", kwargs={"campaign": campaign.slug})
    return redirect(f"{page}?ward={standing.ward.gss}&by={channel}")


def _words(day: date) -> str:
    return written(day, "j F Y")


def _are_out(campaign: Campaign, today: date) -> bool:
    return campaign.packs_go_out_on is not None and campaign.packs_go_out_on <= today
