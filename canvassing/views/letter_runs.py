"""Letter runs and canvass cards: asked for, agreed, printed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from campaigns.views.decorators import CampaignRequest, campaign_page, carried_out
from canvassing.access import letter_runs_for, lists_for
from canvassing.actions.exports import ask_for_canvass_cards
from canvassing.actions.letter_runs import print_letters, propose_letter_run
from canvassing.forms.gotv_lists import CardsForm, LetterRunForm, PrintForm
from canvassing.models import Wording
from canvassing.rules.letters import BODIES, FIELDS


@campaign_page(can=Capability.MAKE_LISTS)
def new_letter_run(
    request: CampaignRequest, campaign: Campaign, gotv_list: int
) -> HttpResponse:
    """Write a letter to a list. `?wording=postal` begins with the postal text."""
    found = get_object_or_404(lists_for(request.actor, campaign=campaign), pk=gotv_list)
    wording = request.GET.get("wording", Wording.STATION)
    body = BODIES.get(wording, BODIES[Wording.STATION])
    form = LetterRunForm(
        request.POST or None, initial={"wording": wording, "body": body}
    )
    if run := carried_out(request, form, propose_letter_run, gotv_list=found):
        return redirect("letter-run", campaign=campaign.slug, run=run.pk)
    context = {"heading": "Write letters", "list": found, "form": form}
    return render(
        request, "canvassing/letter_run_new.html", context | {"merge_fields": FIELDS}
    )


@campaign_page(can=Capability.MAKE_LISTS)
def letter_run(request: CampaignRequest, campaign: Campaign, run: int) -> HttpResponse:
    runs = letter_runs_for(request.actor, campaign=campaign)
    found = get_object_or_404(runs, pk=run)
    return render(
        request,
        "canvassing/letter_run.html",
        {"heading": found.name, "run": found, "form": PrintForm()},
    )


@require_POST
@campaign_page(can=Capability.MAKE_LISTS)
def print_run(request: CampaignRequest, campaign: Campaign, run: int) -> HttpResponse:
    """Start printing; the job's page then has the files."""
    runs = letter_runs_for(request.actor, campaign=campaign)
    found = get_object_or_404(runs, pk=run)
    try:
        job = print_letters(
            run=found,
            reason=request.POST.get("reason", ""),
            by=request.actor,
            at=request.business_now,
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("letter-run", campaign=campaign.slug, run=run)
    return redirect("job", campaign=campaign.slug, job=job.pk)


@campaign_page(can=Capability.EXPORT_ELECTORS)
def canvass_cards(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = CardsForm(request.POST or None, campaign=campaign, actor=request.actor)
    if job := carried_out(request, form, ask_for_canvass_cards, campaign=campaign):
        return redirect("job", campaign=campaign.slug, job=job.pk)
    context = {"heading": "Blank canvass cards", "form": form}
    return render(request, "canvassing/canvass_cards.html", context)
