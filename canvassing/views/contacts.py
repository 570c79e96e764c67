"""Contacts of one elector: a new one noted, an earlier one put right or taken back."""

from uuid import uuid4

from django.contrib import messages
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
from canvassing.actions.contacts import note_contact
from canvassing.actions.corrections import as_item, correct_contact
from canvassing.actions.paper_wishes import take_back_contact
from canvassing.forms.contacts import ContactForm, NewContactForm, typed_of
from canvassing.reports.elector_page import contacts_that_count
from canvassing.rules.contacts import ContactItem
from canvassing.views.electors import standing_or_404


@campaign_page(can=Capability.SEE_ELECTORS)
def new_contact(
    request: CampaignRequest, campaign: Campaign, elector: int
) -> HttpResponse:
    """Note an attempt to speak to somebody, whatever came of it; what would be held is
    said on the form instead."""
    standing = standing_or_404(request, campaign, elector)
    form = NewContactForm(
        request.POST or None,
        initial={"uuid": uuid4(), "said_at": request.business_now},
        campaign=campaign,
        at=request.business_now,
    )
    if form.is_valid():
        with refusals_on(form):
            note_contact(
                ContactItem(elector_id=standing.elector_id, **form.said),
                by=request.actor,
                at=request.business_now,
                campaign=campaign,
            )
            messages.success(request, "Filed.")
            return redirect("elector", campaign=campaign.slug, elector=elector)
    context = {"heading": "Note a contact", "standing": standing, "form": form}
    return render(request, "canvassing/contact_form.html", context)


@campaign_page(can=Capability.SEE_ELECTORS)
def correct(
    request: CampaignRequest, campaign: Campaign, elector: int, contact: int
) -> HttpResponse:
    """Put right what was recorded; the earlier one stays on file."""
    standing = standing_or_404(request, campaign, elector)
    found = get_object_or_404(contacts_that_count(standing), pk=contact)
    form = ContactForm(
        request.POST or None,
        initial=typed_of(as_item(found)),
        campaign=campaign,
        at=request.business_now,
    )
    if form.is_valid():
        with refusals_on(form):
            correct_contact(
                found, by=request.actor, at=request.business_now, **form.said
            )
            messages.success(request, "Put right. The earlier one stays on file.")
            return redirect("elector", campaign=campaign.slug, elector=elector)
    context = {"heading": "Put right what was said", "standing": standing, "form": form}
    return render(request, "canvassing/contact_form.html", context | {"contact": found})


@require_POST
@campaign_page(can=Capability.SEE_ELECTORS)
def withdraw(
    request: CampaignRequest, campaign: Campaign, elector: int, contact: int
) -> HttpResponse:
    """It was never said, or by somebody else; nor was what came with it."""
    standing = standing_or_404(request, campaign, elector)
    found = get_object_or_404(contacts_that_count(standing), pk=contact)
    with refusals_shown(request):
        take_back_contact(found, by=request.actor, at=request.business_now)
        messages.success(request, "Taken back. It stays on file and counts no more.")
    return redirect("elector", campaign=campaign.slug, elector=elector)
