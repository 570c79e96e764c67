"""A round on paper: its card, and the page where what is on it is typed in."""

from collections import Counter
from io import BytesIO

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from campaigns.access import wards_for
from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, refusals_on
from canvassing.access import rounds_for
from canvassing.actions.exports import ask_for_round_cards
from canvassing.actions.paper_wishes import file_paper
from canvassing.exporters.round_cards import print_round
from canvassing.forms.round_returns import ReturnsForm
from canvassing.forms.rounds import CardsForm, PrintForm
from canvassing.reports.card_offer import card_offer
from canvassing.reports.keypad import everything_to_type
from canvassing.reports.round_page import doors_of_round
from canvassing.reports.rounds import live_rounds
from canvassing.rules.contacts import Answer, Verdict
from canvassing.rules.keypad import asked_for


@require_POST
@campaign_page(can=Capability.EXPORT_ELECTORS)
def card(request: CampaignRequest, campaign: Campaign, round: int) -> HttpResponseBase:
    """The card as a PDF; the reason goes into the ledger."""
    rounds = rounds_for(
        request.actor, campaign=campaign, capability=Capability.EXPORT_ELECTORS
    )
    found = get_object_or_404(rounds, pk=round)
    form = PrintForm(request.POST)
    if form.is_valid():
        out = BytesIO()
        with refusals_on(form):
            name = print_round(
                found,
                out,
                reason=form.cleaned_data["reason"],
                link=_returns_link(request, round),
                by=request.actor,
                at=request.business_now,
            )
            answer = HttpResponse(out.getvalue(), content_type="application/pdf")
            answer["Content-Disposition"] = f'attachment; filename="{name}"'
            return answer
    _say_what_is_wrong(request, form)
    return redirect("round", campaign=campaign.slug, round=round)


@require_POST
@campaign_page(can=Capability.EXPORT_ELECTORS)
def cards(request: CampaignRequest, campaign: Campaign, gss: str) -> HttpResponse:
    """Start printing the cards of a ward's rounds; the job's page then has the file."""
    wards = wards_for(request.actor, Capability.EXPORT_ELECTORS, campaign=campaign)
    ward = get_object_or_404(wards.defer("boundary"), gss=gss)
    form = CardsForm(request.POST, rounds=live_rounds(campaign, ward))
    if form.is_valid():
        with refusals_on(form):
            job = ask_for_round_cards(
                campaign=campaign,
                ward=ward,
                rounds=form.chosen,
                returns_link=lambda one: _returns_link(request, one.pk),
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=request.business_now,
            )
            return redirect("job", campaign=campaign.slug, job=job.pk)
    _say_what_is_wrong(request, form)
    return redirect("rounds-ward", campaign=campaign.slug, gss=gss)


def _say_what_is_wrong(request: CampaignRequest, form: Form) -> None:
    for sentences in form.errors.values():
        messages.error(request, " ".join(map(str, sentences)))


@campaign_page(can=Capability.SEE_ELECTORS)
def returns(request: CampaignRequest, campaign: Campaign, round: int) -> HttpResponse:
    """What the QR code on a card leads to, `?issue=` saying for which outing it was
    printed; a round that was cut anew has it still."""
    rounds = rounds_for(
        request.actor, campaign=campaign, capability=Capability.SEE_ELECTORS
    )
    found = get_object_or_404(rounds, pk=round)
    offer = card_offer(
        found,
        issue=request.GET.get("issue", ""),
        by=request.actor,
        at=request.business_now,
    )
    form = ReturnsForm(
        request.POST or None,
        doors=doors_of_round(found),
        offer=offer,
        campaign=campaign,
        at=request.business_now,
    )
    if form.is_valid():
        with refusals_on(form):
            verdicts = file_paper(
                form.items(),
                form.wishes,
                by=request.actor,
                at=request.business_now,
                campaign=campaign,
            )
            _tell(request, verdicts)
            _read_back(request, form)
            return redirect(request.get_full_path())
    return render(
        request,
        "canvassing/round_returns.html",
        {
            "heading": f"Returns: {found.name}",
            "round": found,
            "issue": offer.issue,
            "form": form,
            "lines": list(form.lines()),
            "codes": everything_to_type(campaign),
        },
    )


def _tell(request: CampaignRequest, verdicts: list[Verdict]) -> None:
    counts = Counter(verdict.answer for verdict in verdicts)
    if filed := counts[Answer.FILED]:
        messages.success(request, f"{filed} answer{'' if filed == 1 else 's'} filed.")
    if before := counts[Answer.ALREADY_FILED]:
        messages.info(request, f"{before} had been filed before.")
    for reason in {one.reason for one in verdicts if one.answer is Answer.HELD}:
        messages.warning(request, f"Held to be checked: {reason}")


def _read_back(request: CampaignRequest, form: ReturnsForm) -> None:
    """Who asked what of us, as it was typed."""
    names = {person.elector_id: person.name for person in form.people}
    for elector, wishes in form.wishes.items():
        name = names.get(elector, "Somebody who is not on this card any more")
        messages.info(request, f"{name}: {asked_for(wishes)}")


def _returns_of(campaign: Campaign, round: int) -> str:
    return reverse("round-returns", kwargs={"campaign": campaign.slug, "round": round})


def _returns_link(request: CampaignRequest, round: int) -> str:
    return request.build_absolute_uri(_returns_of(request.campaign, round))
