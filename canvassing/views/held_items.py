"""Held contacts: what waits and why; filed now, put right, or let go."""

from django.contrib import messages
from django.core.paginator import Paginator
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
from canvassing.actions.held_items import (
    file_held_item,
    let_held_item_go,
    try_held_items,
)
from canvassing.forms.contacts import ContactForm, typed_of
from canvassing.models import ElectorStanding, HeldItem, HeldKind
from canvassing.reports.elector_page import reachable_standing
from canvassing.reports.elector_search import find_electors
from canvassing.reports.held_items import (
    TO_DECIDE,
    Held,
    held_for,
    reasons_held,
    shown,
)
from canvassing.rules.contacts import Answer, put_right

PER_PAGE = 50
FOUND = 20


@campaign_page(can=Capability.SEE_ELECTORS)
def held_items(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """What waits, newest first; `?code=` for one of the reasons."""
    code = request.GET.get("code", "")
    found = held_for(request.actor, campaign=campaign).order_by("-pk")
    if code:
        found = found.filter(code=code)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "canvassing/held_items.html",
        {
            "heading": "Held contacts",
            "page": page,
            "rows": shown(page, by=request.actor, campaign=campaign),
            "reasons": reasons_held(request.actor, campaign=campaign),
            "code": code,
            "may_record": _may_record(request),
        },
    )


@require_POST
@campaign_page(can=Capability.SEE_ELECTORS)
def held_items_try(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """File what can be filed by now; the rest goes on waiting.

    `items` are those that somebody ticked; `code`, all of one reason. What came
    from somebody who was shut out is only filed where it was asked for: that is an
    organiser's decision.
    """
    with refusals_shown(request):
        counts = try_held_items(
            _chosen(request, campaign),
            by=request.actor,
            at=request.business_now,
            campaign=campaign,
        )
        filed, tried = counts[Answer.FILED], counts.total()
        others = _what_others_wait_for(request, campaign)
        messages.info(request, f"{filed:,} of {tried:,} could be filed.{others}")
    return redirect("held-items", campaign=campaign.slug)


@campaign_page(can=Capability.SEE_ELECTORS)
def held_item(request: CampaignRequest, campaign: Campaign, item: int) -> HttpResponse:
    """What was said, to be put right; `?q=` looks for whoever is meant, and
    `?elector=` is who it was."""
    held = _held(request, campaign, item)
    elector = _elector(request, campaign, held)
    form = ContactForm(
        request.POST or None,
        initial=typed_of(held.said) if held.said else None,
        campaign=campaign,
        at=request.business_now,
    )
    if form.is_valid() and elector is not None:
        with refusals_on(form):
            file_held_item(
                held.item,
                put_right(held.said, form.said, elector_id=elector.elector_id),
                by=request.actor,
                at=request.business_now,
                campaign=campaign,
            )
            messages.success(request, f"Filed for {elector.elector.full_name}.")
            return redirect("held-items", campaign=campaign.slug)
    words = request.GET.get("q", "" if elector else held.words)
    _, found = find_electors(words, by=request.actor, campaign=campaign)
    return render(
        request,
        "canvassing/held_item.html",
        {
            "heading": "Held contact",
            "held": held,
            "elector": elector,
            "form": form,
            "words": words,
            "found": list(found[:FOUND]) if words else [],
            "may_record": _may_record(request),
        },
    )


@require_POST
@campaign_page(can=Capability.SEE_ELECTORS)
def held_item_let_go(
    request: CampaignRequest, campaign: Campaign, item: int
) -> HttpResponse:
    held = get_object_or_404(held_for(request.actor, campaign=campaign), pk=item)
    with refusals_shown(request):
        let_held_item_go(
            held,
            reason=request.POST.get("reason", ""),
            by=request.actor,
            at=request.business_now,
        )
        messages.success(request, "Let go. It stays on file, with your reason.")
    return redirect("held-items", campaign=campaign.slug)


def _chosen(request: CampaignRequest, campaign: Campaign) -> QuerySet[HeldItem]:
    waiting = held_for(request.actor, campaign=campaign)
    if "items" in request.POST:
        sent = request.POST.getlist("items")
        ids = [int(one) for one in sent if one.isdecimal() and len(one) <= 18]
        return waiting.filter(pk__in=ids)
    if code := request.POST.get("code"):
        return waiting.filter(code=code)
    return waiting.exclude(code__in=TO_DECIDE)


def _what_others_wait_for(request: CampaignRequest, campaign: Campaign) -> str:
    """Of what is not sent through the rules again by itself; empty where nothing is."""
    reasons = reasons_held(request.actor, campaign=campaign)
    to_accept = sum(one.count for one in reasons if one.is_to_decide)
    waiting = held_for(request.actor, campaign=campaign).exclude(code__in=TO_DECIDE)
    to_name = waiting.filter(kind__in=(HeldKind.ROW, HeldKind.UNREADABLE)).count()
    return "".join(
        f" {count:,} more {'waits' if count == 1 else 'wait'} for somebody {to_do}."
        for count, to_do in (
            (to_accept, "to accept what was sent: each reason has its button"),
            (to_name, "to say whom or what it is about"),
        )
        if count
    )


def _may_record(request: CampaignRequest) -> bool:
    return request.actor.can(
        Capability.RECORD_CONTACTS,
        organisation_id=request.campaign.organisation_id,
        campaign_id=request.campaign.pk,
    )


def _held(request: CampaignRequest, campaign: Campaign, item: int) -> Held:
    found = get_object_or_404(held_for(request.actor, campaign=campaign), pk=item)
    [held] = shown([found], by=request.actor, campaign=campaign)
    return held


def _elector(
    request: CampaignRequest, campaign: Campaign, held: Held
) -> ElectorStanding | None:
    """Whoever was chosen, else whom the item names."""
    chosen = request.GET.get("elector", "")
    if not chosen.isdecimal() or len(chosen) > 18:
        return held.elector
    return reachable_standing(int(chosen), by=request.actor, campaign=campaign)
