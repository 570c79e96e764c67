"""Helpers of a stall at the desk: let in by a link, watched, blocked."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    refusals_on,
    refusals_shown,
)
from canvassing.access import adults_helping, stalls_for
from canvassing.actions.stall_company import say_helpers_accompanied
from canvassing.actions.stall_links import (
    block_helper,
    close_link,
    let_helper_back,
    link_secret,
    open_link,
)
from canvassing.forms.stall_helpers import HelpersForm
from canvassing.models import CanvassSession, StallHelper, StallLink
from canvassing.reports.code_guesses import code_guessed
from canvassing.reports.stall_helpers import electors_within, helpers_of
from canvassing.rules.under_18 import is_said
from canvassing.views.joined_by_link import (
    block_or_let_back,
    say_same_person,
    way_in,
)


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def stall_helpers(
    request: CampaignRequest, campaign: Campaign, session: int
) -> HttpResponse:
    """The link and the code, who joined and whom they met; the form that lets them in
    where nothing is open."""
    stall, at = _stall(campaign, session), request.business_now
    form = HelpersForm(request.POST or None, campaign=campaign, stall=stall, at=at)
    if form.is_valid():
        with refusals_on(form):
            open_link(stall, by=request.actor, at=at, **form.asked)
            messages.success(
                request,
                "Open: show helpers the QR code, and read out the short code.",
            )
            return redirect("stall-helpers", campaign=campaign.slug, session=session)
    link = _link(stall)
    context = {
        "heading": f"Helpers: {stall.name}",
        "stall": stall,
        "link": link,
        "form": form,
        "is_open": link is not None and link.is_open(at),
    }
    if link is not None:
        context |= {
            **way_in(request, link_secret(link)),
            "guessed": code_guessed(stall),
            "wards": link.wards.order_by("name"),
            "electors": electors_within(link),
            "helpers": helpers_of(link),
            "adult_helps": adults_helping(link, at=at).exists(),
            "is_accompanied": is_said(link.accompanied_at, at=at),
        }
    return render(request, "canvassing/stall_helpers.html", context)


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def stall_helpers_close(
    request: CampaignRequest, campaign: Campaign, session: int
) -> HttpResponse:
    link = get_object_or_404(_links(campaign), session=session)
    with refusals_shown(request):
        close_link(link, by=request.actor, at=request.business_now)
        messages.success(request, "Closed: helpers can no longer look anybody up.")
    return redirect("stall-helpers", campaign=campaign.slug, session=session)


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def stall_helpers_accompanied(
    request: CampaignRequest, campaign: Campaign, session: int
) -> HttpResponse:
    """An adult is with the helpers under 18."""
    link = get_object_or_404(_links(campaign), session=session)
    with refusals_shown(request):
        say_helpers_accompanied(link, by=request.actor, at=request.business_now)
        messages.success(request, "Noted: helpers under 18 may join.")
    return redirect("stall-helpers", campaign=campaign.slug, session=session)


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def stall_helper_block(
    request: CampaignRequest, campaign: Campaign, session: int, volunteer: int
) -> HttpResponse:
    block_or_let_back(
        request,
        _helper(campaign, session, volunteer),
        block=block_helper,
        let_back=let_helper_back,
        blocked="can no longer look anybody up",
        back="help",
    )
    return redirect("stall-helpers", campaign=campaign.slug, session=session)


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def stall_helper_same_person(
    request: CampaignRequest, campaign: Campaign, session: int, volunteer: int
) -> HttpResponse:
    say_same_person(request, _helper(campaign, session, volunteer))
    return redirect("stall-helpers", campaign=campaign.slug, session=session)


def _helper(campaign: Campaign, session: int, volunteer: int) -> StallHelper:
    return get_object_or_404(
        StallHelper.objects.select_related("link__session__campaign", "volunteer"),
        link__in=_links(campaign).filter(session=session),
        volunteer=volunteer,
    )


def _stall(campaign: Campaign, session: int) -> CanvassSession:
    return get_object_or_404(stalls_for(campaign), pk=session)


def _links(campaign: Campaign) -> QuerySet[StallLink]:
    return StallLink.objects.filter(
        organisation=campaign.organisation_id, session__in=stalls_for(campaign)
    ).select_related("session__campaign")


def _link(stall: CanvassSession) -> StallLink | None:
    links = StallLink.objects.filter(session=stall)
    return links.select_related("session__campaign").first()
