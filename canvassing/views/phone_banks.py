"""Phone banks at the desk: made, opened, watched and closed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    carried_out,
    refusals_shown,
)
from canvassing.access import adults_calling, banks_for
from canvassing.actions.phone_banks import (
    block_caller,
    calling_hours,
    close_bank,
    let_caller_back,
    link_secret,
    make_phone_bank,
    open_bank,
    say_callers_accompanied,
)
from canvassing.forms.phone_banks import PhoneBankForm
from canvassing.models import BankCaller, PhoneBank
from canvassing.reports.call_queue import progress_of
from canvassing.reports.code_guesses import code_guessed
from canvassing.reports.screening import screening_of
from canvassing.rules.under_18 import is_said
from canvassing.views.joined_by_link import (
    block_or_let_back,
    say_same_person,
    way_in,
)

SHOWN = 50


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def phones(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """The phone banks, and how the campaign's numbers stand."""
    banks = banks_for(request.actor, campaign=campaign).order_by("-made_at")
    context = {
        "heading": "Phones",
        "banks": banks[:SHOWN],
        "screening": screening_of(campaign, on=request.business_now.date()),
    }
    return render(request, "canvassing/phones.html", context)


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def new_bank(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = PhoneBankForm(
        request.POST or None, campaign=campaign, at=request.business_now
    )
    if bank := carried_out(request, form, make_phone_bank, campaign=campaign):
        return redirect("phone-bank", campaign=campaign.slug, bank=bank.pk)
    context = {"heading": "New phone bank", "form": form}
    return render(request, "canvassing/phone_bank_new.html", context)


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def phone_bank(request: CampaignRequest, campaign: Campaign, bank: int) -> HttpResponse:
    found = _bank(request, bank)
    at = request.business_now
    hours = calling_hours(found)
    context = {
        "heading": str(found),
        "bank": found,
        "progress": progress_of(found, at=at),
        **way_in(request, link_secret(found)),
        "adult_calls": adults_calling(found, at=at).exists(),
        "is_accompanied": is_said(found.accompanied_at, at=at),
        "guessed": code_guessed(found.session),
        "calls_now": found.is_open and hours.is_open(at),
        "opens_at": hours.opens_at(at),
    }
    return render(request, "canvassing/phone_bank.html", context)


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def phone_bank_open(
    request: CampaignRequest, campaign: Campaign, bank: int
) -> HttpResponse:
    """Open it, or, where it is open, bring its queue up to date."""
    with refusals_shown(request):
        open_bank(_bank(request, bank), by=request.actor, at=request.business_now)
    return redirect("phone-bank", campaign=campaign.slug, bank=bank)


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def phone_bank_close(
    request: CampaignRequest, campaign: Campaign, bank: int
) -> HttpResponse:
    with refusals_shown(request):
        close_bank(_bank(request, bank), by=request.actor, at=request.business_now)
        messages.success(request, "Closed: nobody gets another call.")
    return redirect("phone-bank", campaign=campaign.slug, bank=bank)


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def phone_bank_accompanied(
    request: CampaignRequest, campaign: Campaign, bank: int
) -> HttpResponse:
    """An adult is with the callers under 18."""
    found = _bank(request, bank)
    with refusals_shown(request):
        say_callers_accompanied(found, by=request.actor, at=request.business_now)
        messages.success(request, "Noted: callers under 18 may join.")
    return redirect("phone-bank", campaign=campaign.slug, bank=bank)


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def phone_bank_block(
    request: CampaignRequest, campaign: Campaign, bank: int, volunteer: int
) -> HttpResponse:
    block_or_let_back(
        request,
        _caller(request, bank, volunteer),
        block=block_caller,
        let_back=let_caller_back,
        blocked="gets no more numbers",
        back="call",
    )
    return redirect("phone-bank", campaign=campaign.slug, bank=bank)


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def phone_bank_same_person(
    request: CampaignRequest, campaign: Campaign, bank: int, volunteer: int
) -> HttpResponse:
    say_same_person(request, _caller(request, bank, volunteer))
    return redirect("phone-bank", campaign=campaign.slug, bank=bank)


def _caller(request: CampaignRequest, bank: int, volunteer: int) -> BankCaller:
    return get_object_or_404(
        BankCaller.objects.select_related("bank__session", "volunteer"),
        bank=_bank(request, bank),
        volunteer=volunteer,
    )


def _bank(request: CampaignRequest, bank: int) -> PhoneBank:
    banks = banks_for(request.actor, campaign=request.campaign)
    return get_object_or_404(banks, pk=bank)
