"""Contacts of one elector: a new one noted, an earlier one put right or taken back."""

from collections.abc import Collection
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
from canvassing.actions.corrections import as_item
from canvassing.actions.taking_back import put_right, take_back_contact
from canvassing.forms.contacts import CorrectionForm, NewContactForm, typed_of
from canvassing.reports.came_with import (
    came_with_all,
    goes_with,
    stands_again,
    within_reach,
    words_of,
)
from canvassing.reports.contact_past import Past, past_of
from canvassing.reports.elector_page import contacts_that_count
from canvassing.reports.opinions import objections_of
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
    past = past_of(found)
    within = within_reach(past, request.actor)
    wishes = came_with_all(past, within=within).wishes.items()
    form = CorrectionForm(
        request.POST or None,
        initial=typed_of(as_item(found)),
        wishes=[(name, words_of(wish)) for name, wish in wishes],
        campaign=campaign,
        at=request.business_now,
    )
    if form.is_valid():
        with refusals_on(form):
            put_right(found, by=request.actor, at=request.business_now, **form.said)
            messages.success(request, "Put right. The earlier one stays on file.")
            return redirect("elector", campaign=campaign.slug, elector=elector)
    context = {
        "heading": "Put right what was said",
        "standing": standing,
        "form": form,
        "contact": found,
        **_taken_back(past, within),
    }
    return render(request, "canvassing/contact_form.html", context)


@require_POST
@campaign_page(can=Capability.SEE_ELECTORS)
def withdraw(
    request: CampaignRequest, campaign: Campaign, elector: int, contact: int
) -> HttpResponse:
    """It was never said, or by somebody else; nor was what came with it. What it had
    put right stands again."""
    standing = standing_or_404(request, campaign, elector)
    found = get_object_or_404(contacts_that_count(standing), pk=contact)
    with refusals_shown(request):
        before = take_back_contact(found, by=request.actor, at=request.business_now)
        again = " What was said before stands again." if before else ""
        messages.success(
            request, f"Taken back. It stays on file and counts no more.{again}"
        )
    return redirect("elector", campaign=campaign.slug, elector=elector)


def _taken_back(past: Past, within: Collection[int]) -> dict[str, object]:
    """What is said of taking it back: nothing where that is beyond reach, and no
    views of somebody who objects, or will again."""
    before, goes = past.before, goes_with(past, within=within)
    if before is not None and before.elector_id not in within:
        return {"is_beyond": True}
    again = {one.elector_id for one in stands_again(past).objections}
    return {
        "before": before,
        "goes": goes.words,
        "erases_views": goes.erases_views,
        "objects": before is not None
        and (before.elector_id in again or objections_of(before.elector).exists()),
    }
