"""Rounds: the wards with theirs, one ward cut into its rounds, and one round."""

from collections.abc import Sequence
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from campaigns.access import jobs_for, wards_for
from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, carried_out
from canvassing.access import rounds_for
from canvassing.actions.rounds import JOB_KIND, Cut, cut_campaign, cut_rounds
from canvassing.forms.rounds import CardsForm, CutForm, CutWardsForm, PrintForm
from canvassing.models import CanvassRound
from canvassing.reports.round_doors import counts_to_cut
from canvassing.reports.round_page import DoorOfRound, doors_of_round
from canvassing.reports.rounds import (
    DotGroup,
    RoundProgress,
    live_rounds,
    places_of,
    progress_of,
    sorted_by_need,
    wards_with_rounds,
)

COLOURS = 6
# Of the rounds with somebody to see, before the others of them are folded.
SHOWN = 12
SUMMED = ("electors", "to_see", "called_on", "spoken_to")
STATES = {
    "open": ("Not called on yet", "info"),
    "tried": ("Called, nobody spoken to", "maybe"),
    "spoken": ("Spoken to", "good"),
    "done": ("Nobody left to see", ""),
    "empty": ("Nobody on the register", ""),
    "away": ("Do not call", "stop"),
}


class Shelf(NamedTuple):
    """Some of a ward's rounds under one heading."""

    heading: str
    shown: Sequence[RoundProgress]
    folded: Sequence[RoundProgress]


@campaign_page(can=Capability.MAKE_LISTS)
def rounds(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """Every ward, and one form that cuts some or all of them."""
    wards = wards_for(request.actor, Capability.MAKE_LISTS, campaign=campaign)
    form = CutWardsForm(request.POST or None, wards=wards)
    if carried_out(request, form, cut_campaign, campaign=campaign):
        return redirect("rounds", campaign=campaign.slug)
    jobs = jobs_for(request.actor, Capability.MAKE_LISTS, campaign=campaign)
    rows = wards_with_rounds(
        by=request.actor, campaign=campaign, at=request.business_now
    )
    return render(
        request,
        "canvassing/rounds.html",
        {
            "heading": "Rounds",
            "form": form,
            "cut": [row for row in rows if row.rounds],
            "uncut": [row for row in rows if not row.rounds],
            "job": jobs.filter(kind=JOB_KIND).order_by("-pk").first(),
        },
    )


@campaign_page(can=Capability.MAKE_LISTS)
def counts(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """How many electors at how many doors, by the actor's wards and whom to see: the
    page of rounds adds up those that are chosen."""
    wards = wards_for(request.actor, Capability.MAKE_LISTS, campaign=campaign)
    return JsonResponse({"wards": counts_to_cut(campaign, wards.only("pk"))})


@campaign_page(can=Capability.MAKE_LISTS)
def ward_rounds(request: CampaignRequest, campaign: Campaign, gss: str) -> HttpResponse:
    """A ward's rounds, those with something to do first, and on a map; and the form
    that cuts it anew."""
    wards = wards_for(request.actor, Capability.MAKE_LISTS, campaign=campaign)
    ward = get_object_or_404(wards.select_related("council").defer("boundary"), gss=gss)
    before = counts_to_cut(campaign, [ward])[ward.pk]
    form = CutForm(request.POST or None, counts=before)
    if made := carried_out(request, form, cut_rounds, campaign=campaign, ward=ward):
        messages.success(request, _sentence(made))
        return redirect("rounds-ward", campaign=campaign.slug, gss=gss)
    live = live_rounds(campaign, ward)
    rows = progress_of(campaign, list(live), at=request.business_now)
    return render(
        request,
        "canvassing/rounds_ward.html",
        {
            "heading": f"Rounds in {ward}",
            "ward": ward,
            "form": form,
            "rows": rows,
            "shelves": _shelves(rows),
            "doors": sum(row.round.doors for row in rows),
            "totals": {
                name: sum(getattr(row, name) for row in rows) for name in SUMMED
            },
            "out": sum(row.is_out for row in rows),
            "dots": _dots_of_rounds(campaign, rows),
            "cards": CardsForm(rounds=live),
            "may_print": _may_print(request),
        },
    )


def _shelves(rows: Sequence[RoundProgress]) -> list[Shelf]:
    by_need = sorted_by_need(rows)
    to_see = by_need.to_see
    shelves = [
        Shelf("Out now or just over", by_need.went_out, []),
        Shelf("Somebody left to see", to_see[:SHOWN], to_see[SHOWN:]),
        Shelf("Nobody left to see", [], by_need.done),
    ]
    return [one for one in shelves if one.shown or one.folded]


def _sentence(made: Cut) -> str:
    kept = f" Out, and left as they are: {made.kept}." if made.kept else ""
    local = f", {made.local} of them the local party's own" if made.local else ""
    rounds = "1 round" if made.rounds == 1 else f"{made.rounds} rounds"
    return f"Cut: {rounds} with {made.doors:,} doors{local}.{kept}"


def _dots_of_rounds(campaign: Campaign, rows: list[RoundProgress]) -> list[DotGroup]:
    places = places_of(campaign, [row.round for row in rows])
    return [
        DotGroup(
            kind=f"colour-{row.number % COLOURS}",
            words=f"{row.number}: {row.round}, {row.round.doors} doors",
            places=places.get(row.round.pk, []),
            label=str(row.number),
            url=address_of(row.round, campaign),
        )
        for row in rows
    ]


def address_of(round_: CanvassRound, campaign: Campaign) -> str:
    return reverse("round", kwargs={"campaign": campaign.slug, "round": round_.pk})


@campaign_page(can=Capability.MAKE_LISTS)
def one_round(request: CampaignRequest, campaign: Campaign, round: int) -> HttpResponse:
    """Its doors in walking order with their state; no name is shown."""
    found = get_object_or_404(rounds_for(request.actor, campaign=campaign), pk=round)
    [progress] = progress_of(campaign, [found], at=request.business_now)
    doors = doors_of_round(found)
    return render(
        request,
        "canvassing/round.html",
        {
            "heading": found.name,
            "round": found,
            "row": progress,
            "doors": [(door, *STATES[door.state]) for door in doors],
            "dots": _dots_of_doors(doors),
            "form": PrintForm(),
            "may_print": _may_print(request),
        },
    )


def _may_print(request: CampaignRequest) -> bool:
    return request.actor.can(
        Capability.EXPORT_ELECTORS,
        organisation_id=request.campaign.organisation_id,
        campaign_id=request.campaign.pk,
    )


def _dots_of_doors(doors: list[DoorOfRound]) -> list[DotGroup]:
    placed = [door for door in doors if door.latitude is not None]
    return [
        DotGroup(
            kind=f"door-{state}",
            words=words,
            places=[
                (door.latitude, door.longitude)  # type: ignore[misc]
                for door in placed
                if door.state == state
            ],
        )
        for state, (words, _) in STATES.items()
    ]
