"""Donations: the table, entering one, and deciding on it."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.actions.donations import (
    accept_donation,
    record_donation,
    return_donation,
    void_donation,
)
from campaigns.forms.donations import AcceptForm, DonationForm, ReturnForm
from campaigns.forms.expenses import ReasonForm
from campaigns.models import Campaign, Donation
from campaigns.reports.donation_position import donation_position
from campaigns.roles import Capability
from campaigns.rules.permissible_donations import is_controlled, return_by
from campaigns.rules.refusals import Refusal
from campaigns.views.decorators import CampaignRequest, campaign_page
from campaigns.views.spending import rights

PER_PAGE = 40


@campaign_page(can=Capability.SEE_MONEY)
def donations(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    found = Donation.objects.filter(
        organisation_id=campaign.organisation_id, campaign=campaign
    ).order_by("-pk")
    return render(
        request,
        "campaigns/spending/donations.html",
        {
            "heading": "Donations",
            "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
            "sums": donation_position(campaign, at=request.business_now),
            **rights(request, campaign),
        },
    )


@campaign_page(can=Capability.RECORD_DONATIONS)
def add(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = DonationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = record_donation(
                campaign=campaign,
                by=request.actor,
                at=request.business_now,
                **form.cleaned_data,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("donation", campaign=campaign.slug, donation=made.pk)
    return render(
        request,
        "campaigns/spending/donation_add.html",
        {"heading": "Enter a donation", "form": form},
    )


@campaign_page(can=Capability.SEE_MONEY)
def donation(
    request: CampaignRequest, campaign: Campaign, donation: int
) -> HttpResponse:
    return _page(request, campaign, _found(campaign, donation))


def _page(
    request: CampaignRequest, campaign: Campaign, found: Donation, **bound: forms.Form
) -> HttpResponse:
    today = request.business_now.date()
    context = {
        "heading": found.donor,
        "donation": found,
        "is_controlled": is_controlled(found.amount),
        "decide_by": return_by(found.received_on) if found.received_on else None,
        "accept_form": AcceptForm(initial={"accepted_on": today}),
        "return_form": ReturnForm(initial={"returned_on": today}),
        "void_form": ReasonForm(),
        **rights(request, campaign),
        **bound,
    }
    status = 400 if bound else 200
    return render(request, "campaigns/spending/donation.html", context, status=status)


def _do(
    request: CampaignRequest,
    campaign: Campaign,
    donation: int,
    *,
    form: forms.Form,
    name: str,
    action: Callable[..., Donation],
    done: str,
) -> HttpResponse:
    found = _found(campaign, donation)
    if form.is_valid():
        try:
            action(
                found, by=request.actor, at=request.business_now, **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, done)
            return redirect("donations", campaign=campaign.slug)
    return _page(request, campaign, found, **{name: form})


def _found(campaign: Campaign, donation: int) -> Donation:
    return get_object_or_404(
        Donation,
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        pk=donation,
    )


@require_POST
@campaign_page(can=Capability.RECORD_DONATIONS)
def accept(request: CampaignRequest, campaign: Campaign, donation: int) -> HttpResponse:
    return _do(
        request,
        campaign,
        donation,
        form=AcceptForm(request.POST),
        name="accept_form",
        action=accept_donation,
        done="The donation is accepted.",
    )


@require_POST
@campaign_page(can=Capability.RECORD_DONATIONS)
def give_back(
    request: CampaignRequest, campaign: Campaign, donation: int
) -> HttpResponse:
    return _do(
        request,
        campaign,
        donation,
        form=ReturnForm(request.POST),
        name="return_form",
        action=return_donation,
        done="The donation is returned.",
    )


@require_POST
@campaign_page(can=Capability.RECORD_DONATIONS)
def void(request: CampaignRequest, campaign: Campaign, donation: int) -> HttpResponse:
    return _do(
        request,
        campaign,
        donation,
        form=ReasonForm(request.POST),
        name="void_form",
        action=void_donation,
        done="It is voided; the row and its reason stay.",
    )
