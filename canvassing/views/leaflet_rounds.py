"""One leaflet round: its streets and numbers, who has it, and what is done."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.actions.spending import OverLimitRefused
from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    refusals_on,
)
from campaigns.views.spending import rights
from canvassing.access import issues_for, leaflet_rounds_for
from canvassing.actions.leaflet_issues import issue_leaflet_round
from canvassing.actions.leaflet_stock import (
    hand_out_leaflets,
    mark_street_done,
    take_back_leaflets,
    withdraw_delivery,
)
from canvassing.forms.leaflets import (
    ByLinkForm,
    DoneForm,
    HandOutForm,
    NotDoneForm,
    TakeBackForm,
)
from canvassing.models import LeafletRound, LeafletStreet
from canvassing.reports.leaflets import (
    in_the_office,
    streets_with_deliveries,
    with_deliverer,
)
from canvassing.reports.rounds_out import rounds_out
from canvassing.views.round_links import shown_link

WHERE_THE_AGENT_DOES = "The agent writes it down under Money, Leaflets delivered."


@campaign_page(can=Capability.MAKE_LISTS)
def one_round(request: CampaignRequest, campaign: Campaign, round: int) -> HttpResponse:
    found = _round(request, round)
    streets = streets_with_deliveries(found.pk)
    boxes = sum(street.doors for street in streets)
    left = with_deliverer(found)
    office = in_the_office(found.leaflet)
    copies = min(max(boxes - found.copies_out, 1), max(office, 1))
    whose = {"deliverer": found.deliverer_id, "volunteer": found.deliverer_id}
    return render(
        request,
        "canvassing/leaflet_round.html",
        {
            "heading": found.name,
            "round": found,
            "streets": streets,
            "boxes": boxes,
            "left": left,
            "office": office,
            "today": request.business_now.date(),
            "hand_out": HandOutForm(
                campaign=campaign, initial={**whose, "copies": copies}
            ),
            "take_back": TakeBackForm(initial={"copies": left}),
            "by_link": ByLinkForm(
                campaign=campaign,
                at=request.business_now,
                initial={**whose, "copies": 0 if left else copies},
            ),
            **_link(request, found),
        },
    )


@campaign_page(can=Capability.MAKE_LISTS)
def paper(request: CampaignRequest, campaign: Campaign, round: int) -> HttpResponse:
    """The streets for whoever delivers, to be printed: streets and no electors."""
    found = _round(request, round)
    streets = streets_with_deliveries(found.pk)
    undone = [one for one in streets if not one.done]  # type: ignore[attr-defined]
    return render(
        request,
        "canvassing/leaflet_round_paper.html",
        {
            "heading": found.name,
            "round": found,
            "streets": streets,
            "boxes": sum(street.doors for street in streets),
            "take": sum(street.doors for street in undone),
            **_link(request, found),
        },
    )


@require_POST
@campaign_page(can=Capability.MAKE_LISTS)
def hand_out(request: CampaignRequest, campaign: Campaign, round: int) -> HttpResponse:
    found = _round(request, round)
    form = HandOutForm(request.POST, campaign=campaign)
    if form.is_valid():
        with refusals_on(form):
            hand_out_leaflets(
                found,
                by=request.actor,
                at=request.business_now,
                **form.cleaned_data,
            )
    return _back(request, found, form)


@require_POST
@campaign_page(can=Capability.MAKE_LISTS)
def send_out(request: CampaignRequest, campaign: Campaign, round: int) -> HttpResponse:
    """By a link, to somebody's phone."""
    found, at = _round(request, round), request.business_now
    form = ByLinkForm(request.POST, campaign=campaign, at=at)
    if form.is_valid():
        with refusals_on(form):
            issue_leaflet_round(found, by=request.actor, at=at, **form.asked)
            messages.success(
                request, "It is out: show them the QR code, and say the short code."
            )
    return _back(request, found, form)


@require_POST
@campaign_page(can=Capability.MAKE_LISTS)
def take_back(request: CampaignRequest, campaign: Campaign, round: int) -> HttpResponse:
    found = _round(request, round)
    form = TakeBackForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            take_back_leaflets(
                found, by=request.actor, at=request.business_now, **form.cleaned_data
            )
    return _back(request, found, form)


@require_POST
@campaign_page(can=Capability.MAKE_LISTS)
def done(request: CampaignRequest, campaign: Campaign, street: int) -> HttpResponse:
    found = _street(request, street)
    return _write(request, found, mark_street_done, DoneForm(request.POST))


@require_POST
@campaign_page(can=Capability.MAKE_LISTS)
def not_done(request: CampaignRequest, campaign: Campaign, street: int) -> HttpResponse:
    found = _street(request, street)
    return _write(request, found, withdraw_delivery, NotDoneForm(request.POST))


def _write(
    request: CampaignRequest,
    street: LeafletStreet,
    action: Callable[..., None],
    form: Form,
) -> HttpResponse:
    """What is so of a street; the agent is asked why, where it would pass a limit."""
    if form.is_valid():
        written = partial(action, street, by=request.actor, at=request.business_now)
        with refusals_on(form):
            try:
                written(**form.cleaned_data)
            except OverLimitRefused as refusal:
                if not rights(request, request.campaign)["may_commit"]:
                    form.add_error(None, f"{refusal.message} {WHERE_THE_AGENT_DOES}")
                    return _back(request, street.leaflet_round, form)
                form.add_error(None, refusal.message)
                return _ask_why(request, street, form)
    return _back(request, street.leaflet_round, form)


def _ask_why(
    request: CampaignRequest, street: LeafletStreet, form: Form
) -> HttpResponse:
    context = {"heading": f"Past the limit: {street}", "street": street, "form": form}
    return render(
        request, "canvassing/leaflet_past_the_limit.html", context, status=400
    )


def _link(request: CampaignRequest, found: LeafletRound) -> dict[str, object]:
    """Under `row` the last time that the round went out by a link, if it did, and under
    `shown` that link while it is out."""
    issues = issues_for(request.actor, campaign=request.campaign)
    latest = issues.filter(leaflet_round=found).order_by("-pk")[:1]
    rows = rounds_out(latest, at=request.business_now)
    out = [row for row in rows if row.is_out]
    return {
        "row": rows[0] if rows else None,
        "shown": shown_link(request, out[0]) if out else None,
    }


def _round(request: CampaignRequest, pk: int) -> LeafletRound:
    rounds = leaflet_rounds_for(request.actor, campaign=request.campaign)
    return get_object_or_404(rounds, pk=pk)


def _street(request: CampaignRequest, pk: int) -> LeafletStreet:
    rounds = leaflet_rounds_for(request.actor, campaign=request.campaign)
    streets = LeafletStreet.objects.select_related("leaflet_round__campaign")
    return get_object_or_404(streets, pk=pk, leaflet_round__in=rounds)


def _back(request: CampaignRequest, found: LeafletRound, form: Form) -> HttpResponse:
    """To the round; what was wrong is said there."""
    for sentences in form.errors.values():
        messages.error(request, " ".join(map(str, sentences)))
    return redirect("leaflet-round", campaign=request.campaign.slug, round=found.pk)
